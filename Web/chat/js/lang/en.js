export const en = {
  // Places and parts
  chats: 'Chats', search: 'Search', nothingFound: 'Nothing found', chooseChat: 'Choose a chat to start messaging',
  menuOf: '{name}: people, new chats, settings', messages: 'Messages', back: 'Back', chatInfo: 'Chat info',
  topics: 'Topics', allTopics: 'All', closedTopic: '{name}, closed',
  skipToMessage: 'Skip to the message field', you: 'You', bot: 'bot', blockedBot: 'bot, blocked', menu: 'Menu', botMenu: 'Bot commands',
  unread: { one: '{n} unread message', other: '{n} unread messages' },
  members: { one: '{n} member', other: '{n} members' },
  subscribers: { one: '{n} subscriber', other: '{n} subscribers' },
  emptyBot: 'Nothing here yet. Press Start to talk to {name}.', emptyChat: 'No messages here yet', noMessagesYet: 'No messages yet',
  today: 'Today', yesterday: 'Yesterday', toEnd: 'To the newest message', draft: 'Draft', stopAnswer: 'Stop', edited: 'edited', message: 'Message',
  inlineResults: 'Inline results', messageMenu: 'Message actions', pinnedMessage: 'Pinned message', messageGone: 'That message is not here any more',
  noSuchUser: 'There is nobody called {name} here', forwardedFrom: 'Forwarded from ', via: 'via ', writing: 'writing',
  // Composer
  writeMessage: 'Write a message', broadcast: 'Broadcast a message', send: 'Send', attach: 'Attach files', emoji: 'Emoji',
  keyboard: 'Bot keyboard', start: 'Start', unblock: 'Unblock', cannotWrite: 'You cannot write here', editing: 'Edit message',
  replyingTo: 'Reply to {name}', dropHere: 'Drop files here to send them', buttons: 'Buttons',
  sendFiles: { one: 'Send {n} file', other: 'Send {n} files' }, sendAsFiles: 'Send as files, without compression',
  caption: 'Caption', removeFile: 'Remove {name}', tooManyFiles: 'Only the first {n} files are taken.',
  // Message actions
  reply: 'Reply', replyTo: 'Reply to {name}: {text}', edit: 'Edit', copyText: 'Copy text', copy: 'Copy', copyCode: 'Copy the code', code: 'Code',
  copied: 'Copied', copyFailed: 'The browser does not allow copying here', pin: 'Pin', unpin: 'Unpin', delete: 'Delete',
  deleteMessage: 'Delete message', deleteQuestion: 'It disappears for everybody in this chat.', reactions: 'Reactions',
  reactWith: 'React with {emoji}', reaction: { one: '{emoji}, {count} reaction', other: '{emoji}, {count} reactions' },
  spoiler: 'Hidden text, press to show', hiddenText: 'hidden text', uncover: 'Press to show', coveredMedia: '{name}, covered, press to show', expandQuote: 'Show the whole quote', collapseQuote: 'Show less', customEmoji: 'Custom emoji',
  // Links and buttons
  openLink: 'Open this link?', open: 'Open', cancel: 'Cancel', close: 'Close', ok: 'OK', save: 'Save',
  create: 'Create', add: 'Add', noAnswer: 'The bot did not answer',
  button_url: 'Opens a link', button_login_url: 'Opens a link and signs in', button_web_app: 'Opens a mini app', button_copy_text: 'Copies a text',
  button_switch_inline: 'Begins an inline query', button_switch_inline_current: 'Begins an inline query here', button_pay: 'Pays', button_game: 'Starts a game',
  // Media
  media_photo: 'Photo', media_video: 'Video', media_animation: 'GIF', media_audio: 'Music', media_voice: 'Voice message',
  media_video_note: 'Video message', media_document: 'File', media_sticker: 'Sticker', media_poll: 'Poll', media_location: 'Location',
  media_contact: 'Contact', media_live_photo: 'Live photo', media_game: 'Game', media_paid: 'Paid media', liveLocation: 'Moves live', album: { one: 'Album of {n} item', other: 'Album of {n} items' }, downloadFile: 'Download {name}, {size}', download: 'Download',
  viewer: 'Media viewer', previous: 'Previous', next: 'Next', playNamed: 'Play {name}', pause: 'Pause', seek: 'Position', cannotPlay: 'Cannot be played',
  diceValue: '{emoji}: {value}', unitB: 'B', unitKB: 'KB', unitMB: 'MB', unitGB: 'GB',
  // Polls and payments
  quiz: 'Quiz', anonymousPoll: 'Anonymous poll', publicPoll: 'Public poll', pollClosed: 'Final results', vote: 'Vote', retractVote: 'Retract vote', yourVote: 'your vote', rightAnswer: 'right answer', wrongAnswer: 'wrong answer',
  votes: { one: '{n} vote', other: '{n} votes' }, paid: 'Paid', payTitle: 'Payment', pay: 'Pay {price}', payHint: 'Nothing is charged: this is a simulator.', payNow: 'Pay',
  payTip: 'Tip', payName: 'Name', payPhone: 'Phone', payEmail: 'E-mail', payAddress: 'Address', payShipping: 'Shipping', unlock: 'Open for {price}',
  paymentDone: 'Paid', paymentFailed: 'The payment was refused', payWaiting: 'Waiting for the bot…',
  receipt: 'Receipt', receiptRefunded: 'Refund', receiptNumber: 'Number',
  // What keys of a keyboard ask for
  shareContact: 'Share your phone number', shareLocation: 'Share a location', latitude: 'Latitude', longitude: 'Longitude', shareUsers: 'Share people',
  chooseUpTo: { one: 'Choose {n}', other: 'Choose up to {n}' }, nobodyFits: 'Nobody here is what the bot asks for.', shareChat: 'Share a chat', shareChatHint: 'The bot is told which chat it is.',
  newPoll: 'New poll', pollQuestion: 'Question', pollOption: 'Option {n}',
  // Mini Apps
  appSettings: 'Settings', appReload: 'Reload', appCloseQuestion: 'Changes that you have made may not be saved.', allow: 'Allow', share: 'Share', chooseOne: 'Send to',
  appWriteAccess: 'Allow {name} to send you messages?', appPhone: 'Share your phone number with {name}?', appUnsupported: 'Stories are not simulated',
  appScan: 'Scan a code', appScanText: 'There is no camera here: what does the code say?',
  // What somebody is doing
  action_typing: 'is typing…', action_upload_photo: 'is sending a photo…', action_record_video: 'is recording a video…', action_upload_video: 'is sending a video…',
  action_record_voice: 'is recording a voice message…', action_upload_voice: 'is sending a voice message…', action_upload_document: 'is sending a file…',
  action_choose_sticker: 'is choosing a sticker…', action_find_location: 'is choosing a location…', action_record_video_note: 'is recording a video message…',
  action_upload_video_note: 'is sending a video message…', severalTyping: '{n} are typing…',
  // People, groups, settings
  newPerson: 'New person', newGroup: 'New group or channel', firstName: 'First name', lastName: 'Last name', username: 'Username', language: 'Language',
  groupTitle: 'Title', groupType: 'Kind', supergroup: 'Supergroup', basicGroup: 'Basic group', channel: 'Channel', addMembers: 'Add members',
  nobodyLeft: 'Everybody is here already.', blockBot: 'Block the bot', leave: 'Leave', leaveQuestion: 'Leave {name}?', openChat: 'Open chat',
  promote: 'Make administrator', demote: 'Take administrator rights', removeMember: 'Remove', role_creator: 'owner', role_administrator: 'admin',
  role_member: 'member', role_restricted: 'restricted', role_left: 'left', role_kicked: 'removed',
  theme: 'Theme', theme_auto: 'as the system', theme_light: 'light', theme_dark: 'dark', languageOf: 'Language of {name}',
  languageHint: 'Bots see it in every update.', languageOfPage: 'Language of this page', asPerson: 'As the person',
  // Inspector
  inspector: 'Inspector', showInspector: 'Show the inspector', hideInspector: 'Hide the inspector', filter: 'Filter', pauseLog: 'Pause',
  resumeLog: { one: 'Go on, {n} entry waits', other: 'Go on, {n} entries wait' }, clearLog: 'Clear', log_call: 'Calls', log_update: 'Updates', log_webhook: 'Webhooks',
  nothingLogged: 'Nothing yet. Calls of bots and updates to them appear here.', arguments: 'Arguments', result: 'Result', error: 'Error', update: 'Update', milliseconds: '{n} ms',
  // Connection
  offline: 'No connection to the simulator. Trying again…', retry: 'Try now', noConnection: 'No connection to the simulator',
  // Keys
  shortcuts: 'Keyboard', keySearch: 'Search chats', keyChats: 'Previous or next chat', keySend: 'Send', keyLine: 'New line', keyEditLast: 'Edit the last own message',
  keyReply: 'Reply to the last message', keyMessages: 'Move among the messages', keyActions: 'On a message: reply, edit, copy, delete', keyMenu: 'On a message: all actions',
  keyFormat: 'Bold, italic', keyInspector: 'Inspector', keyBack: 'Back',
}
