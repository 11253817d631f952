extension World {
    /// Makes a link into a chat; a primary one takes the place of its maker's former.
    @discardableResult
    mutating func addLink(to key: ChatKey, _ link: InviteLink) -> InviteLink {
        var link = link
        link.url = "https://t.me/+\(Dealer.text([dealer.next(), dealer.next()]).prefix(16))"
        let made = link
        editChat(key) { chat in
            var links = chat.links ?? []
            if made.isPrimary {
                for index in links.indices where links[index].isPrimary && links[index].creator == made.creator {
                    links[index].isRevoked = true
                    links[index].isPrimary = false
                }
            }
            links.append(made)
            chat.links = links
        }
        return made
    }

    /// Lets a person in by a link, or has them ask.
    mutating func join(by url: String, _ user: Int64, about: String) throws(APIError) -> Answer {
        var found: (key: ChatKey, link: InviteLink)?
        for (key, chat) in chats {
            if let link = chat.links?.first(where: { $0.url == url }) { found = (key, link) }
        }
        guard let (key, link) = found, let chat = chats[key] else { throw ControlRefusal.missing("link") }
        if link.isSpent(at: now) { throw ControlRefusal.conflict("the link has expired") }
        let role = chat.members[user]?.role
        if role == .kicked { throw ControlRefusal.denied("you are banned here") }
        if role?.isPresent == true { throw ControlRefusal.conflict("you are a member already") }
        guard link.asks else {
            join(user, key, by: user, through: Entrance(link: link))
            let id = chat.id
            return .writing { writer in
                writer.object { writer in
                    writer.field("ok", true)
                    writer.field("chat", id)
                }
            }
        }
        let request = JoinRequest(date: now, link: url, about: about.isEmpty ? nil : about)
        editChat(key) { chat in
            var requests = chat.requests ?? [:]
            requests[user] = request
            chat.requests = requests
        }
        tellJoinRequest(user, in: key)
        return Answer(Array(#"{"ok":true,"requested":true}"#.utf8))
    }

    /// Ends somebody's wait to be let in.
    mutating func answerJoinRequest(of user: Int64, in key: ChatKey, _ isWelcome: Bool, by actor: Int64) {
        guard let request = chats[key]?.requests?[user] else { return }
        editChat(key) { $0.requests?[user] = nil }
        guard isWelcome else { return }
        let link = chats[key]?.links?.first { $0.url == request.link }
        join(user, key, by: user, through: Entrance(link: link, isByRequest: true))
    }

    mutating func rename(_ key: ChatKey, _ title: String, by actor: Int64) {
        editChat(key) { $0.title = title }
        post(service: .title(title), in: key, by: actor)
        effects.events.append(.chat(key))
    }
}
