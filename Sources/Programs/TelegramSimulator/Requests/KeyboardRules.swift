/// Where which keyboards and buttons may be.
enum KeyboardRules {
    /// The buttons that belong to one kind of message alone.
    enum Special {
        case none, pay, game
    }

    /// Refuses keys and buttons that are not for a kind of chat.
    static func check(_ markup: ReplyMarkup, in key: ChatKey, _ world: World) throws(APIError) {
        switch markup {
        case .inline(let keyboard): if world.isChannel(key) { try checkChannel(keyboard) }
        // Below a channel nobody writes, so that there is no place for keys.
        case .keyboard, .remove, .forceReply: if world.isChannel(key) { throw .badRequest("inline keyboard expected") }
        }
        if case .keyboard(let keyboard, _) = markup, !key.isDialog { try checkRequests(keyboard) }
    }

    /// Refuses buttons that only a bill, a game or a private chat may have.
    static func check(_ keyboard: InlineKeyboard, _ special: Special, isPrivate: Bool) throws(APIError) {
        for button in keyboard.joined() {
            let fits =
                switch button.action {
                case .pay: special == .pay
                case .game: special == .game
                case .webApp: isPrivate
                default: true
                }
            if !fits { throw .badRequest("BUTTON_TYPE_INVALID") }
        }
    }

    private static func checkChannel(_ keyboard: InlineKeyboard) throws(APIError) {
        for button in keyboard.joined() {
            let name: String
            switch button.action {
            case .switchInline: name = "switch_inline_query"
            case .switchInlineCurrent: name = "switch_inline_query_current_chat"
            default: continue
            }
            throw .badRequest(
                "can't use \(name) in a channel chat, because a user will not be able to use the button without knowing bot's username"
            )
        }
    }

    /// Only a person in a private chat can be asked for something by a button.
    private static func checkRequests(_ keyboard: ReplyKeyboard) throws(APIError) {
        let names = [
            "request_contact": "phone number", "request_location": "location", "request_poll": "poll",
            "request_users": "users", "request_chat": "chats",
        ]
        for button in keyboard.rows.joined() {
            guard let request = button.request else { continue }
            if request == "web_app" { throw .badRequest("web App buttons can be used in private chats only") }
            if let name = names[request] { throw .badRequest("\(name) can be requested in private chats only") }
        }
    }
}

extension Content {
    /// The buttons that belong to this kind of message alone.
    var specialButtons: KeyboardRules.Special {
        switch self {
        case .invoice: .pay
        case .game: .game
        default: .none
        }
    }
}
