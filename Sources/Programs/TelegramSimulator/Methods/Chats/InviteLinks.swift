/// `createChatInviteLink` and its kin.
enum InviteLinks {
    static let export: Handler = { (world, call) throws(APIError) in
        let key = try chat(call, world)
        let link = world.addLink(to: key, InviteLink(url: "", creator: call.bot, isPrimary: true))
        return .writing { $0.string(link.url) }
    }

    static let create: Handler = { (world, call) throws(APIError) in
        var link = InviteLink(url: "", creator: call.bot)
        describe(&link, call.arguments)
        let key = try chat(call, world)
        try check(link, world.now)
        return answer(world.addLink(to: key, link), key, call, world)
    }

    static let createSubscription: Handler = { (world, call) throws(APIError) in
        let key = try chat(call, world)
        guard world.chats[key]?.kind == .channel else { throw .badRequest("CHAT_TYPE_INVALID") }
        let period = call.arguments.int64("subscription_period")
        let price = call.arguments.int64("subscription_price")
        guard period == 2_592_000 else { throw .badRequest("SUBSCRIPTION_PERIOD_INVALID") }
        guard (1...10_000).contains(price) else { throw .badRequest("PRICING_CHAT_INVALID") }
        var link = InviteLink(url: "", creator: call.bot, period: period, price: price)
        link.name = name(call.arguments)
        return answer(world.addLink(to: key, link), key, call, world)
    }

    static let edit: Handler = { (world, call) throws(APIError) in
        try change(&world, call) { (link, world) throws(APIError) in
            if link.isPrimary { throw .badRequest("CHAT_INVITE_PERMANENT") }
            if link.isRevoked { throw .badRequest("INVITE_HASH_EXPIRED") }
            describe(&link, call.arguments)
            try check(link, world.now)
        }
    }

    static let editSubscription: Handler = { (world, call) throws(APIError) in
        try change(&world, call) { (link, _) throws(APIError) in
            if link.price == nil { throw .badRequest("PRICING_CHAT_INVALID") }
            link.name = name(call.arguments)
        }
    }

    static let revoke: Handler = { (world, call) throws(APIError) in
        let key = try chat(call, world)
        let url = call.arguments["invite_link"]
        guard let index = index(of: url, key, world), var link = world.chats[key]?.links?[index] else {
            throw .badRequest("INVITE_HASH_INVALID")
        }
        if link.isRevoked { throw .badRequest("INVITE_HASH_EXPIRED") }
        let wasPrimary = link.isPrimary
        link.isRevoked = true
        link.isPrimary = false
        let revoked = link
        world.editChat(key) { $0.links?[index] = revoked }
        if wasPrimary { world.addLink(to: key, InviteLink(url: "", creator: revoked.creator, isPrimary: true)) }
        return answer(revoked, key, call, world)
    }

    // MARK: Parts

    private static func change(
        _ world: inout World, _ call: Call, _ body: (inout InviteLink, World) throws(APIError) -> Void
    ) throws(APIError) -> Answer {
        let key = try chat(call, world)
        let url = call.arguments["invite_link"]
        guard let index = index(of: url, key, world), var link = world.chats[key]?.links?[index] else {
            throw .badRequest("INVITE_HASH_INVALID")
        }
        // A bot changes its own links only.
        guard link.creator == call.bot else { throw .badRequest("CHAT_ADMIN_REQUIRED") }
        try body(&link, world)
        let changed = link
        world.editChat(key) { $0.links?[index] = changed }
        return answer(changed, key, call, world)
    }

    private static func index(of url: String, _ key: ChatKey, _ world: World) -> Int? {
        world.chats[key]?.links?.firstIndex { $0.url == url }
    }

    private static func chat(_ call: Call, _ world: World) throws(APIError) -> ChatKey {
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("can't invite members to a private chat") }
        guard world.isAdministrator(call.bot, in: key, with: "can_invite_users") else {
            throw .badRequest("not enough rights to manage chat invite link")
        }
        return key
    }

    private static func name(_ arguments: Arguments) -> String? {
        let name = String(arguments["name"].trimmingSpaces().prefix(32))
        return name.isEmpty ? nil : name
    }

    private static func describe(_ link: inout InviteLink, _ arguments: Arguments) {
        link.name = name(arguments)
        let expires = arguments.int64("expire_date")
        link.expires = expires > 0 ? expires : nil
        let limit = arguments.int64("member_limit")
        link.limit = limit > 0 ? Int(clamping: limit) : nil
        link.asks = arguments.bool("creates_join_request")
    }

    private static func check(_ link: InviteLink, _ now: Int64) throws(APIError) {
        if link.asks, link.limit != nil {
            throw .badRequest("member limit can't be specified for links requiring administrator approval")
        }
        if let expires = link.expires, expires <= now || expires > Int64(Int32.max) {
            throw .badRequest("EXPIRE_DATE_INVALID")
        }
        if let limit = link.limit, limit > 99_999 { throw .badRequest("USAGE_LIMIT_INVALID") }
    }

    private static func answer(_ link: InviteLink, _ key: ChatKey, _ call: Call, _ world: World) -> Answer {
        guard let chat = world.chats[key] else { return .yes }
        return .writing { world.write(link, in: chat, for: call.bot, to: &$0) }
    }
}

/// `approveChatJoinRequest` and `declineChatJoinRequest`.
enum JoinRequests {
    static let approve: Handler = { (world, call) throws(APIError) in try decide(true, &world, call) }
    static let decline: Handler = { (world, call) throws(APIError) in try decide(false, &world, call) }

    private static func decide(_ isWelcome: Bool, _ world: inout World, _ call: Call) throws(APIError) -> Answer {
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("the chat can't have join requests") }
        guard world.isAdministrator(call.bot, in: key, with: "can_invite_users") else {
            throw .badRequest("not enough rights to manage chat join requests")
        }
        if world.chats[key]?.members[user]?.role.isPresent == true { throw .badRequest("USER_ALREADY_PARTICIPANT") }
        guard world.chats[key]?.requests?[user] != nil else { throw .badRequest("HIDE_REQUESTER_MISSING") }
        world.answerJoinRequest(of: user, in: key, isWelcome, by: call.bot)
        return .yes
    }
}
