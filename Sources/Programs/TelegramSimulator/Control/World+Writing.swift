extension World {
    /// A chat that a person names and sees.
    func chat(_ arguments: Arguments, of user: Int64) throws(APIError) -> ChatKey {
        let id = arguments.int64("chat")
        let key = key(id, for: user)
        if id > 0 {
            guard bots[id] != nil else { throw ControlRefusal.missing("chat") }
        } else {
            guard chats[key] != nil else { throw ControlRefusal.missing("chat") }
        }
        return key
    }

    /// The person who acts.
    func person(_ arguments: Arguments) throws(APIError) -> Int64 {
        let user = arguments.int64("user")
        guard let account = accounts[user], !account.isBot else { throw ControlRefusal.missing("user") }
        if account.isDeactivated { throw ControlRefusal.conflict("the account is deactivated") }
        return user
    }

    func message(_ arguments: Arguments, in key: ChatKey) throws(APIError) -> MessagePlace {
        let place = MessagePlace(chat: key, message: Int(clamping: arguments.int64("message")))
        guard message(place) != nil else { throw ControlRefusal.missing("message") }
        return place
    }

    /// Posts what a person writes; a private chat begins with it.
    mutating func say(
        _ content: Content, by user: Int64, in key: ChatKey, reply: Int? = nil, via: Int64? = nil, album: String? = nil,
        as name: Int64? = nil, thread: Int? = nil, keyboard: InlineKeyboard? = nil, inlineID: String? = nil,
        preview: LinkPreview? = nil
    ) throws(APIError) -> Message {
        switch key {
        case .dialog(let bot, _):
            _ = openDialog(bot: bot, user: user)
            if chats[key]?.isBlocked == true { throw ControlRefusal.conflict("you have blocked the bot") }
            if chats[key]?.isStarted == false { editChat(key) { $0.isStarted = true } }
        case .shared:
            guard let chat = chats[key] else { throw ControlRefusal.missing("chat") }
            if chat.migratedTo != nil { throw ControlRefusal.conflict("the group was upgraded") }
            guard let member = chat.members[user], member.role.isPresent else {
                throw ControlRefusal.denied("you are not a member of the chat")
            }
            if chat.kind == .channel, !member.role.isAdministrator {
                throw ControlRefusal.denied("only administrators post to a channel")
            }
            if content.sendingRights.contains(where: { lacks($0.name, user, in: key) }) {
                throw ControlRefusal.denied("you may not write here")
            }
        }
        var message = Message(id: 0, date: now, content: content)
        message.sender = isChannel(key) ? nil : user
        message.via = via
        message.preview = preview
        message.album = album
        message.keyboard = keyboard
        message.inlineID = inlineID
        try sign(&message, by: user, in: key, as: name)
        if let reply, let answered = chats[key]?.message(reply) {
            message.reply = Reply(message: reply)
            message.thread = answered.thread
        }
        if let thread, thread != Topic.general {
            guard let topic = chats[key]?.topic(thread) else { throw ControlRefusal.missing("thread") }
            if topic.isClosed, !mayManageTopics(user, in: key) { throw ControlRefusal.denied("the topic is closed") }
            message.thread = thread
        } else if message.thread == nil, chats[key]?.topic(Topic.general)?.isClosed == true,
            !mayManageTopics(user, in: key)
        {
            throw ControlRefusal.denied("the topic is closed")
        }
        return post(message, in: key)
    }

    /// Puts a chat's name over a message: the group's for an administrator who hides their own, or a channel's.
    private func sign(_ message: inout Message, by user: Int64, in key: ChatKey, as name: Int64?) throws(APIError) {
        guard case .shared(let id) = key, let chat = chats[key], chat.kind != .channel else {
            if name != nil { throw ControlRefusal.bad("only in groups one can write in another name") }
            return
        }
        let member = chat.members[user]
        guard let name = name ?? (member?.isAnonymous == true ? id : nil) else { return }
        if name == id {
            guard member?.role.isAdministrator == true else {
                throw ControlRefusal.denied("only administrators write in the name of the group")
            }
            message.sender = Account.groupAnonymousBot
            message.signature = member?.title
        } else {
            guard let channel = chats[.shared(name)], channel.kind == .channel, channel.members[user]?.role == .creator
            else { throw ControlRefusal.denied("you can write only in the name of a channel of your own") }
            if chat.bannedSenders?.contains(name) == true {
                throw ControlRefusal.denied("the channel is banned here")
            }
            message.sender = Account.channelBot
        }
        message.senderChat = name
        message.author = user
    }

    /// What a person types, with what the service detects and what they marked.
    static func typed(_ text: String, _ entities: JSONNode?) throws(APIError) -> FormattedText {
        let cleaned = TextCleaner.clean(
            FormattedText(text: text, entities: TextArgument.list(entities)))
        if cleaned.text.isEmpty { throw ControlRefusal.bad("the text is empty") }
        if cleaned.text.unicodeScalars.count > TextArgument.maximumMessage {
            throw ControlRefusal.bad("the text is longer than 4096 characters")
        }
        return cleaned
    }

    mutating func block(_ user: Int64, bot: Int64, _ isBlocked: Bool) throws(APIError) {
        guard bots[bot] != nil else { throw ControlRefusal.missing("bot") }
        let key = openDialog(bot: bot, user: user)
        guard chats[key]?.isBlocked != isBlocked else { return }
        editChat(key) { $0.isBlocked = isBlocked }
        if chats[key]?.isStarted == true { tellBlock(key, isBlocked: isBlocked) }
        effects.events.append(.chat(key))
    }

    mutating func vote(_ options: [Int], of user: Int64, at place: MessagePlace) throws(APIError) {
        guard case .poll(let id)? = message(place)?.content, var poll = polls[id] else {
            throw ControlRefusal.bad("the message is no poll")
        }
        if poll.isClosed { throw ControlRefusal.conflict("the poll is closed") }
        guard options.allSatisfy(poll.options.indices.contains), options.count <= 1 || poll.allowsMultiple,
            Set(options).count == options.count
        else {
            throw ControlRefusal.bad("these options cannot be chosen")
        }
        let old = poll.votes[user]
        if old != nil, !poll.allowsRevoting { throw ControlRefusal.conflict("the vote cannot be changed") }
        for option in old ?? [] { poll.options[option].votes -= 1 }
        for option in options { poll.options[option].votes += 1 }
        poll.votes[user] = options.isEmpty ? nil : options
        polls[id] = poll
        changed(.poll(id))
        effects.events.append(.edit(place))
        tellPoll(id)
        guard !poll.isAnonymous else { return }
        let answered = poll
        emit(.pollAnswer, to: poll.bot, lane: "p\(id)") { world, writer in
            writer.object { writer in
                writer.field("poll_id", id)
                writer.key("user")
                world.write(account: user, to: &writer)
                writer.field("option_ids", options) { $0.integer($1) }
                writer.field("option_persistent_ids", options) { writer, index in
                    writer.string(answered.options[index].persistentID)
                }
            }
        }
    }
}
