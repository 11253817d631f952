extension World {
    // MARK: Finding

    /// The chat as a person names it: the bot's id for a private chat, a negative id for others.
    func key(_ chat: Int64, for user: Int64) -> ChatKey {
        chat > 0 ? .dialog(bot: chat, user: user) : .shared(chat)
    }

    /// The id of a chat as a person sees it.
    func id(of key: ChatKey) -> Int64 {
        switch key {
        case .dialog(let bot, _): bot
        case .shared(let id): id
        }
    }

    /// The people who can see a chat.
    func viewers(of key: ChatKey) -> [Int64] {
        switch key {
        case .dialog(_, let user): [user]
        case .shared:
            chats[key]?.memberOrder.filter { id in
                accounts[id]?.isBot == false && chats[key]?.members[id]?.role.isPresent == true
            } ?? []
        }
    }

    // MARK: Making

    /// The private chat of a person with a bot, made where it is missing.
    mutating func openDialog(bot: Int64, user: Int64) -> ChatKey {
        let key = ChatKey.dialog(bot: bot, user: user)
        if chats[key] == nil {
            var chat = Chat(key: key, id: user, kind: .dialog)
            chat.lastActivity = now
            chats[key] = chat
            changed(.chat(key))
        }
        return key
    }

    mutating func addChat(_ kind: Chat.Kind, title: String, username: String? = nil, id: Int64? = nil, owner: Int64?)
        -> ChatKey
    {
        var number = id ?? 0
        while number == 0 || (id == nil && chats[.shared(number)] != nil) {
            let part = dealer.next(in: 1_000_000_000...3_999_999_999)
            number = kind == .group ? -part : -1_000_000_000_000 - part
        }
        let key = ChatKey.shared(number)
        var chat = Chat(key: key, id: number, kind: kind)
        chat.title = title
        chat.username = username
        chat.lastActivity = now
        chats[key] = chat
        if let username { names[username.lowercased()] = number }
        if let owner { setMember(owner, in: key, Member(role: .creator), by: owner) }
        post(service: .created(title), in: key, by: owner)
        changed(.chat(key))
        effects.events.append(.chat(key))
        return key
    }

    mutating func editChat(_ key: ChatKey, _ body: (inout Chat) -> Void) {
        guard chats[key] != nil else { return }
        body(&chats[key, default: Chat(key: key, id: 0, kind: .dialog)])
        changed(.chat(key))
    }
}
