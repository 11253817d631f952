/// What ties together everything that one update leads to: the bot and the update's number, as logs show it.
public struct TraceID: Hashable, Sendable, CustomStringConvertible {
    /// The bot's id.
    public let bot: Int64
    /// The update's number.
    public let update: Int64

    /// The trace of a bot's update.
    public init(bot: Int64, update: Int64) {
        self.bot = bot
        self.update = update
    }

    /// Reads what `description` writes; nil where it is something else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let bot = parts[0], let update = parts[1] else { return nil }
        self.init(bot: bot, update: update)
    }

    /// `bot-update`, such as `7001-42`.
    public var description: String { "\(bot)-\(update)" }
}
