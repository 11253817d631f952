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

    // MARK: Members

    /// Puts a member into a chat or changes its role, telling bots what changed.
    mutating func setMember(_ account: Int64, in key: ChatKey, _ member: Member, by actor: Int64) {
        guard let chat = chats[key] else { return }
        let old = chat.members[account] ?? Member(role: .left)
        editChat(key) { chat in
            if chat.members[account] == nil { chat.memberOrder.append(account) }
            chat.members[account] = member
        }
        if member.role.isPresent {
            memberships[account, default: []].insert(chat.id)
        } else {
            memberships[account]?.remove(chat.id)
        }
        guard old.role != member.role || old.denied != member.denied || old.title != member.title else { return }
        tellMemberChange(account, in: key, old, member, by: actor)
        effects.events.append(.chat(key))
    }

    /// Adds an account to a group with the line that people see.
    mutating func join(_ account: Int64, _ key: ChatKey, by actor: Int64) {
        guard let chat = chats[key], chat.members[account]?.role.isPresent != true else { return }
        setMember(account, in: key, Member(role: .member), by: actor)
        if chat.kind != .channel { post(service: .joined([account]), in: key, by: actor) }
    }

    mutating func leave(_ account: Int64, _ key: ChatKey, by actor: Int64, role: Member.Role = .left) {
        guard let chat = chats[key], chat.members[account]?.role.isPresent == true else { return }
        // The line is posted first: the bot that leaves still sees it.
        if chat.kind != .channel { post(service: .left(account), in: key, by: actor) }
        setMember(account, in: key, Member(role: role), by: actor)
    }

    /// Turns a group into a supergroup; calls to the old one answer where the new one is.
    mutating func upgrade(_ key: ChatKey, by actor: Int64) -> ChatKey? {
        guard let chat = chats[key], chat.kind == .group, chat.migratedTo == nil else { return nil }
        let new = addChatQuietly(.supergroup, title: chat.title)
        for id in chat.memberOrder {
            guard let member = chat.members[id], member.role.isPresent else { continue }
            editChat(new) { upgraded in
                upgraded.members[id] = member
                upgraded.memberOrder.append(id)
            }
            memberships[id, default: []].insert(self.id(of: new))
            memberships[id]?.remove(chat.id)
        }
        post(service: .migratedTo(self.id(of: new)), in: key, by: actor)
        let newID = id(of: new)
        editChat(key) { $0.migratedTo = newID }
        editChat(new) { $0.migratedFrom = chat.id }
        post(service: .migratedFrom(chat.id), in: new, by: actor)
        effects.events.append(.chat(key))
        effects.events.append(.chat(new))
        return new
    }

    private mutating func addChatQuietly(_ kind: Chat.Kind, title: String) -> ChatKey {
        var number: Int64 = 0
        while number == 0 || chats[.shared(number)] != nil {
            number = -1_000_000_000_000 - dealer.next(in: 1_000_000_000...3_999_999_999)
        }
        let key = ChatKey.shared(number)
        var chat = Chat(key: key, id: number, kind: kind)
        chat.title = title
        chat.lastActivity = now
        chats[key] = chat
        return key
    }
}
