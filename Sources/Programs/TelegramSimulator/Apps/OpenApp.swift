/// A Mini App that a person has open, and where it was opened.
struct OpenApp: Sendable {
    enum Origin: Sendable, Equatable {
        /// A key of the reply keyboard: the app may send data to the bot.
        case keyboard(button: String)
        /// A button below a message.
        case message
        /// The menu button, the bot's profile or a link.
        case bot
        /// The button above the results of an inline query.
        case inline
    }

    var bot: Int64
    var user: Int64
    /// Where `answerWebAppQuery` posts; absent where the app was opened in inline mode.
    var chat: ChatKey?
    var origin: Origin
    /// Names the app to its bot, until it has answered once.
    var query: String?
    var expires: Int64

    /// How long an app is thought to stay open.
    static let lifetime: Int64 = 86_400
    /// Names and values that an app keeps per person (Bot API 6.9: 1024 of them, 128 and 4096 characters).
    static let maximumKeys = 1024
    static let maximumValue = 4096
}
