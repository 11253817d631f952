public import TelegramAPI

/// What went wrong with one update, told to `BotConfiguration.troubled`.
public struct UpdateTrouble: Sendable {
    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// The handler threw; the error in one line.
        case failed(String)
        /// The handler ran longer than `handlerLimit` and was given up.
        case tookTooLong(Duration)
        /// The whole program ended each time the update was handled: it is not tried again.
        case setAside(attempts: Int)
        /// The update cannot be read; the error in one line.
        case unreadable(String)
    }

    /// What happened.
    public let kind: Kind
    /// The update's number, with which it stands in the table `bot_updates`.
    public let update: Int64
    /// The chat, where it is known; what was never read belongs to none.
    public let chat: ChatID?

    /// Whether somebody should look at it: not a plain error, which the log has with its cause.
    var isGrave: Bool {
        if case .failed = kind { false } else { true }
    }
}
