internal import FoundationEssentials

/// The world as records and back.
enum WorldRecords {
    /// What belongs to no other record.
    private struct Meta: Codable {
        var dealer: Dealer
        var accountOrder: [Int64]
        var profile: FloodLimiter.Profile
        var isOpen: Bool
    }

    private struct StoredMessage: Codable {
        var chat: ChatKey
        var message: Message
    }

    private struct StoredUpdate: Codable {
        var bot: Int64
        var entry: UpdateQueue.Entry
    }

    private struct StoredFileRecord: Codable {
        var file: StoredFile
        var media: Media?
    }

    // MARK: Names

    static func name(of key: RecordKey) -> String {
        switch key {
        case .account(let id): "account/\(id)"
        case .bot(let id): "bot/\(id)"
        case .chat(let key): "chat/\(name(of: key))"
        case .message(let key, let id): "message/\(name(of: key))/\(id)"
        case .poll(let id): "poll/\(id)"
        case .file(let number): "file/\(number)"
        case .update(let bot, let id): "update/\(bot)/\(id)"
        case .payment(let id): "payment/\(id)"
        case .place(let id): "place/\(id)"
        case .meta, .everything: "meta"
        }
    }

    private static func name(of key: ChatKey) -> String {
        switch key {
        case .dialog(let bot, let user): "\(bot)-\(user)"
        case .shared(let id): "\(id)"
        }
    }

    /// Every record of a world.
    static func keys(of world: World) -> Set<RecordKey> {
        var keys: Set<RecordKey> = [.meta]
        for id in world.accounts.keys { keys.insert(.account(id)) }
        for id in world.bots.keys { keys.insert(.bot(id)) }
        for (key, chat) in world.chats {
            keys.insert(.chat(key))
            for message in chat.messages { if let message { keys.insert(.message(key, message.id)) } }
        }
        for id in world.polls.keys { keys.insert(.poll(id)) }
        for file in world.files { keys.insert(.file(file.number)) }
        for (bot, queue) in world.queues { for entry in queue.entries { keys.insert(.update(bot, entry.id)) } }
        for id in world.payments.keys { keys.insert(.payment(id)) }
        for id in world.inlineMessages.keys { keys.insert(.place(id)) }
        return keys
    }

    // MARK: Writing

    /// The record's content, or `nil` where the thing is gone.
    static func body(of key: RecordKey, in world: World) throws -> [UInt8]? {
        switch key {
        case .account(let id): try encode(world.accounts[id])
        case .bot(let id): try encode(world.bots[id])
        case .chat(let key): try encode(world.chats[key])
        case .message(let key, let id):
            try encode(world.chats[key]?.message(id).map { StoredMessage(chat: key, message: $0) })
        case .poll(let id): try encode(world.polls[id])
        case .file(let number):
            try encode(StoredFileRecord(file: world.files[number], media: world.mediaByFile[number]))
        case .update(let bot, let id):
            try encode(world.queues[bot]?.entry(id).map { StoredUpdate(bot: bot, entry: $0) })
        case .payment(let id): try encode(world.payments[id])
        case .place(let id): try encode(world.inlineMessages[id])
        case .meta, .everything:
            try encode(
                Meta(
                    dealer: world.dealer, accountOrder: world.accountOrder, profile: world.limiter.profile,
                    isOpen: world.options.isOpen))
        }
    }

    private static func encode<Value: Encodable>(_ value: Value?) throws -> [UInt8]? {
        guard let value else { return nil }
        return Array(try JSONEncoder().encode(value))
    }

    // MARK: Reading

    static func restore(_ records: [(String, [UInt8])], into world: inout World) throws {
        let decoder = JSONDecoder()
        func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws -> Value {
            try decoder.decode(type, from: Data(body))
        }
        var messages: [StoredMessage] = []
        var files: [StoredFileRecord] = []
        var updates: [StoredUpdate] = []
        for (name, body) in records {
            let id = String(name.drop { $0 != "/" }.dropFirst())
            switch name.prefix(while: { $0 != "/" }) {
            case "account":
                let account = try decode(Account.self, body)
                world.accounts[account.id] = account
                if let name = account.username { world.names[name.lowercased()] = account.id }
            case "bot":
                let bot = try decode(Bot.self, body)
                world.bots[bot.id] = bot
                world.tokens[bot.token] = bot.id
                world.queues[bot.id] = UpdateQueue()
            case "chat":
                let chat = try decode(Chat.self, body)
                world.chats[chat.key] = chat
                if let name = chat.username { world.names[name.lowercased()] = chat.id }
                for (id, member) in chat.members where member.role.isPresent {
                    world.memberships[id, default: []].insert(chat.id)
                }
                for (id, member) in chat.members where member.until > 0 {
                    world.releases.add("\(chat.id):\(id)", at: member.until)
                }
            case "message": messages.append(try decode(StoredMessage.self, body))
            case "poll":
                let poll = try decode(Poll.self, body)
                world.polls[poll.id] = poll
                if let date = poll.closeDate, !poll.isClosed { world.closings.add(poll.id, at: date) }
            case "file": files.append(try decode(StoredFileRecord.self, body))
            case "update": updates.append(try decode(StoredUpdate.self, body))
            case "payment": world.payments[id] = try decode(PaidCharge.self, body)
            case "place": world.inlineMessages[id] = try decode(MessagePlace.self, body)
            default:
                let meta = try decode(Meta.self, body)
                world.dealer = meta.dealer
                world.accountOrder = meta.accountOrder
                world.limiter.profile = meta.profile
                world.options.isOpen = meta.isOpen
            }
        }
        for chat in world.chats.values {
            world.chats[chat.key]?.messages = Array(repeating: nil, count: chat.lastMessage)
        }
        for item in messages {
            world.chats[item.chat]?.messages[item.message.id - 1] = item.message
        }
        for record in files.sorted(by: { $0.file.number < $1.file.number }) {
            world.files.append(record.file)
            world.fileNumbers[record.file.id] = record.file.number
            world.filePaths[record.file.path] = record.file.number
            world.uniqueFiles[record.file.uniqueID] = record.file.number
            world.mediaByFile[record.file.number] = record.media
        }
        for item in updates.sorted(by: { $0.entry.id < $1.entry.id }) {
            _ = world.queues[item.bot]?.append(item.entry)
        }
    }
}
