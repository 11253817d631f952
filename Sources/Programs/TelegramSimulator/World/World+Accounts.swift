extension World {
    // MARK: People

    @discardableResult
    mutating func addPerson(
        id: Int64? = nil, firstName: String, lastName: String? = nil, username: String? = nil, language: String? = nil
    ) -> Account {
        var number = id ?? 0
        while number == 0 || accounts[number] != nil && id == nil {
            number = dealer.next(in: 100_000_000...999_999_999)
        }
        let account = Account(
            id: number, firstName: firstName, lastName: lastName, username: username, language: language)
        store(account)
        return account
    }

    mutating func store(_ account: Account) {
        if accounts[account.id] == nil { accountOrder.append(account.id) }
        if let old = accounts[account.id]?.username { names[old.lowercased()] = nil }
        accounts[account.id] = account
        if let name = account.username { names[name.lowercased()] = account.id }
        changed(.account(account.id))
        effects.events.append(.user(account.id))
    }

    mutating func deactivate(_ user: Int64) {
        guard var account = accounts[user] else { return }
        account.isDeactivated = true
        account.firstName = ""
        account.lastName = nil
        store(account)
    }

    // MARK: Bots

    /// The bot of a token that may be used.
    func known(token: String) -> Int64? {
        tokens[token].flatMap { bots[$0]?.isLoggedOut == false ? $0 : nil }
    }

    /// The bot of a token; makes one where the world is open.
    mutating func bot(token: String) throws(APIError) -> Int64 {
        if let id = tokens[token] {
            if bots[id]?.isLoggedOut == true { throw .exact(400, "Logged out") }
            return id
        }
        let parts = token.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !token.hasPrefix("0"), token.utf8.count <= 80 else {
            throw .exact(401, "Unauthorized: invalid token specified")
        }
        guard let id = Int64(parts[0]) else { throw .exact(421, "Misdirected Request: unallowed token specified") }
        guard options.isOpen, id > 0, bots[id] == nil, accounts[id] == nil, parts[1].utf8.count >= 20 else {
            throw .unauthorized
        }
        return addBot(token: token, id: id, firstName: "bot\(id)", username: "bot\(id)_bot")
    }

    @discardableResult
    mutating func addBot(token: String, id: Int64, firstName: String, username: String?) -> Int64 {
        store(Account(id: id, isBot: true, firstName: firstName, username: username))
        if var bot = bots[id] {
            tokens[bot.token] = nil
            bot.token = token
            bots[id] = bot
        } else {
            // The service starts at a random number that leaves room on both sides.
            bots[id] = Bot(
                id: id, token: token, createdAt: now, nextUpdate: dealer.next(in: 2_000_001...1_000_000_000))
        }
        tokens[token] = id
        if queues[id] == nil { queues[id] = UpdateQueue() }
        changed(.bot(id))
        return id
    }

    mutating func editBot(_ id: Int64, _ body: (inout Bot) -> Void) {
        guard var bot = bots[id] else { return }
        bots[id] = nil
        body(&bot)
        bots[id] = bot
        changed(.bot(id))
    }

    func username(of id: Int64) -> String? { accounts[id]?.username }

    mutating func changed(_ key: RecordKey) { if tracksChanges { effects.changes.insert(key) } }
}
