/// A button below a message.
struct InlineButton: Codable, Hashable, Sendable {
    enum Action: Codable, Hashable, Sendable {
        case callback(String)
        case url(String)
        case webApp(String)
        /// The button's `login_url` object as JSON.
        case login(url: String, json: [UInt8])
        case switchInline(String)
        case switchInlineCurrent(String)
        case switchInlineChosen(query: String, json: [UInt8])
        case copy(String)
        case game
        case pay
        case disabled(json: [UInt8])
    }

    var text: String
    var action: Action
    var style: String?
    var icon: String?
}

typealias InlineKeyboard = [[InlineButton]]

/// A button of a reply keyboard.
struct KeyboardButton: Codable, Hashable, Sendable {
    var text: String
    /// The wire name of the request, absent for plain text.
    var request: String?
    var url: String?
    var style: String?
    /// What `request_users`, `request_chat` or `request_poll` asks for, as JSON.
    var wish: [UInt8]?
}

/// What a message does to the keyboards of a chat.
enum ReplyMarkup: Sendable {
    case inline(InlineKeyboard)
    case keyboard(ReplyKeyboard, isSelective: Bool)
    case remove(isSelective: Bool)
    case forceReply(placeholder: String?, isSelective: Bool)
}
