public import TelegramAPI

/// Something that the bot learns about a chat while it sends, and that concerns the rows it keeps for it.
public enum ChatChange: Sendable, Equatable {
    /// A group became a supergroup: every row with the old id gets the new one.
    case migrated(from: ChatID, to: ChatID)
    /// The bot cannot write there any more: blocked, kicked, deleted.
    case unreachable(ChatID, TelegramError.Refusal)
    /// The person has started or unblocked the bot, or the bot was added.
    case reachable(ChatID)
}
