public import Markup
import Storage
import Support
public import TelegramAPI

/// Messages of which a chat has only one: a menu that is replaced, a notice that goes when the next one comes.
///
/// Each stands in a slot with a name of the bot's own; which message that is survives a restart.
public struct MessageManager: Sendable {
    private let sender: Sender
    private let database: any Database
    private let bot: Int64
    private let time: any TimeSource

    init(core: BotCore) {
        sender = core.sender
        database = core.database
        bot = core.bot
        time = core.time
    }

    /// Shows a text in a slot at the end of the chat: the slot's message before it is deleted.
    @discardableResult
    public func replace(
        _ slot: String, in chat: ChatID, with text: FormattedText, keyboard: (any Keyboard)? = nil,
        options: SendOptions = .standard
    ) async throws -> Message {
        let old = try await reference(slot, in: chat)
        let sent = try await sender.send(text, to: chat, keyboard: keyboard, options: options)
        guard let message = sent.last else { throw LimitError.emptyText }
        try await remember(slot, MessageReference(message), in: chat)
        if let old { try await sender.delete(old) }
        return message
    }

    /// Shows a text in a slot where it stands: its message is edited, or sent where there is none.
    public func update(
        _ slot: String, in chat: ChatID, with text: FormattedText, keyboard: InlineKeyboard? = nil,
        options: SendOptions = .standard
    ) async throws {
        if let old = try await reference(slot, in: chat) {
            do {
                return try await sender.edit(old, text, keyboard: keyboard, options: options)
            } catch TelegramError.notFound(.message, _) {
                // Somebody deleted it: a new one takes its place.
            } catch TelegramError.immutable {
                // Too old: a new one takes its place.
            }
        }
        guard let message = try await sender.send(text, to: chat, keyboard: keyboard, options: options).last else {
            return
        }
        try await remember(slot, MessageReference(message), in: chat)
    }

    /// Shows a text only the first time; false where the chat has had it.
    @discardableResult
    public func once(
        _ slot: String, in chat: ChatID, _ text: FormattedText, keyboard: (any Keyboard)? = nil,
        options: SendOptions = .standard
    ) async throws -> Bool {
        guard try await reference(slot, in: chat) == nil else { return false }
        guard let message = try await sender.send(text, to: chat, keyboard: keyboard, options: options).last else {
            return false
        }
        try await remember(slot, MessageReference(message), in: chat)
        return true
    }

    /// Deletes a slot's message, if there is one.
    public func remove(_ slot: String, in chat: ChatID) async throws {
        guard let old = try await reference(slot, in: chat) else { return }
        try await database.execute(
            "DELETE FROM bot_messages WHERE bot = \(bot) AND chat = \(chat.rawValue) AND slot = \(slot)")
        try await sender.delete(old)
    }

    /// The message that stands in a slot.
    public func reference(_ slot: String, in chat: ChatID) async throws -> MessageReference? {
        let bot = bot
        let message: Int? = try await database.read { connection in
            try connection.value(
                "SELECT message FROM bot_messages WHERE bot = \(bot) AND chat = \(chat.rawValue) AND slot = \(slot)")
        }
        return message.map { MessageReference(chat: chat, message: $0) }
    }

    private func remember(_ slot: String, _ message: MessageReference, in chat: ChatID) async throws {
        try await database.execute(
            """
            INSERT INTO bot_messages (bot, chat, slot, message, sent_at)
            VALUES (\(bot), \(chat.rawValue), \(slot), \(message.message), \(time.now))
            ON CONFLICT (bot, chat, slot) DO UPDATE SET message = excluded.message, sent_at = excluded.sent_at
            """)
    }
}
