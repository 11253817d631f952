public import Markup
public import TelegramAPI

/// What a broadcast sends to each of its chats: a call that is stored with its parameters.
public struct BroadcastMessage: Sendable {
    let request: TelegramRequest

    /// Any method that is sent to a chat; the chat that it names itself does not count.
    ///
    /// With `allowPaidBroadcast` it goes to up to 1000 chats a second, for a price in Stars (Bot API, `sendMessage`).
    ///
    /// - Throws: `BroadcastError`.
    public init(_ method: some TelegramMethod) throws(BroadcastError) {
        request = TelegramRequest(method)
        guard request.attachments.isEmpty else { throw .hasFiles }
        guard request.parameter("chat_id") != nil else { throw .noChat(method: request.method) }
    }

    /// A text of at most one message.
    ///
    /// - Throws: `BroadcastError`, `LimitError`, `CallbackPayloadError`.
    public init(
        _ text: FormattedText, keyboard: (any Keyboard)? = nil, options: SendOptions = .standard
    ) throws {
        guard !text.isBlank else { throw LimitError.emptyText }
        guard text.length <= FormattedText.messageLimit else { throw BroadcastError.textTooLong(text.length) }
        var method = SendMessage(text, to: 0, options: options)
        method.replyMarkup = try keyboard?.markup()
        try self.init(method)
    }
}
