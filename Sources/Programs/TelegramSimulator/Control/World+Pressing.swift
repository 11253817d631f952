/// What came of pressing a button.
enum PressResult: Sendable {
    case query(String)
    case url(String)
    case copied(String)
    case inline(String, chat: Int64?)
    case message(ChatKey, Message)
    case pay
}

extension World {
    /// Presses the button of a message, by place or by its data.
    mutating func press(_ arguments: Arguments, by user: Int64) throws(APIError) -> PressResult {
        let key = try chat(arguments, of: user)
        let number = Int(clamping: arguments.int64("message"))
        if let keyboard = chats[key]?.keyboards[user], !keyboard.isForceReply,
            keyboard.message == number || !arguments.has("message")
        {
            return try press(keyboard, arguments, by: user, in: key)
        }
        let place = try message(arguments, in: key)
        guard let message = message(place), let keyboard = message.keyboard else {
            throw ControlRefusal.missing("button")
        }
        let button = try Self.button(of: keyboard, arguments)
        switch button.action {
        case .callback(let data): return .query(ask(data, at: place, by: user))
        case .url(let url), .webApp(let url), .login(let url, _): return .url(url)
        case .switchInline(let query), .switchInlineChosen(let query, _):
            return .inline(inline(query, message, key), chat: nil)
        case .switchInlineCurrent(let query): return .inline(inline(query, message, key), chat: id(of: key))
        case .copy(let text): return .copied(text)
        case .pay: return .pay
        case .game: return .query(ask(nil, at: place, by: user))
        case .disabled: throw ControlRefusal.conflict("the button is disabled")
        }
    }

    private func inline(_ query: String, _ message: Message, _ key: ChatKey) -> String {
        let bot = message.via ?? message.writer ?? 0
        return "@\(accounts[bot]?.username ?? "") \(query)"
    }

    private static func button(of keyboard: InlineKeyboard, _ arguments: Arguments) throws(APIError) -> InlineButton {
        if arguments.has("data") {
            for button in keyboard.joined() where button.action == .callback(arguments["data"]) { return button }
            throw ControlRefusal.missing("button")
        }
        let row = Int(clamping: arguments.int64("row"))
        let column = Int(clamping: arguments.int64("column"))
        guard keyboard.indices.contains(row), keyboard[row].indices.contains(column) else {
            throw ControlRefusal.missing("button")
        }
        return keyboard[row][column]
    }

    /// Asks the bot about a press; answers the query's id.
    private mutating func ask(_ data: String?, at place: MessagePlace, by user: Int64) -> String {
        guard let message = message(place) else { return "" }
        let bot: Int64
        switch place.chat {
        case .dialog(let id, _): bot = message.via ?? id
        case .shared: bot = message.via ?? message.writer ?? channelBot(of: place) ?? 0
        }
        let query = String(dealer.next(in: 1_000_000_000_000_000_000...4_000_000_000_000_000_000))
        if let kept = keptAnswer(to: PressQuestion(place: place, data: data, user: user)) {
            tell(kept, to: user, at: place, query)
            return query
        }
        pending.sweep(now: now)
        pending.callbacks[query] = CallbackQuery(
            bot: bot, user: user, place: place, expires: now + UpdateKind.callbackQuery.lifetime, data: data)
        let instance = String(Dealer.mix(dealer.seed ^ UInt64(bitPattern: chats[place.chat]?.id ?? 0)) >> 1)
        emit(.callbackQuery, to: bot, lane: "q\(user)") { world, writer in
            writer.object { writer in
                writer.field("id", query)
                writer.key("from")
                world.write(account: user, to: &writer)
                if let inline = message.inlineID {
                    writer.field("inline_message_id", inline)
                } else if let chat = world.chats[place.chat] {
                    writer.key("message")
                    world.write(message, in: chat, to: &writer)
                }
                writer.field("chat_instance", instance)
                writer.field("data", data)
                if data == nil, case .game(let game) = message.content { writer.field("game_short_name", game.name) }
            }
        }
        return query
    }

    /// Posts of a channel carry no sender; their buttons belong to the bot that posts there.
    func channelBot(of place: MessagePlace) -> Int64? {
        chats[place.chat]?.memberOrder.first { id in
            bots[id] != nil && chats[place.chat]?.members[id]?.role.isAdministrator == true
        }
    }

    private mutating func press(_ keyboard: ReplyKeyboard, _ arguments: Arguments, by user: Int64, in key: ChatKey)
        throws(APIError) -> PressResult
    {
        let row = Int(clamping: arguments.int64("row"))
        let column = Int(clamping: arguments.int64("column"))
        guard keyboard.rows.indices.contains(row), keyboard.rows[row].indices.contains(column) else {
            throw ControlRefusal.missing("button")
        }
        let button = keyboard.rows[row][column]
        var content = Content.text(TextCleaner.clean(FormattedText(text: button.text)))
        switch button.request {
        case "request_contact":
            let phone = arguments["phone"]
            content = .contact(
                phone: phone.isEmpty ? "+1555\(user % 10_000_000)" : phone, firstName: accounts[user]?.firstName ?? "",
                lastName: accounts[user]?.lastName, user: user)
        case "request_location":
            let place = arguments.json("location")
            content = .location(
                latitude: place?["latitude"]?.double ?? 48.8584, longitude: place?["longitude"]?.double ?? 2.2945)
        case "web_app": return .url(button.url ?? "")
        case "request_users": content = .service(try shared(users: arguments, Self.wish(of: button)))
        case "request_chat": content = .service(try shared(chat: arguments, Self.wish(of: button), by: user, key))
        case "request_poll": content = try ownPoll(arguments, Self.wish(of: button), in: key)
        default: break
        }
        if keyboard.isOneTime {
            editChat(key) { $0.keyboards[user] = nil }
            effects.events.append(.keyboard(key, user))
        }
        let reply = button.request == "request_contact" ? keyboard.message : nil
        return .message(key, try say(content, by: user, in: key, reply: reply))
    }
}
