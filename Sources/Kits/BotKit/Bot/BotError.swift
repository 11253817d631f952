/// Why a bot cannot run.
public enum BotError: Error, Equatable, CustomStringConvertible {
    /// No token is given.
    case missingToken
    /// The text given as a token is none.
    case malformedToken
    /// Telegram does not know the token (any more).
    case unauthorized

    /// The fault in one line, with the remedy.
    public var description: String {
        switch self {
        case .missingToken: "set BOT_TOKEN to the token that @BotFather shows under /mybots"
        case .malformedToken: "the bot token looks like 123456:ABC…; @BotFather shows it under /mybots"
        case .unauthorized: "Telegram does not accept the bot token; @BotFather shows and renews it under /mybots"
        }
    }
}
