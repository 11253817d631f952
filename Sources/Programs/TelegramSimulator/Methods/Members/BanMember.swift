/// `banChatMember`, `unbanChatMember`, and the same for chats that people write as.
enum BanMember {
    static let ban: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard case .shared = key, let chat = world.chats[key] else {
            throw .badRequest("can't ban members in private chats")
        }
        if chat.kind == .group {
            try removeFromGroup(user, key, call.bot, &world)
            return .yes
        }
        try MemberArgument.checkKnown(user, world)
        let until = MemberArgument.until(call.arguments, now: world.now)
        if let old = chat.members[user], old.role == .kicked, old.until == until { return .yes }
        try MemberArgument.checkRestriction(of: user, in: key, by: call.bot, world)
        world.leave(user, key, by: call.bot, role: .kicked, until: until)
        return .yes
    }

    /// A basic group has no bans: who is removed may be added again.
    private static func removeFromGroup(_ user: Int64, _ key: ChatKey, _ bot: Int64, _ world: inout World)
        throws(APIError)
    {
        let role = world.chats[key]?.members[user]?.role
        if user == bot { return world.leave(bot, key, by: bot) }
        guard world.isAdministrator(bot, in: key) else { throw .badRequest("CHAT_ADMIN_REQUIRED") }
        guard let role, role.isPresent else { throw .badRequest("USER_NOT_PARTICIPANT") }
        if role == .creator { throw .badRequest("can't remove chat owner") }
        if role == .administrator { throw .badRequest("user is an administrator of the chat") }
        world.leave(user, key, by: bot, role: .kicked)
    }

    static let unban: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], chat.kind == .supergroup || chat.kind == .channel else {
            throw MemberArgument.notInBasicGroups
        }
        let role = chat.members[user]?.role ?? .left
        if call.arguments.bool("only_if_banned"), role != .kicked { return .yes }
        try MemberArgument.checkKnown(user, world)
        if role == .left { return .yes }
        if user == call.bot {
            world.leave(user, key, by: call.bot)
            return .yes
        }
        try MemberArgument.checkRestriction(of: user, in: key, by: call.bot, world)
        // Somebody who is a member is removed by this, but may return.
        world.leave(user, key, by: call.bot)
        return .yes
    }

    static let banSender: Handler = { (world, call) throws(APIError) in
        try changeSender(&world, call) { banned, id in banned.insert(id) }
    }

    static let unbanSender: Handler = { (world, call) throws(APIError) in
        try changeSender(&world, call) { banned, id in banned.remove(id) }
    }

    private static func changeSender(
        _ world: inout World, _ call: Call, _ change: (inout Set<Int64>, Int64) -> Void
    ) throws(APIError) -> Answer {
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], !key.isDialog else {
            throw .badRequest("can't ban members in private chats")
        }
        if chat.kind == .group { throw .badRequest("can't ban chats in basic groups") }
        let text = call.arguments["sender_chat_id"].trimmingSpaces()
        if text.isEmpty { throw .badRequest("sender_chat_id is empty") }
        let named = text.hasPrefix("@") ? world.names[text.dropFirst().lowercased()] : Int64(text)
        guard let id = named, world.chats[.shared(id)] != nil else { throw .badRequest("chat not found") }
        guard world.chats[.shared(id)]?.kind != .group else { throw .badRequest("can't restrict the chat") }
        guard world.isAdministrator(call.bot, in: key, with: "can_restrict_members") else {
            throw .badRequest("not enough rights to restrict/unrestrict chat member")
        }
        world.editChat(key) { chat in
            var banned = chat.bannedSenders ?? []
            change(&banned, id)
            chat.bannedSenders = banned
        }
        return .yes
    }
}
