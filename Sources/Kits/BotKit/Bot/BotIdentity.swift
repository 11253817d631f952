public import TelegramAPI

/// Who the bot is, as Telegram says.
public struct BotIdentity: Sendable, Equatable {
    /// The bot's id, which its token begins with.
    public let id: UserID
    /// The name without `@`.
    public let username: String
    /// The name that people see.
    public let name: String

    /// A link that starts the bot with a payload of at most 64 letters, digits, `_` and `-`.
    public func link(start payload: String? = nil) -> String {
        "https://t.me/\(username)" + (payload.map { "?start=\($0)" } ?? "")
    }

    /// A link that adds the bot to a group, with a payload.
    public func groupLink(start payload: String = "") -> String { "https://t.me/\(username)?startgroup=\(payload)" }
}
