/// `sendPoll` and `stopPoll`.
enum SendPoll {
    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let question = try plain(
            arguments["question"], mode: arguments["question_parse_mode"], entities: arguments.json("question_entities")
        )
        if question.text.isEmpty { throw .badRequest("poll question must be non-empty") }
        if question.text.unicodeScalars.count > 300 { throw .badRequest("poll question length must not exceed 300") }
        for name in ["media", "explanation_media"] where !arguments[name].isEmpty { throw Unsimulated.refusal(name) }
        if arguments.bool("allow_adding_options") { throw Unsimulated.refusal("allow_adding_options") }
        let type = arguments["type"]
        guard ["", "regular", "quiz"].contains(type) else { throw .badRequest("unsupported poll type specified") }
        let options = try SendPoll.options(arguments, in: &world)
        var poll = Poll(id: "", question: question, options: options, bot: call.bot, chat: .shared(0), message: 0)
        poll.isQuiz = type == "quiz"
        poll.isAnonymous = arguments.has("is_anonymous") ? arguments.bool("is_anonymous") : true
        poll.allowsMultiple = arguments.bool("allows_multiple_answers")
        poll.allowsRevoting = arguments.has("allows_revoting") ? arguments.bool("allows_revoting") : !poll.isQuiz
        poll.isClosed = arguments.bool("is_closed")
        try describe(&poll, arguments)
        if poll.isQuiz { try quiz(&poll, arguments) }
        if arguments.has("open_period") {
            let period = arguments.int64("open_period")
            guard (5...2_628_000).contains(period) else { throw .badRequest("wrong open period specified") }
            poll.openPeriod = period
            poll.closeDate = world.now + period
        } else if arguments.has("close_date") {
            let date = arguments.int64("close_date")
            guard (5...2_628_000).contains(date - world.now) else { throw .badRequest("wrong close date specified") }
            poll.closeDate = date
        }
        let send = try SendArguments.parse(call, in: &world, rights: [.polls])
        try world.checkPoll(poll, goesTo: send.key)
        poll.id = world.newPollID()
        poll.chat = send.key
        poll.message = (world.chats[send.key]?.lastMessage ?? 0) + 1
        world.polls[poll.id] = poll
        world.changed(.poll(poll.id))
        if let date = poll.closeDate { world.closings.add(poll.id, at: date) }
        return world.answer(world.send(.poll(poll.id), send, by: call.bot), in: send.key)
    }

    /// Reads a question or an option: of what may stand in a text only custom emoji stay.
    private static func plain(_ text: String, mode: String, entities: JSONNode?) throws(APIError) -> FormattedText {
        var read = try TextArgument.formatted(text, mode: mode, entities: entities)
        read.entities.removeAll { $0.kind != .customEmoji }
        return read
    }

    /// Reads what stands beside the question, and who may vote.
    private static func describe(_ poll: inout Poll, _ arguments: Arguments) throws(APIError) {
        let words = try TextArgument.formatted(
            arguments["description"], mode: arguments["description_parse_mode"],
            entities: arguments.json("description_entities"))
        if words.text.unicodeScalars.count > TextArgument.maximumCaption {
            throw .badRequest("message caption is too long")
        }
        if !words.text.isEmpty { poll.words = words }
        poll.isForMembers = arguments.bool("members_only") ? true : nil
        poll.hidesResults = arguments.bool("hide_results_until_closes") ? true : nil
        guard !arguments["country_codes"].isEmpty else { return }
        guard let list = arguments.json("country_codes")?.array else {
            throw .badRequest("can't parse country_codes JSON object")
        }
        let codes = list.compactMap(\.string)
        guard codes.count == list.count, codes.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isLetter) })
        else { throw .badRequest("COUNTRY_CODE_INVALID") }
        if !codes.isEmpty { poll.countries = codes.map { $0.uppercased() } }
    }

    private static func options(_ arguments: Arguments, in world: inout World) throws(APIError) -> [Poll.Option] {
        guard let node = arguments.json("options") else { throw .badRequest("can't parse options JSON object") }
        guard let items = node.array else { throw .badRequest("expected an Array of String as options") }
        var options: [Poll.Option] = []
        for item in items {
            guard item.string != nil || item.isObject else {
                throw .badRequest("expected an option to be of type String")
            }
            guard let raw = item.string ?? item["text"]?.scalar else { throw .badRequest("can't find field \"text\"") }
            if item["media"]?.isObject == true { throw Unsimulated.refusal("media") }
            let text = try plain(
                raw, mode: item["text_parse_mode"]?.string ?? "", entities: item["text_entities"])
            if text.text.isEmpty { throw .badRequest("poll options must be non-empty") }
            if text.text.unicodeScalars.count > 100 { throw .badRequest("poll options length must not exceed 100") }
            options.append(Poll.Option(text: text, persistentID: Dealer.text([world.dealer.next()])))
        }
        if options.isEmpty { throw .badRequest("poll must have at least one answer option") }
        if options.count > 12 { throw .badRequest("poll can't have more than 12 options") }
        return options
    }

    private static func quiz(_ poll: inout Poll, _ arguments: Arguments) throws(APIError) {
        if let list = arguments.json("correct_option_ids")?.array {
            poll.correct = list.compactMap { $0.integer.flatMap { Int(exactly: $0) } }
        } else if arguments.has("correct_option_id") {
            poll.correct = [Int(clamping: arguments.int64("correct_option_id"))]
        }
        if poll.correct.isEmpty { throw .badRequest("correct quiz option list must be non-empty") }
        for (first, second) in zip(poll.correct, poll.correct.dropFirst()) where first >= second {
            throw .badRequest("correct quiz option list must be increasing")
        }
        guard poll.correct.allSatisfy(poll.options.indices.contains) else {
            throw .badRequest("wrong quiz correct_option_id")
        }
        let explanation = try TextArgument.formatted(
            arguments["explanation"], mode: arguments["explanation_parse_mode"],
            entities: arguments.json("explanation_entities"))
        if explanation.text.unicodeScalars.count > 200 { throw .badRequest("poll explanation is too long") }
        if explanation.text.utf8.count(where: { $0 == 0x0A }) > 2 {
            throw .badRequest("poll explanation has too many line feeds")
        }
        if !explanation.text.isEmpty { poll.explanation = explanation }
    }

    static let stop: Handler = { (world, call) throws(APIError) in
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let number = Int(exactly: call.arguments.int64("message_id")),
            let message = world.chats[key]?.message(number),
            !message.content.isService
        else { throw .badRequest("message with poll to stop not found") }
        guard case .poll(let poll) = message.content else { throw .badRequest("message is not a poll") }
        guard world.polls[poll]?.isClosed == false else { throw .badRequest("poll has already been closed") }
        // What was forwarded belongs to nobody here.
        guard EditTarget.isOwn(message, in: key, of: call.bot, world), message.origin == nil else {
            throw .badRequest("poll can't be stopped")
        }
        world.closePoll(poll, byBot: true)
        world.edit(MessagePlace(chat: key, message: number)) { $0.keyboard = keyboard }
        return .writing { world.write(poll: poll, for: call.bot, to: &$0) }
    }
}

extension World {
    /// Refuses a poll that says who voted how where it would go to a channel.
    func checkPoll(_ poll: Poll, goesTo key: ChatKey) throws(APIError) {
        if !poll.isAnonymous, isChannel(key) {
            throw .badRequest("non-anonymous polls can't be sent to channel chats")
        }
    }

    /// Ends a poll; its bot is told unless it did so itself.
    mutating func closePoll(_ id: String, byBot: Bool) {
        guard polls[id]?.isClosed == false else { return }
        polls[id]?.isClosed = true
        changed(.poll(id))
        tellPoll(id)
        if let poll = polls[id] { effects.events.append(.edit(MessagePlace(chat: poll.chat, message: poll.message))) }
    }

    /// Sends the state of a poll to the bot that made it.
    mutating func tellPoll(_ id: String) {
        guard let bot = polls[id]?.bot else { return }
        emit(.poll, to: bot, lane: "p\(id)") { $0.write(poll: id, for: bot, to: &$1) }
    }

    /// Does what has come due.
    mutating func tick() {
        for poll in closings.take(until: now) { closePoll(poll, byBot: false) }
        release(releases.take(until: now))
    }
}
