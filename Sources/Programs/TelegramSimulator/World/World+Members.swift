extension World {
    /// How somebody came into a chat, for the bots that are told.
    struct Entrance: Sendable {
        var link: InviteLink?
        var isByRequest = false
    }

    /// Puts a member into a chat or changes its role, telling bots what changed.
    mutating func setMember(
        _ account: Int64, in key: ChatKey, _ member: Member, by actor: Int64, through entrance: Entrance = Entrance()
    ) {
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
        if member.until > 0, member.role == .restricted || member.role == .kicked {
            releases.add("\(chat.id):\(account)", at: member.until)
        }
        guard old != member else { return }
        tellMemberChange(account, in: key, old, member, by: actor, through: entrance)
        effects.events.append(.chat(key))
    }

    /// Adds an account to a group with the line that people see.
    mutating func join(_ account: Int64, _ key: ChatKey, by actor: Int64, through entrance: Entrance = Entrance()) {
        guard let chat = chats[key], chat.members[account]?.role.isPresent != true else { return }
        // Who was restricted before they left still is.
        let old = chat.members[account]
        var member = Member(role: .member)
        if old?.role == .left, let denied = old?.denied, !denied.isEmpty {
            member = Member(role: .restricted, denied: denied, until: old?.until ?? 0)
        }
        if member.role == .member, let period = entrance.link?.period { member.until = now + period }
        editChat(key) { chat in
            chat.requests?[account] = nil
            if let url = entrance.link?.url, let index = chat.links?.firstIndex(where: { $0.url == url }) {
                chat.links?[index].used += 1
            }
        }
        setMember(account, in: key, member, by: actor, through: entrance)
        if chat.kind != .channel { post(service: .joined([account]), in: key, by: actor) }
    }

    mutating func leave(
        _ account: Int64, _ key: ChatKey, by actor: Int64, role: Member.Role = .left, until: Int64 = 0
    ) {
        guard let chat = chats[key] else { return }
        let old = chat.members[account]
        guard old?.role.isPresent == true else {
            if let old, role == .left, old.role == .kicked {
                setMember(account, in: key, Member(role: .left), by: actor)
            } else if role == .kicked {
                setMember(account, in: key, Member(role: .kicked, until: until), by: actor)
            }
            return
        }
        // The line is posted first: the bot that leaves still sees it.
        if chat.kind != .channel { post(service: .left(account), in: key, by: actor) }
        var member = Member(role: role, until: until)
        if role == .left, old?.role == .restricted, actor == account {
            member.denied = old?.denied ?? []
            member.until = old?.until ?? 0
        }
        setMember(account, in: key, member, by: actor)
    }

    /// Ends bans and restrictions that were given for a time; nobody is told.
    mutating func release(_ due: [String]) {
        for item in due {
            let parts = item.split(separator: ":").compactMap { Int64($0) }
            guard parts.count == 2, let member = chats[.shared(parts[0])]?.members[parts[1]], member.until > 0,
                member.until <= now
            else { continue }
            editChat(.shared(parts[0])) { chat in
                switch member.role {
                case .restricted: chat.members[parts[1]] = Member(role: .member, tag: member.tag)
                case .kicked, .left: chat.members[parts[1]] = Member(role: .left)
                default: break
                }
            }
        }
    }

    /// Turns a group into a supergroup; calls to the old one answer where the new one is.
    mutating func upgrade(_ key: ChatKey, by actor: Int64) -> ChatKey? {
        guard let chat = chats[key], chat.kind == .group, chat.migratedTo == nil else { return nil }
        let new = addUpgraded(chat)
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

    /// The supergroup that a group becomes: its looks and rules, none of its messages.
    private mutating func addUpgraded(_ old: Chat) -> ChatKey {
        var number: Int64 = 0
        while number == 0 || chats[.shared(number)] != nil {
            number = -1_000_000_000_000 - dealer.next(in: 1_000_000_000...3_999_999_999)
        }
        let key = ChatKey.shared(number)
        var chat = Chat(key: key, id: number, kind: .supergroup)
        chat.title = old.title
        chat.about = old.about
        chat.photo = old.photo
        chat.denied = old.denied
        chat.isProtected = old.isProtected
        chat.lastActivity = now
        chats[key] = chat
        return key
    }
}
