/// `deleteMessage` and `deleteMessages`.
enum DeleteMessage {
    /// Nothing older can be deleted, in seconds.
    static let window: Int64 = 48 * 3600

    static let one: Handler = { (world, call) throws(APIError) in
        if call.arguments["chat_id"].isEmpty { throw .badRequest("chat identifier is not specified") }
        if call.arguments.int64("message_id") <= 0 { throw .badRequest("message identifier is not specified") }
        let key = try world.chat(call.arguments, for: call.bot)
        let place = try world.place(call.arguments, in: key, missing: "delete")
        if let refusal = refusal(place, call.bot, world) { throw .badRequest(refusal) }
        world.delete([place.message], in: key)
        return .yes
    }

    static let many: Handler = { (world, call) throws(APIError) in
        let ids = try MessageIDsArgument.parse(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        // What is not there or may not go is passed over.
        world.delete(
            ids.filter { refusal(MessagePlace(chat: key, message: $0), call.bot, world) == nil }, in: key)
        return .yes
    }

    private static func refusal(_ place: MessagePlace, _ bot: Int64, _ world: World) -> String? {
        guard let message = world.message(place) else { return "message to delete not found" }
        let isOld = message.date + window < world.now
        switch message.content {
        case .service(.created), .service(.topicCreated): return "message can't be deleted"
        default: break
        }
        if place.chat.isDialog {
            if case .dice = message.content, message.date + 86_400 > world.now {
                return "message can't be deleted for everyone"
            }
            return isOld ? "message can't be deleted for everyone" : nil
        }
        if world.isAdministrator(bot, in: place.chat, with: "can_delete_messages") {
            return isOld ? "message can't be deleted for everyone" : nil
        }
        guard message.writer == bot else { return "message can't be deleted" }
        return isOld ? "message can't be deleted for everyone" : nil
    }
}

/// Reads `message_ids`: 1 to 100 numbers.
enum MessageIDsArgument {
    static func parse(_ arguments: Arguments, increasing: Bool = false) throws(APIError) -> [Int] {
        if arguments["message_ids"].isEmpty { throw .badRequest("message identifiers are not specified") }
        guard let node = arguments.json("message_ids") else {
            throw .badRequest("can't parse message_ids JSON object")
        }
        guard let items = node.array else { throw .badRequest("expected an Array of message identifiers") }
        if items.isEmpty { throw .badRequest("message identifiers are not specified") }
        if items.count > 100 { throw .badRequest("too many message identifiers specified") }
        var ids: [Int] = []
        for item in items {
            switch item {
            case .number, .string: break
            default: throw .badRequest("message identifier must be a Number")
            }
            guard let id = (item.scalar ?? "").wholeNumber else {
                throw .badRequest("can't parse message identifier as Number")
            }
            guard id > 0 else { throw .badRequest("invalid message identifier specified") }
            let number = Int(id)
            if increasing, let last = ids.last, number <= last {
                throw .badRequest("message identifiers must be in a strictly increasing order")
            }
            ids.append(number)
        }
        return ids
    }
}

extension String {
    /// The number of 32 bits that the text is, as the service reads identifiers.
    var wholeNumber: Int32? { Int32(self) }
}
