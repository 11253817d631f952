export const en = {
  title: 'Gallery', language: 'Language', signOut: 'Sign out', signOutAll: 'Sign out everywhere', skip: 'Skip to content',
  loading: 'Loading…', offline: 'The bot does not answer. What you see is from {time}.', retry: 'Try again',
  unreadable: 'This part cannot be read right now; the log says why.',
  today: 'today {time}', tomorrow: 'tomorrow {time}', yesterday: 'yesterday {time}', justNow: 'just now',
  // Signing in
  signIn: 'Sign in', signInHint: 'Send /dashboard to the bot in a private chat and open the link it gives you.',
  linkFailed: 'This link was used already or is too old. Send /dashboard to the bot for another one.',
  passwordFailed: 'That is not the password.', tooOften: 'Too many attempts. Please wait a moment.', password: 'Password',
  orPassword: 'Or use the password from the settings:', signedOut: 'You are signed out.', failed: 'That did not work: {reason}',
  wrongHost: 'The bot does not know this address. Set gallery.web.url to it, or use the one from /dashboard.',
  // Figures
  figures: 'At a glance', sentToday: 'Sent today', sentWeek: 'In 7 days', sentAll: 'In all', people: 'People', chats: 'Chats',
  library: 'In the library', likes: 'Likes', dislikes: 'Dislikes',
  // Health
  health: 'Health', up_database: 'Database', up_telegram: 'Telegram', up_stash: 'Stash', up_immich: 'Immich', up_folder: 'Photo folder',
  fine: 'Working', failing: 'Not working', milliseconds: '{n} ms', lastFault: 'Last trouble {time}: {text}', noFault: 'No trouble since the start',
  allWell: 'Everything works', someTrouble: { one: '{n} thing does not work', other: '{n} things do not work' },
  // Schedules
  schedules: 'Schedules', noSchedules: 'Nothing is sent by itself yet. Send /every day 10:00 to the bot in the chat that should get photos.',
  next: 'Next', paused: 'Paused', pausedUntil: 'Paused until {time}', pause: 'Pause', resume: 'Resume', pauseOf: 'Pause the schedules of {chat}',
  resumeOf: 'Resume the schedules of {chat}', pauseOne: 'Pause: {name}', resumeOne: 'Resume: {name}', configured: 'from the settings', never: 'never', unreachable: 'Cannot be reached: {reason}',
  silent: 'silent', photos: { one: '{n} photo', other: '{n} photos' }, quiet: 'quiet {from}–{until}',
  // Recent
  recent: 'Sent last', noRecent: 'No photo was sent yet. Send /random to the bot.', untitled: 'Untitled', to: 'to {chat}',
  source_asked: 'asked for', source_schedule: 'by schedule', source_album: 'album', source_today: 'this day', noPicture: 'No picture',
  moreRecent: 'Show more', lessRecent: 'Show fewer',
  // Votes
  votes: 'Votes', noVotes: 'Nobody voted in this time. The buttons 👍 and 👎 are below each photo.', span: 'Period', days: { one: '{n} day', other: '{n} days' },
  year: '1 year', liked: 'Liked', disliked: 'Disliked', day: 'Day', plotTitle: 'Votes per day',
  plotDescription: '{up} liked and {down} disliked from {from} to {until}. Use the arrow keys to go from day to day.', asTable: 'As a table',
  dayValue: '{day}: {up} liked, {down} disliked', weekOf: 'week of {day}', plotDescriptionWeeks: '{up} liked and {down} disliked from {from} to {until}, week by week. Use the arrow keys to go from week to week.',
  // Galleries
  galleries: 'Galleries', mostLiked: 'Most liked', mostDisliked: 'Most disliked', noGalleries: 'With a few votes the favourites show here.', noneDisliked: 'No gallery has more 👎 than 👍.',
  noneLiked: 'No gallery has more 👍 than 👎 yet.',
  tally: '{up} liked, {down} disliked',
  // Rounds and people
  rounds: 'Rounds', noRounds: 'A round begins with the first photo in a chat.', roundOf: 'Round {n}', shownOf: '{shown} of {all} shown', shownOnly: '{shown} shown',
  peopleTitle: 'People', noPeople: 'Nobody may use the bot yet.', name: 'Name', status: 'Status', received: 'Photos', lastPhoto: 'Last photo',
  status_configured: 'in the settings', status_allowed: 'let in', status_denied: 'turned away', status_owner: 'owner', person: 'Person {id}', group: 'Group {id}',
}
