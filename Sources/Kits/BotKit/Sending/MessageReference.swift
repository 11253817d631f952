public import TelegramAPI

/// A message by its chat and number: what editing and deleting need.
public struct MessageReference: Sendable, Hashable, Codable {
    /// The chat's id.
    public let chat: Int64
    /// The message's number in the chat.
    public let message: Int

    /// The chat's id.
    public var chatID: ChatID { ChatID(chat) }

    /// A message by its chat and number.
    public init(chat: ChatID, message: Int) {
        self.chat = chat.rawValue
        self.message = message
    }

    /// A message that is at hand.
    public init(_ message: Message) {
        self.init(chat: message.chat.id, message: message.messageID)
    }
}
