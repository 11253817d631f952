extension World {
    /// What a button asks to be shown.
    static func wish(of button: KeyboardButton) -> JSONNode {
        button.wish.flatMap { JSONNode(String(decoding: $0, as: UTF8.self)) } ?? .object([])
    }

    /// The people that somebody shows to a bot by a `request_users` button, with what the button asks of them.
    func shared(users arguments: Arguments, _ wish: JSONNode) throws(APIError) -> ServiceNote {
        let ids = arguments.json("users")?.array?.compactMap(\.integer) ?? []
        let most = min(10, max(1, wish["max_quantity"]?.integer ?? 1))
        guard !ids.isEmpty, ids.count <= most else {
            throw ControlRefusal.bad("users must be a list of 1 to \(most) ids")
        }
        var users: [SharedUser] = []
        for id in ids {
            guard let account = accounts[id], !account.isDeactivated else { throw ControlRefusal.missing("user") }
            if let isBot = wish["user_is_bot"]?.bool, isBot != account.isBot {
                throw ControlRefusal.bad("the button asks for \(isBot ? "bots" : "people")")
            }
            if wish["user_is_premium"]?.bool == true { throw ControlRefusal.bad("the button asks for premium users") }
            let showsName = wish["request_name"]?.bool == true
            users.append(
                SharedUser(
                    id: id, firstName: showsName ? account.firstName : nil,
                    lastName: showsName ? account.lastName : nil,
                    username: wish["request_username"]?.bool == true ? account.username : nil))
        }
        return .usersShared(request: wish["request_id"]?.integer ?? 0, users)
    }

    /// A poll of a person, as a `request_poll` button asks for it: no bot is told how it goes.
    mutating func ownPoll(_ arguments: Arguments, _ wish: JSONNode, in key: ChatKey) throws(APIError) -> Content {
        let given = arguments.json("poll")
        let isQuiz = wish["type"]?.string == "quiz"
        let texts = given?["options"]?.array?.compactMap(\.string) ?? ["Yes", "No"]
        guard (2...12).contains(texts.count) else { throw ControlRefusal.bad("a poll has 2 to 12 options") }
        var poll = Poll(
            id: newPollID(), question: FormattedText(text: given?["question"]?.string ?? "What do you think?"),
            options: texts.map {
                Poll.Option(text: FormattedText(text: $0), persistentID: Dealer.text([dealer.next()]))
            }, bot: 0, chat: key, message: (chats[key]?.lastMessage ?? 0) + 1)
        poll.isQuiz = isQuiz
        poll.correct = isQuiz ? [Int(clamping: given?["correct"]?.integer ?? 0)] : []
        guard poll.correct.allSatisfy(poll.options.indices.contains) else {
            throw ControlRefusal.bad("correct is no option")
        }
        polls[poll.id] = poll
        changed(.poll(poll.id))
        return .poll(poll.id)
    }

    /// The chat that somebody shows to a bot by a `request_chat` button; the bot is added where the button says so.
    mutating func shared(chat arguments: Arguments, _ wish: JSONNode, by user: Int64, _ dialog: ChatKey)
        throws(APIError) -> ServiceNote
    {
        let key = ChatKey.shared(arguments.int64("shared_chat"))
        guard let chat = chats[key], chat.members[user]?.role.isPresent == true else {
            throw ControlRefusal.missing("shared_chat")
        }
        let isChannel = wish["chat_is_channel"]?.bool ?? false
        guard (chat.kind == .channel) == isChannel else {
            throw ControlRefusal.bad("the button asks for a \(isChannel ? "channel" : "group")")
        }
        if let hasName = wish["chat_has_username"]?.bool, hasName != (chat.username != nil) {
            throw ControlRefusal.bad("the button asks for another kind of chat")
        }
        if wish["chat_is_created"]?.bool == true, chat.members[user]?.role != .creator {
            throw ControlRefusal.bad("the button asks for a chat of your own")
        }
        if let rights = wish["user_administrator_rights"], rights.isObject, !isAdministrator(user, in: key) {
            throw ControlRefusal.bad("the button asks for a chat that you administer")
        }
        let bot = id(of: dialog)
        if let rights = wish["bot_administrator_rights"], rights.isObject {
            let denied = Rights.administrator(in: chat.kind).filter { rights[$0]?.bool != true }
            setMember(bot, in: key, Member(role: .administrator, denied: Set(denied), promoter: user), by: user)
        } else if wish["bot_is_member"]?.bool == true {
            try invite(bot, to: key, by: user)
        }
        return .chatShared(
            request: wish["request_id"]?.integer ?? 0,
            SharedChat(
                id: chat.id, title: wish["request_title"]?.bool == true ? chat.title : nil,
                username: wish["request_username"]?.bool == true ? chat.username : nil))
    }
}
