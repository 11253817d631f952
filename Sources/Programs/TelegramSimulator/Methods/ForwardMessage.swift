/// `forwardMessage`, `forwardMessages`, `copyMessage` and `copyMessages`.
enum ForwardMessage {
    static let forward: Handler = { (world, call) throws(APIError) in
        // The message is looked for before the chat that it is to go to.
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        let place = try world.place(call.arguments, in: from, missing: "forward")
        let send = try SendArguments.parse(call, in: &world, rights: [])
        let changes = Changes(start: VideoStart.parse(call.arguments))
        guard let message = forwarded(place, changes, to: send, by: call.bot, in: &world) else {
            throw .badRequest("the message can't be forwarded")
        }
        return world.answer(message, in: send.key)
    }

    static let forwardMany: Handler = { (world, call) throws(APIError) in
        try many(&world, call) { world, place, send, album in
            forwarded(place, Changes(album: album), to: send, by: call.bot, in: &world)?.id
        }
    }

    static let copy: Handler = { (world, call) throws(APIError) in
        _ = try call.arguments.required("from_chat_id")
        var changes = Changes(start: VideoStart.parse(call.arguments))
        if call.arguments.has("caption") {
            changes.caption = try TextArgument.caption(call.arguments)
            changes.isAbove = call.arguments.bool("show_caption_above_media")
        }
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        let place = try world.place(call.arguments, in: from, missing: "copy")
        let send = try SendArguments.parse(call, in: &world, rights: [])
        guard let id = copied(place, changes, to: send, by: call.bot, in: &world) else {
            throw .badRequest("the message can't be copied")
        }
        return .writing { $0.object { $0.field("message_id", id) } }
    }

    static let copyMany: Handler = { (world, call) throws(APIError) in
        let caption: FormattedText? = call.arguments.bool("remove_caption") ? .empty : nil
        return try many(&world, call) { world, place, send, album in
            copied(place, Changes(caption: caption, album: album), to: send, by: call.bot, in: &world)
        }
    }

    /// In what the new message differs from the old one.
    private struct Changes {
        var caption: FormattedText?
        var isAbove: Bool?
        /// Where the film begins.
        var start: Int?
        var album: String?

        func apply(to content: Content) -> Content {
            switch content {
            case .media(var media, let old, let wasAbove, let isSpoiler):
                if media.kind == .video, let start { media.start = start }
                return .media(media, caption: caption ?? old, isAbove: isAbove ?? wasAbove, isSpoiler: isSpoiler)
            default: return content
            }
        }
    }

    private static func many(
        _ world: inout World, _ call: Call,
        _ body: (inout World, MessagePlace, SendArguments, _ album: String?) -> Int?
    ) throws(APIError) -> Answer {
        _ = try call.arguments.required("from_chat_id")
        let ids = try MessageIDsArgument.parse(call.arguments, increasing: true)
        let send = try SendArguments.parse(call, in: &world, rights: [], count: ids.count)
        let from = try world.chat(call.arguments, "from_chat_id", for: call.bot, .read)
        var sent: [Int] = []
        let albums = albums(of: ids, in: from, &world)
        for id in ids {
            let album = world.chats[from]?.message(id)?.album.flatMap { albums[$0] }
            if let number = body(&world, MessagePlace(chat: from, message: id), send, album) { sent.append(number) }
        }
        if sent.isEmpty {
            let isKnown = ids.contains { world.chats[from]?.message($0) != nil }
            throw .badRequest(isKnown ? "messages can't be forwarded" : "there are no messages to forward")
        }
        return .writing { writer in
            writer.array(sent) { writer, id in writer.object { $0.field("message_id", id) } }
        }
    }

    /// New names for the albums of which more than one message goes along; who goes alone is in no album.
    private static func albums(of ids: [Int], in key: ChatKey, _ world: inout World) -> [String: String] {
        var counts: [String: Int] = [:]
        for id in ids {
            if let album = world.chats[key]?.message(id)?.album { counts[album, default: 0] += 1 }
        }
        var names: [String: String] = [:]
        for album in counts.filter({ $0.value > 1 }).keys.sorted() { names[album] = world.newAlbum() }
        return names
    }

    /// The message, if it may be passed on and the bot may send its like where it is to go.
    private static func passable(_ place: MessagePlace, to key: ChatKey, by bot: Int64, _ world: World) -> Message? {
        guard let source = world.message(place), !source.isProtected, !source.content.isService,
            !source.content.sendingRights.contains(where: { world.lacks($0.name, bot, in: key) })
        else { return nil }
        return source
    }

    private static func forwarded(
        _ place: MessagePlace, _ changes: Changes, to send: SendArguments, by bot: Int64, in world: inout World
    ) -> Message? {
        guard let source = passable(place, to: send.key, by: bot, world) else { return nil }
        if case .poll(let id) = source.content, world.polls[id]?.isAnonymous == false, world.isChannel(send.key) {
            return nil
        }
        var message = Message(id: 0, date: world.now, content: changes.apply(to: source.content))
        message.album = changes.album
        world.name(&message, by: bot, in: send.key)
        message.via = source.via
        message.preview = source.preview
        message.effect = send.effect
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
        _ place: MessagePlace, _ changes: Changes, to send: SendArguments, by bot: Int64, in world: inout World
    ) -> Int? {
        guard let source = passable(place, to: send.key, by: bot, world) else { return nil }
        var content = changes.apply(to: source.content)
        switch content {
        case .invoice, .paid: return nil
        case .poll(let id):
            // A quiz whose answer the bot does not know cannot be asked by it.
            guard let poll = world.polls[id], !poll.isQuiz || world.showsSolution(of: poll, to: bot),
                poll.isAnonymous || !world.isChannel(send.key)
            else { return nil }
            content = .poll(world.copyPoll(poll, by: bot, to: send.key))
        default: break
        }
        let id = world.send(content, send, by: bot, album: changes.album).id
        if let preview = source.preview { world.store(preview, of: MessagePlace(chat: send.key, message: id)) }
        return id
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
