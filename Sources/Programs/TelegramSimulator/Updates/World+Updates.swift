extension Message {
    /// Whether a bot is told of what it did itself.
    fileprivate func reaches(_ maker: Int64, in kind: Chat.Kind) -> Bool {
        guard case .service(let note) = content else { return false }
        return note.reachesItsMaker(maker, in: kind)
    }
}

extension World {
    // MARK: Queueing

    /// Makes an update for a bot that wants its kind.
    ///
    /// The choice of kinds counts when the update is made, not when it is taken.
    mutating func emit(
        _ kind: UpdateKind, to id: Int64, lane: String, from date: Int64? = nil,
        _ body: (Self, inout WireWriter) -> Void
    ) {
        guard var bot = bots[id], !bot.isLoggedOut else { return }
        guard bot.allowedUpdates?.contains(kind.rawValue) ?? kind.isDefault else { return }
        let number = bot.nextUpdate
        var writer = WireWriter(capacity: 1024)
        writer.reader = id
        writer.object { writer in
            writer.field("update_id", number)
            writer.key(kind.rawValue)
            body(self, &writer)
        }
        let entry = UpdateQueue.Entry(
            id: number, body: writer.bytes, expires: (date ?? now) + kind.lifetime, lane: lane)
        // What finds no room takes no number.
        guard queues[id, default: UpdateQueue()].append(entry) else { return }
        bots[id] = nil
        bot.nextUpdate += 1
        bots[id] = bot
        changed(.bot(id))
        changed(.update(id, number))
        effects.wakes.insert(id)
        effects.events.append(.update(bot: id, entry.body))
    }

    // MARK: Messages

    mutating func tellMessage(_ message: Message, in key: ChatKey, isEdit: Bool) {
        guard let chat = chats[key] else { return }
        let lane = "\(chat.id)"
        switch key {
        case .dialog(let bot, _):
            guard message.writer != bot || message.reaches(bot, in: chat.kind) else { return }
            emit(isEdit ? .editedMessage : .message, to: bot, lane: lane, from: message.edited) {
                $0.write(message, in: chat, to: &$1)
            }
        case .shared:
            for id in chat.memberOrder where bots[id] != nil {
                guard id != message.writer || message.reaches(id, in: chat.kind) else { continue }
                guard let member = chat.members[id], member.role.isPresent else { continue }
                guard sees(message, in: chat, bot: id, member) else { continue }
                let kind: UpdateKind =
                    chat.kind == .channel
                    ? (isEdit ? .editedChannelPost : .channelPost) : isEdit ? .editedMessage : .message
                emit(kind, to: id, lane: lane, from: message.edited) { $0.write(message, in: chat, to: &$1) }
            }
        }
    }

    /// Whether a bot gets a message of a group: not from other bots, and in privacy mode only what is for it.
    private func sees(_ message: Message, in chat: Chat, bot id: Int64, _ member: Member) -> Bool {
        if message.content.isService { return true }
        if chat.kind == .channel { return member.role.isAdministrator }
        if let sender = message.writer, accounts[sender]?.isBot == true { return false }
        guard let bot = bots[id], bot.isPrivate, !member.role.isAdministrator else { return true }
        if message.via == id { return true }
        if let reply = message.reply, chat.message(reply.message)?.writer == id { return true }
        let text = message.text ?? message.caption ?? .empty
        let units = Array(text.text.utf16)
        guard let first = text.entities.first, first.kind == .botCommand, first.offset == 0, units.count >= first.length
        else { return false }
        let command = String(decoding: units[..<first.length], as: UTF16.self)
        if let at = command.firstIndex(of: "@") {
            return command[command.index(after: at)...].lowercased() == accounts[id]?.username?.lowercased()
        }
        // A command for nobody in particular is for the bot that spoke last.
        let last = chat.messages.suffix(200).last { message in
            guard let sender = message?.writer, message?.content.isService == false else { return false }
            return accounts[sender]?.isBot == true
        }
        return last.map { $0?.writer == id } ?? true
    }

    // MARK: Members

    mutating func tellMemberChange(
        _ account: Int64, in key: ChatKey, _ old: Member, _ new: Member, by actor: Int64,
        through entrance: Entrance = Entrance()
    ) {
        guard let chat = chats[key] else { return }
        func body(_ world: Self, _ writer: inout WireWriter, for bot: Int64) {
            writer.object { writer in
                writer.key("chat")
                world.write(chat: chat, to: &writer)
                writer.key("from")
                world.write(account: actor, to: &writer)
                writer.field("date", world.now)
                writer.key("old_chat_member")
                world.write(member: old, account, in: chat, for: bot, to: &writer)
                writer.key("new_chat_member")
                world.write(member: new, account, in: chat, for: bot, to: &writer)
                if let link = entrance.link {
                    writer.key("invite_link")
                    world.write(link, in: chat, for: bot, to: &writer)
                }
                writer.flag("via_join_request", entrance.isByRequest)
            }
        }
        if bots[account] != nil {
            emit(.myChatMember, to: account, lane: "m\(chat.id)") { body($0, &$1, for: account) }
        }
        for id in chat.memberOrder where bots[id] != nil && id != account {
            guard chat.members[id]?.role.isAdministrator == true else { continue }
            emit(.chatMember, to: id, lane: "c\(account)") { body($0, &$1, for: id) }
        }
    }

    /// Tells the bots that may let people in about somebody who asks.
    mutating func tellJoinRequest(_ account: Int64, in key: ChatKey) {
        guard let chat = chats[key], let request = chat.requests?[account] else { return }
        for id in chat.memberOrder where bots[id] != nil {
            guard isAdministrator(id, in: key, with: "can_invite_users") else { continue }
            emit(.chatJoinRequest, to: id, lane: "c\(account)") { world, writer in
                writer.object { writer in
                    writer.key("chat")
                    world.write(chat: chat, to: &writer)
                    writer.key("from")
                    world.write(account: account, to: &writer)
                    writer.field("user_chat_id", account)
                    writer.field("date", request.date)
                    writer.field("bio", request.about)
                    if let link = chat.links?.first(where: { $0.url == request.link }) {
                        writer.key("invite_link")
                        world.write(link, in: chat, for: id, to: &writer)
                    }
                }
            }
        }
    }

    /// Tells a bot that a person has blocked or unblocked it.
    mutating func tellBlock(_ key: ChatKey, isBlocked: Bool) {
        guard case .dialog(let bot, let user) = key, let chat = chats[key] else { return }
        emit(.myChatMember, to: bot, lane: "m\(user)") { world, writer in
            writer.object { writer in
                writer.key("chat")
                world.write(chat: chat, to: &writer)
                writer.key("from")
                world.write(account: user, to: &writer)
                writer.field("date", world.now)
                writer.key("old_chat_member")
                world.write(member: Member(role: isBlocked ? .member : .kicked), bot, in: chat, to: &writer)
                writer.key("new_chat_member")
                world.write(member: Member(role: isBlocked ? .kicked : .member), bot, in: chat, to: &writer)
            }
        }
    }
}
