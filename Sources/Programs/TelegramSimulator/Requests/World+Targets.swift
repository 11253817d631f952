extension World {
    /// How a call uses a chat.
    enum Access {
        case read, write
        /// The list of members, which a group that became a supergroup does not show any more.
        case readMembers
    }

    /// The chat that an argument names, checked for the access the call needs.
    ///
    /// Refusals are those of the service: unknown, not started, blocked, left, upgraded.
    func chat(_ arguments: Arguments, _ name: String = "chat_id", for bot: Int64, _ access: Access = .write)
        throws(APIError) -> ChatKey
    {
        let text = arguments[name].trimmingSpaces()
        if text.isEmpty {
            throw .badRequest(name == "chat_id" ? "chat_id is empty" : "parameter \"\(name)\" is required")
        }
        var id = Int64(text)
        if id == nil, text.hasPrefix("@") {
            id = names[text.dropFirst().lowercased()]
            // A person's name does not resolve, only those of bots, supergroups and channels.
            if let found = id, accounts[found]?.isBot == false { id = nil }
        }
        guard let id, id != 0 else { throw .badRequest("chat not found") }
        return id > 0 ? try dialog(id, bot, access) : try shared(id, bot, access)
    }

    private func dialog(_ user: Int64, _ bot: Int64, _ access: Access) throws(APIError) -> ChatKey {
        guard let account = accounts[user] else { throw .badRequest("chat not found") }
        if account.isBot {
            throw user == bot && access != .write
                ? .badRequest("chat not found") : .forbidden("the bot can't send messages to the bot")
        }
        let key = ChatKey.dialog(bot: bot, user: user)
        guard access == .write else {
            if chats[key] == nil { throw .badRequest("chat not found") }
            return key
        }
        if account.isDeactivated { throw .forbidden("user is deactivated") }
        guard let chat = chats[key], chat.isStarted else {
            if isAwaiting(user, bot) { return key }
            // Somebody the bot has met in a group may not be written to; a stranger is not found.
            let shared = memberships[bot, default: []].contains { memberships[user, default: []].contains($0) }
            throw shared || chats[key] != nil
                ? .forbidden("bot can't initiate conversation with a user") : .badRequest("chat not found")
        }
        if chat.isBlocked { throw .forbidden("bot was blocked by the user") }
        return key
    }

    /// Whether somebody has asked within five minutes to be let into a chat where the bot may do that.
    private func isAwaiting(_ user: Int64, _ bot: Int64) -> Bool {
        memberships[bot, default: []].contains { id in
            guard let request = chats[.shared(id)]?.requests?[user], request.date + 300 > now else { return false }
            return isAdministrator(bot, in: .shared(id), with: "can_invite_users")
        }
    }

    private func shared(_ id: Int64, _ bot: Int64, _ access: Access) throws(APIError) -> ChatKey {
        let key = ChatKey.shared(id)
        guard chats[key] != nil else { throw .badRequest("chat not found") }
        // What was written in a group before it became a supergroup may still be read.
        if access != .read, let new = chats[key]?.migratedTo { throw .migrated(to: new) }
        if access != .read, chats[key]?.isDeleted == true { throw .forbidden("the group chat was deleted") }
        let kind = chats[key]?.kind ?? .group
        let name = kind == .channel ? "channel chat" : kind == .supergroup ? "supergroup chat" : "group chat"
        let isPublic = chats[key]?.username != nil
        switch chats[key]?.members[bot]?.role {
        case nil:
            if isPublic, access != .write { return key }
            if !isPublic { throw .badRequest("chat not found") }
            throw .forbidden("bot is not a member of the \(name)")
        case .left?:
            if isPublic, access != .write { return key }
            throw .forbidden("bot is not a member of the \(name)")
        case .kicked?: throw .forbidden("bot was kicked from the \(name)")
        default: return key
        }
    }

    /// Refuses where a bot may not send to a chat what it wants to send.
    func checkRights(_ rights: [SendingRight], in key: ChatKey, for bot: Int64) throws(APIError) {
        guard case .shared = key, let role = chats[key]?.members[bot] else { return }
        if chats[key]?.kind == .channel {
            guard role.role.isAdministrator, !role.denied.contains("can_post_messages") else {
                throw .badRequest("need administrator rights in the channel chat")
            }
            return
        }
        if let right = rights.first(where: { lacks($0.name, bot, in: key) }) {
            throw .badRequest("not enough rights to send \(right.what) to the chat")
        }
    }

    /// Whether a member who is no administrator has lost a right, or the chat grants it to nobody.
    func lacks(_ right: String, _ account: Int64, in key: ChatKey) -> Bool {
        guard let chat = chats[key], let member = chat.members[account], !member.role.isAdministrator else {
            return false
        }
        return chat.denied.contains(right) || member.role == .restricted && member.denied.contains(right)
    }

    func isAdministrator(_ account: Int64, in key: ChatKey, with right: String? = nil) -> Bool {
        guard case .shared = key else { return true }
        guard let member = chats[key]?.members[account], member.role.isAdministrator else { return false }
        return member.role == .creator || right.map { !member.denied.contains($0) } ?? true
    }

    /// Takes messages from the flood budget of a chat.
    ///
    /// - Parameter isPaid: The bot pays for more than the usual number of messages over all.
    mutating func checkFlood(_ key: ChatKey, by bot: Int64, cost: Int, isPaid: Bool = false) throws(APIError) {
        guard limiter.profile != .off else { return }
        let wait = limiter.take(
            bot: bot, chat: key, isGroup: !key.isDialog, cost: cost, isPaid: isPaid,
            now: Double(milliseconds) / 1000)
        if let wait { throw .flood(wait) }
    }

    /// Takes one edit from the budget of a group.
    mutating func checkEditFlood(_ key: ChatKey, by bot: Int64) throws(APIError) {
        let wait = limiter.takeEdit(
            bot: bot, chat: key, isGroup: !key.isDialog, now: Double(milliseconds) / 1000)
        if let wait { throw .flood(wait) }
    }

    /// The message an argument names in a chat; a number that is none names no message.
    func place(_ arguments: Arguments, _ name: String = "message_id", in key: ChatKey, missing: String)
        throws(APIError) -> MessagePlace
    {
        guard let number = Int(exactly: arguments.int64(name)), chats[key]?.message(number) != nil else {
            throw .badRequest("message to \(missing) not found")
        }
        return MessagePlace(chat: key, message: number)
    }
}
