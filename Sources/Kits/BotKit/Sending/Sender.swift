public import Markup
import Storage
import Support
public import TelegramAPI

/// Sends messages within Telegram's limits: long texts are divided, captions cut, uploads reused.
///
/// Everything passes flood control. Inside a handler calls count as answers, elsewhere as pushes, which wait for them.
public final class Sender: Sendable {
    /// The client below; its calls pass flood control and repeats too.
    public let client: TelegramClient
    let media: MediaCache
    let logger: Logger

    init(client: TelegramClient, media: MediaCache, logger: Logger) {
        self.client = client
        self.media = media
        self.logger = logger
    }

    /// Calls any method of the Bot API.
    @discardableResult
    public func call<Method: TelegramMethod>(_ method: Method) async throws(TelegramError) -> Method.Result {
        try await client.call(method)
    }

    // MARK: Texts

    /// Sends a text, in several messages where it is longer than one; the keyboard stands under the last.
    ///
    /// - Throws: `LimitError`, `CallbackPayloadError`, `TelegramError`.
    @discardableResult
    public func send(
        _ text: FormattedText, to chat: ChatID, keyboard: (any Keyboard)? = nil, options: SendOptions = .standard
    ) async throws -> [Message] {
        let parts = text.length <= FormattedText.messageLimit ? [text] : text.split()
        guard parts.contains(where: { !$0.isBlank }) else { throw LimitError.emptyText }
        let markup = try keyboard?.markup()
        var sent: [Message] = []
        for (index, part) in parts.enumerated() {
            var method = SendMessage(part, to: sent.last?.chat.id ?? chat, options: options)
            if index == 0 { method.replyParameters = options.replyParameters }
            if index == parts.count - 1 { method.replyMarkup = markup }
            sent.append(try await client.call(method))
        }
        return sent
    }

    /// Replaces the text of a message; saying the same again is no fault.
    ///
    /// A text that is too long for one message is cut.
    public func edit(
        _ message: MessageReference, _ text: FormattedText, keyboard: InlineKeyboard? = nil,
        options: SendOptions = .standard
    ) async throws {
        let text = text.truncated(to: FormattedText.messageLimit)
        guard !text.isBlank else { throw LimitError.emptyText }
        var method = EditMessageText(text: text.text)
        method.chatID = ChatTarget(message.chatID)
        method.messageID = message.message
        method.entities = text.messageEntities
        method.linkPreviewOptions = options.linkPreview
        method.replyMarkup = try keyboard?.inlineMarkup()
        try await unlessUnchanged(method)
    }

    /// Replaces the text below a photo or another file.
    public func editCaption(
        _ message: MessageReference, _ caption: FormattedText, keyboard: InlineKeyboard? = nil
    ) async throws {
        let caption = caption.truncated()
        var method = EditMessageCaption()
        method.chatID = ChatTarget(message.chatID)
        method.messageID = message.message
        method.caption = caption.text
        method.captionEntities = caption.messageEntities
        method.replyMarkup = try keyboard?.inlineMarkup()
        try await unlessUnchanged(method)
    }

    /// Replaces the buttons of a message, or takes them away.
    public func editKeyboard(_ message: MessageReference, _ keyboard: InlineKeyboard?) async throws {
        var method = EditMessageReplyMarkup()
        method.chatID = ChatTarget(message.chatID)
        method.messageID = message.message
        method.replyMarkup = try keyboard?.inlineMarkup()
        try await unlessUnchanged(method)
    }

    /// Deletes a message; one that is already gone, or too old to be deleted, is no fault.
    public func delete(_ message: MessageReference) async throws(TelegramError) {
        do {
            try await client.call(DeleteMessage(chatID: ChatTarget(message.chatID), messageID: message.message))
        } catch .notFound(.message, _) {
            logger.debug("message is already gone")
        } catch .immutable {
            logger.debug("message is too old to be deleted")
        }
    }

    private func unlessUnchanged(_ method: some TelegramMethod) async throws(TelegramError) {
        do {
            try await client.call(method)
        } catch .notModified {
            logger.debug("nothing to change")
        }
    }
}
