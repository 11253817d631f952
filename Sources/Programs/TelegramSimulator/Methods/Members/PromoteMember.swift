/// `promoteChatMember`, `setChatAdministratorCustomTitle` and `setChatMemberTag`.
enum PromoteMember {
    static let promote: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], chat.kind == .supergroup || chat.kind == .channel else {
            throw MemberArgument.notInBasicGroups
        }
        try MemberArgument.checkKnown(user, world)
        let old = chat.members[user] ?? Member(role: .left)
        let (granted, isAnonymous) = rights(call.arguments, chat.kind)
        if old.role == .creator { throw .badRequest("can't remove chat owner") }
        let isPromotion = !granted.isEmpty || isAnonymous
        if !isPromotion {
            if old.role == .member { return .yes }
            if !old.role.isPresent { throw .badRequest("bots can't add new chat members") }
        }
        if user == call.bot, isPromotion { throw .badRequest("can't promote self") }
        guard world.isAdministrator(call.bot, in: key, with: "can_promote_members") else {
            throw .badRequest("not enough rights")
        }
        try check(old, granted, isAnonymous, by: call.bot, in: chat)
        var member = Member(role: isPromotion ? .administrator : .member)
        if isPromotion {
            member.title = old.title
            member.denied = Set(Rights.administrator(in: chat.kind)).subtracting(granted).subtracting(["is_anonymous"])
            member.hidesName = isAnonymous ? true : nil
            member.promoter = call.bot
        }
        world.setMember(user, in: key, member, by: call.bot)
        return .yes
    }

    private static func check(_ old: Member, _ granted: Set<String>, _ isAnonymous: Bool, by bot: Int64, in chat: Chat)
        throws(APIError)
    {
        switch old.role {
        case .kicked: throw .badRequest("USER_KICKED")
        case .left: throw .badRequest("USER_NOT_MUTUAL_CONTACT")
        case .administrator where old.promoter != bot: throw .badRequest("CHAT_ADMIN_REQUIRED")
        default: break
        }
        guard let own = chat.members[bot], own.role == .administrator else { return }
        if !own.denied.isDisjoint(with: granted) || isAnonymous && !own.isAnonymous {
            throw .badRequest("RIGHT_FORBIDDEN")
        }
    }

    /// The rights that a call grants; any of them brings the one to manage the chat.
    private static func rights(_ arguments: Arguments, _ kind: Chat.Kind) -> (Set<String>, isAnonymous: Bool) {
        var granted = Set(Rights.administrator(in: kind).filter { $0 != "is_anonymous" && arguments.bool($0) })
        if arguments.bool("can_manage_voice_chats") { granted.insert("can_manage_video_chats") }
        if !granted.isEmpty { granted.insert("can_manage_chat") }
        return (granted, arguments.bool("is_anonymous"))
    }

    static let title: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], chat.kind == .supergroup else { throw MemberArgument.onlySupergroups }
        try MemberArgument.checkKnown(user, world)
        guard var member = chat.members[user], member.role.isAdministrator else {
            throw .badRequest("user is not an administrator")
        }
        if member.role == .creator { throw .badRequest("only creator can edit their custom title") }
        guard member.promoter == call.bot else {
            throw .badRequest("not enough rights to change custom title of the user")
        }
        let title = call.arguments["custom_title"].trimmingSpaces()
        try checkTitle(title)
        member.title = title.isEmpty ? nil : title
        world.setMember(user, in: key, member, by: call.bot)
        return .yes
    }

    static let tag: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], chat.kind == .supergroup || chat.kind == .group else {
            throw .badRequest("method is available only in groups and supergroups")
        }
        try MemberArgument.checkKnown(user, world)
        guard world.isAdministrator(call.bot, in: key, with: "can_manage_tags") else {
            throw .badRequest("CHAT_ADMIN_REQUIRED")
        }
        guard var member = chat.members[user], member.role == .member || member.role == .restricted else {
            throw .badRequest("USER_NOT_PARTICIPANT")
        }
        let tag = call.arguments["tag"].trimmingSpaces()
        try checkTitle(tag)
        member.tag = tag.isEmpty ? nil : tag
        world.setMember(user, in: key, member, by: call.bot)
        return .yes
    }

    private static func checkTitle(_ title: String) throws(APIError) {
        if title.unicodeScalars.count > 16 { throw .badRequest("CUSTOM_TITLE_INVALID") }
        if title.unicodeScalars.contains(where: { $0.properties.isEmojiPresentation }) {
            throw .badRequest("CUSTOM_TITLE_EMOJI_NOT_ALLOWED")
        }
    }
}
