/// What people do that needs no file and no waiting.
enum ControlActions {
    static let all: [(String, ControlAPI.Action)] = [
        ("users", addUser), ("bots", addBot), ("edit", edit), ("delete", delete), ("react", react), ("read", read),
        ("block", block(true)), ("unblock", block(false)), ("vote", vote), ("inline", inline), ("chats", addChat),
        ("join", join), ("leave", leave), ("invite", invite), ("promote", promote), ("ban", ban), ("pin", pin),
        ("kick", ban), ("unban", unban), ("approve", decide(true)), ("decline", decide(false)), ("link", addLink),
        ("edit-chat", editChat), ("upgrade-group", upgrade), ("deactivate", deactivate), ("start", start),
        ("stop-draft", stopDraft), ("flood", flood), ("delete-group", deleteGroup),
    ]

    private static let deleteGroup: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        try world.deleteGroup(try world.chat(arguments, of: user), by: user)
        return ControlAPI.ok
    }

    private static let stopDraft: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        try world.stopDraft(arguments.int64("draft"), in: try world.chat(arguments, of: user))
        return ControlAPI.ok
    }

    private static let addUser: ControlAPI.Action = { (world, arguments) throws(APIError) in
        guard !arguments["first_name"].isEmpty else { throw ControlRefusal.bad("first_name is empty") }
        func text(_ name: String) -> String? { arguments[name].isEmpty ? nil : arguments[name] }
        let id = arguments.has("id") ? arguments.int64("id") : nil
        if let id, var known = world.accounts[id], !known.isBot, !known.isDeactivated {
            known.firstName = arguments["first_name"]
            known.lastName = text("last_name")
            known.username = text("username")
            known.language = text("language_code")
            world.store(known)
            return userAnswer(id, world)
        }
        if let id, id <= 0 || world.accounts[id] != nil { throw ControlRefusal.conflict("the id is taken") }
        let account = world.addPerson(
            id: id, firstName: arguments["first_name"], lastName: text("last_name"), username: text("username"),
            language: text("language_code"))
        return userAnswer(account.id, world)
    }

    private static let addBot: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let token = arguments["token"]
        guard let id = token.split(separator: ":").first.flatMap({ Int64($0) }), id > 0, token.contains(":") else {
            throw ControlRefusal.bad("token must be digits:secret")
        }
        if let account = world.accounts[id], !account.isBot { throw ControlRefusal.conflict("the id is taken") }
        let known = world.accounts[id]
        let name = arguments["first_name"].isEmpty ? known?.firstName ?? "bot\(id)" : arguments["first_name"]
        let username = arguments["username"].isEmpty ? known?.username ?? "bot\(id)_bot" : arguments["username"]
        world.addBot(token: token, id: id, firstName: name, username: username)
        world.editBot(id) { bot in
            if arguments.has("privacy") { bot.isPrivate = arguments.bool("privacy") }
            if arguments.has("inline") { bot.supportsInline = arguments.bool("inline") }
            if arguments.has("topics") { bot.hasTopics = arguments.bool("topics") }
            if arguments.has("main_app") {
                bot.mainApp = arguments["main_app"].isEmpty ? nil : arguments["main_app"]
            }
            if arguments.has("can_join_groups") { bot.canJoinGroups = arguments.bool("can_join_groups") }
        }
        return userAnswer(id, world)
    }

    private static func userAnswer(_ id: Int64, _ world: World) -> Answer {
        .writing { writer in
            writer.object { writer in
                writer.key("user")
                world.writeView(account: id, to: &writer)
            }
        }
    }

    private static let edit: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, place) = try target(arguments, world)
        guard let old = world.message(place), old.writer == user || world.isChannel(key), old.via == nil else {
            throw ControlRefusal.denied("only your own messages can be edited")
        }
        let content: Content
        switch old.content {
        case .text: content = .text(try World.typed(arguments["text"], arguments.json("entities")))
        case .media(let media, _, let isAbove, let isSpoiler):
            let caption = TextCleaner.clean(
                FormattedText(text: arguments["text"], entities: TextArgument.list(arguments.json("entities"))))
            content = .media(media, caption: caption, isAbove: isAbove, isSpoiler: isSpoiler)
        default: throw ControlRefusal.bad("the message cannot be edited")
        }
        let now = world.now
        world.edit(place) { message in
            message.content = content
            message.edited = now
        }
        guard let edited = world.message(place) else { throw ControlRefusal.missing("message") }
        world.tellMessage(edited, in: key, isEdit: true)
        return ControlViews.answer(edited, in: key, for: user, world)
    }

    private static let delete: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, place) = try target(arguments, world)
        let isOwn = world.message(place)?.writer == user || key.isDialog
        guard isOwn || world.isAdministrator(user, in: key) else {
            throw ControlRefusal.denied("only your own messages can be deleted")
        }
        world.delete([place.message], in: key)
        return ControlAPI.ok
    }

    private static let react: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, place) = try target(arguments, world)
        let emoji = SetMessageReaction.plain(arguments["emoji"])
        if !emoji.isEmpty, !SetMessageReaction.allowed.contains(emoji) {
            throw ControlRefusal.bad("this emoji is no reaction")
        }
        if !emoji.isEmpty, world.lacks("can_react_to_messages", user, in: key) {
            throw ControlRefusal.denied("you may not react here")
        }
        world.react(emoji.isEmpty ? nil : emoji, to: place, by: user)
        guard let message = world.message(place) else { throw ControlRefusal.missing("message") }
        return ControlViews.answer(message, in: key, for: user, world)
    }

    private static let read: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        if world.chats[key]?.unread[user] ?? 0 > 0 {
            world.editChat(key) { $0.unread[user] = 0 }
            world.effects.events.append(.chat(key))
        }
        return ControlAPI.ok
    }

    private static func block(_ isBlocked: Bool) -> ControlAPI.Action {
        { (world, arguments) throws(APIError) in
            let user = try world.person(arguments)
            try world.block(user, bot: arguments.int64("bot"), isBlocked)
            return ControlAPI.ok
        }
    }

    private static let vote: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, place) = try target(arguments, world)
        let options = arguments.json("options")?.array?.compactMap { $0.integer.flatMap { Int(exactly: $0) } } ?? []
        try world.vote(options, of: user, at: place)
        guard let message = world.message(place) else { throw ControlRefusal.missing("message") }
        return ControlViews.answer(message, in: key, for: user, world)
    }

    private static let inline: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let key = arguments.has("chat") ? try world.chat(arguments, of: user) : nil
        let id = try world.askInline(
            arguments["query"], offset: arguments["offset"], of: arguments.int64("bot"), by: user, in: key)
        return .writing { $0.object { $0.field("query", id) } }
    }

    private static let addChat: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        guard let kind = Chat.Kind(rawValue: arguments["type"]), kind != .dialog else {
            throw ControlRefusal.bad("type must be group, supergroup or channel")
        }
        guard !arguments["title"].isEmpty else { throw ControlRefusal.bad("title is empty") }
        let name = arguments["username"]
        if !name.isEmpty, world.names[name.lowercased()] != nil {
            throw ControlRefusal.conflict("the username is taken")
        }
        if !name.isEmpty, kind == .group { throw ControlRefusal.bad("a basic group has no username") }
        let key = world.addChat(kind, title: arguments["title"], username: name.isEmpty ? nil : name, owner: user)
        if arguments.bool("forum"), kind == .supergroup { world.makeForum(key) }
        for member in arguments.json("members")?.array ?? [] {
            guard let id = member.integer else { continue }
            try world.invite(id, to: key, by: user)
        }
        return .writing { writer in
            writer.object { writer in
                writer.key("chat")
                world.writeView(chat: key, for: user, to: &writer)
            }
        }
    }

    private static let join: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        if arguments.has("link") { return try world.join(by: arguments["link"], user, about: arguments["about"]) }
        let key = try world.chat(arguments, of: user)
        if world.chats[key]?.members[user]?.role == .kicked { throw ControlRefusal.denied("you are banned here") }
        world.join(user, key, by: user)
        return ControlAPI.ok
    }

    private static let leave: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        world.leave(user, try world.chat(arguments, of: user), by: user)
        return ControlAPI.ok
    }

    private static let invite: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        try world.invite(arguments.int64("member"), to: try world.chat(arguments, of: user), by: user)
        return ControlAPI.ok
    }

    private static let promote: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, member) = try administered(arguments, world)
        guard let role = Member.Role(rawValue: arguments["role"]),
            [.administrator, .member, .restricted].contains(role)
        else { throw ControlRefusal.bad("role must be administrator, member or restricted") }
        if world.chats[key]?.members[member]?.role == .creator {
            // An owner stays one, but may hide their name.
            world.setMember(
                member, in: key,
                Member(
                    role: .creator, title: arguments["title"].isEmpty ? nil : arguments["title"],
                    hidesName: arguments.bool("anonymous") ? true : nil), by: user)
            return ControlAPI.ok
        }
        var changed = Member(role: role, title: arguments["title"].isEmpty ? nil : arguments["title"])
        if role == .restricted { changed.denied = Set(Rights.ordinary) }
        if role == .administrator {
            changed.promoter = user
            changed.hidesName = arguments.bool("anonymous") ? true : nil
        }
        let denied = arguments.json("denied")?.array?.compactMap(\.string) ?? []
        if !denied.isEmpty { changed.denied = Set(denied) }
        world.setMember(member, in: key, changed, by: user)
        return ControlAPI.ok
    }

    private static let ban: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, member) = try administered(arguments, world)
        if member == user { throw ControlRefusal.bad("one cannot remove oneself") }
        world.leave(member, key, by: user, role: .kicked, until: arguments.int64("until"))
        return ControlAPI.ok
    }

    private static let unban: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, member) = try administered(arguments, world)
        guard world.chats[key]?.members[member]?.role == .kicked else { throw ControlRefusal.missing("member") }
        world.leave(member, key, by: user)
        return ControlAPI.ok
    }

    /// Lets somebody in who asks, or not.
    private static func decide(_ isWelcome: Bool) -> ControlAPI.Action {
        { (world, arguments) throws(APIError) in
            let user = try world.person(arguments)
            let key = try world.chat(arguments, of: user)
            guard world.isAdministrator(user, in: key, with: "can_invite_users") else {
                throw ControlRefusal.denied("you are no administrator")
            }
            let member = arguments.int64("member")
            guard world.chats[key]?.requests?[member] != nil else { throw ControlRefusal.missing("request") }
            world.answerJoinRequest(of: member, in: key, isWelcome, by: user)
            return ControlAPI.ok
        }
    }

    private static let addLink: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        guard !key.isDialog, world.isAdministrator(user, in: key, with: "can_invite_users") else {
            throw ControlRefusal.denied("you are no administrator")
        }
        let expires = arguments.int64("expires")
        let limit = Int(arguments.integer("limit", in: 0...99_999))
        let link = world.addLink(
            to: key,
            InviteLink(
                url: "", creator: user, name: arguments["name"].isEmpty ? nil : arguments["name"],
                expires: expires > 0 ? expires : nil, limit: limit > 0 ? limit : nil, asks: arguments.bool("asks")))
        return .writing { $0.object { $0.field("link", link.url) } }
    }

    private static let editChat: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        guard !key.isDialog, world.isAdministrator(user, in: key) else {
            throw ControlRefusal.denied("you are no administrator")
        }
        let title = arguments["title"]
        if !title.isEmpty, title != world.chats[key]?.title { world.rename(key, title, by: user) }
        let denied = arguments.json("denied")?.array?.compactMap(\.string)
        world.editChat(key) { chat in
            if arguments.has("about") { chat.about = arguments["about"].isEmpty ? nil : arguments["about"] }
            if arguments.has("protected") { chat.isProtected = arguments.bool("protected") }
            if let denied { chat.denied = Set(denied) }
        }
        world.effects.events.append(.chat(key))
        return .writing { writer in
            writer.object { writer in
                writer.key("chat")
                world.writeView(chat: key, for: user, to: &writer)
            }
        }
    }

    private static func administered(_ arguments: Arguments, _ world: World) throws(APIError) -> (Int64, ChatKey, Int64)
    {
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        let member = arguments.int64("member")
        guard !key.isDialog, world.isAdministrator(user, in: key) else {
            throw ControlRefusal.denied("you are no administrator")
        }
        guard let role = world.chats[key]?.members[member]?.role, role != .creator || member == user else {
            throw ControlRefusal.missing("member")
        }
        return (user, key, member)
    }

    private static let pin: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let (user, key, place) = try target(arguments, world)
        guard key.isDialog || world.isAdministrator(user, in: key) else {
            throw ControlRefusal.denied("you are no administrator")
        }
        if arguments.has("pinned"), !arguments.bool("pinned") {
            world.unpin([place.message], in: key)
        } else {
            world.pin(place.message, in: key, by: user)
        }
        guard let message = world.message(place) else { throw ControlRefusal.missing("message") }
        return ControlViews.answer(message, in: key, for: user, world)
    }

    private static let upgrade: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        guard let key = world.upgrade(try world.chat(arguments, of: user), by: user) else {
            throw ControlRefusal.conflict("only a basic group can be upgraded")
        }
        return .writing { writer in
            writer.object { writer in
                writer.key("chat")
                world.writeView(chat: key, for: user, to: &writer)
            }
        }
    }

    private static let deactivate: ControlAPI.Action = { (world, arguments) throws(APIError) in
        world.deactivate(try world.person(arguments))
        return ControlAPI.ok
    }

    private static let start: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let bot = arguments.int64("bot")
        let payload = arguments["payload"]
        guard payload.utf8.count <= 64, payload.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "_" || $0 == "-" }) else {
            throw ControlRefusal.bad("a payload has at most 64 of A-Z a-z 0-9 _ -")
        }
        try world.block(user, bot: bot, false)
        let text = TextCleaner.clean(FormattedText(text: payload.isEmpty ? "/start" : "/start \(payload)"))
        let key = ChatKey.dialog(bot: bot, user: user)
        let message = try world.say(.text(text), by: user, in: key)
        return ControlViews.answer(message, in: key, for: user, world)
    }

    private static let flood: ControlAPI.Action = { (world, arguments) throws(APIError) in
        switch arguments["profile"] {
        case "off": world.limiter = FloodLimiter()
        case "realistic":
            world.limiter = FloodLimiter()
            world.limiter.profile = .realistic
        case "":
            world.limiter = FloodLimiter()
            func number(_ name: String) -> Double { max(0, Double(arguments[name]) ?? 0) }
            world.limiter.profile = FloodLimiter.Profile(
                chatPerSecond: number("chat_per_second"), chatBurst: number("chat_burst"),
                groupPerMinute: number("group_per_minute"), overallPerSecond: number("overall_per_second"),
                groupEditsPerMinute: number("group_edits_per_minute"))
        default: throw ControlRefusal.bad("profile must be off or realistic")
        }
        return ControlAPI.ok
    }

    private static func target(_ arguments: Arguments, _ world: World) throws(APIError) -> (
        Int64, ChatKey, MessagePlace
    ) {
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        guard key.isDialog || world.chats[key]?.members[user]?.role.isPresent == true else {
            throw ControlRefusal.denied("you are not a member of the chat")
        }
        return (user, key, try world.message(arguments, in: key))
    }
}
