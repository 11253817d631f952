/// `forwardMessage`, `forwardMessages`, `copyMessage` and `copyMessages`.
enum ForwardMessage {
    static let forward: Handler = { (world, call) throws(APIError) in
        let send = try SendArguments.parse(call, in: &world, right: "can_send_messages", what: "messages")
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        let place = try world.place(call.arguments, in: from, missing: "forward")
        guard let message = forwarded(place, to: send, by: call.bot, in: &world) else {
            throw .badRequest("the message can't be forwarded")
        }
        return world.answer(message, in: send.key)
    }

    static let forwardMany: Handler = { (world, call) throws(APIError) in
        try many(&world, call) { world, place, send in forwarded(place, to: send, by: call.bot, in: &world)?.id }
    }

    static let copy: Handler = { (world, call) throws(APIError) in
        let caption = call.arguments.has("caption") ? try TextArgument.caption(call.arguments) : nil
        let send = try SendArguments.parse(call, in: &world, right: "can_send_messages", what: "messages")
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        let place = try world.place(call.arguments, in: from, missing: "copy")
        guard let id = copied(place, caption: caption, to: send, by: call.bot, in: &world) else {
            throw .badRequest("the message can't be copied")
        }
        return .writing { $0.object { $0.field("message_id", id) } }
    }

    static let copyMany: Handler = { (world, call) throws(APIError) in
        let caption: FormattedText? = call.arguments.bool("remove_caption") ? .empty : nil
        return try many(&world, call) { world, place, send in
            copied(place, caption: caption, to: send, by: call.bot, in: &world)
        }
    }

    private static func many(
        _ world: inout World, _ call: Call, _ body: (inout World, MessagePlace, SendArguments) -> Int?
    ) throws(APIError) -> Answer {
        let ids = try MessageIDsArgument.parse(call.arguments, increasing: true)
        let send = try SendArguments.parse(
            call, in: &world, right: "can_send_messages", what: "messages", count: ids.count)
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        var sent: [Int] = []
        for id in ids {
            if let number = body(&world, MessagePlace(chat: from, message: id), send) { sent.append(number) }
        }
        if sent.isEmpty {
            let isKnown = ids.contains { world.chats[from]?.message($0) != nil }
            throw .badRequest(isKnown ? "messages can't be forwarded" : "there are no messages to forward")
        }
        return .writing { writer in
            writer.array(sent) { writer, id in writer.object { $0.field("message_id", id) } }
        }
    }

    private static func forwarded(
        _ place: MessagePlace, to send: SendArguments, by bot: Int64, in world: inout World
    ) -> Message? {
        guard let source = world.message(place), !source.isProtected, !source.content.isService else { return nil }
        var message = Message(id: 0, date: world.now, content: source.content)
        message.sender = world.isChannel(send.key) ? nil : bot
        message.origin = source.origin ?? world.origin(of: source, in: place.chat)
        message.isSilent = send.isSilent
        message.thread = send.thread
        message.isProtected = send.isProtected
        message.keyboard = source.keyboard?.filter { row in
            row.allSatisfy { if case .url = $0.action { true } else { false } }
        }
        if message.keyboard?.isEmpty == true { message.keyboard = nil }
        return world.post(message, in: send.key)
    }

    private static func copied(
        _ place: MessagePlace, caption: FormattedText?, to send: SendArguments, by bot: Int64, in world: inout World
    ) -> Int? {
        guard let source = world.message(place), !source.isProtected, !source.content.isService else { return nil }
        var content = source.content
        switch content {
        case .invoice: return nil
        case .media(let media, let old, let isAbove, let isSpoiler):
            content = .media(media, caption: caption ?? old, isAbove: isAbove, isSpoiler: isSpoiler)
        case .poll(let id):
            guard let poll = world.polls[id] else { return nil }
            content = .poll(world.copyPoll(poll, by: bot, to: send.key))
        default: break
        }
        return world.send(content, send, by: bot).id
    }
}

extension World {
    /// Where a message says it comes from once it is forwarded.
    func origin(of message: Message, in key: ChatKey) -> Origin {
        if let name = message.senderChat, name != id(of: key) {
            return .channel(name, message: message.id, date: message.date)
        }
        if let name = message.senderChat { return .chat(name, date: message.date) }
        if let sender = message.sender { return .user(sender, date: message.date) }
        return .channel(id(of: key), message: message.id, date: message.date)
    }

    mutating func copyPoll(_ poll: Poll, by bot: Int64, to key: ChatKey) -> String {
        var copy = poll
        copy.id = newPollID()
        copy.votes = [:]
        for index in copy.options.indices { copy.options[index].votes = 0 }
        copy.bot = bot
        copy.chat = key
        copy.message = (chats[key]?.lastMessage ?? 0) + 1
        if let date = copy.closeDate, !copy.isClosed { closings.add(copy.id, at: date) }
        polls[copy.id] = copy
        changed(.poll(copy.id))
        return copy.id
    }

    mutating func newPollID() -> String {
        String(dealer.next(in: 5_000_000_000_000_000_000...5_999_999_999_999_999_999))
    }
}
