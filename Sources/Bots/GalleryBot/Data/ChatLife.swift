internal import BotKit
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// What becomes of chats, of which nothing is lost: they move, and they can be reached or not.
final class ChatLife: Sendable {
    private let move: ChatMove
    private let chats = ChatSettingsStore()
    private let database: any Database
    private let time: any TimeSource
    private let logger: Logger
    private let bot = Mutex(Reference())

    /// The bot refers to this, so this must not keep the bot.
    private struct Reference: Sendable {
        weak var bot: Bot?
    }

    init(access: GalleryAccess, database: any Database, time: any TimeSource, logger: Logger) {
        move = ChatMove(access: access)
        self.database = database
        self.time = time
        self.logger = logger
    }

    /// Names the bot, whose own tables move too; it is made with a reference to this.
    func use(_ bot: Bot) { self.bot.withLock { $0.bot = bot } }

    /// The bot while it exists.
    var currentBot: Bot? { bot.withLock(\.bot) }

    /// Takes notice of a change, from a service message or from Telegram's answer to a call.
    func note(_ change: ChatChange) async {
        do {
            switch change {
            case .migrated(let old, let new): try await migrate(old, to: new)
            case .unreachable(let chat, let refusal):
                try await database.write { [chats, time] connection in
                    try chats.markUnreachable(chat, reason: refusal.rawValue, now: time.now, in: connection)
                }
            case .reachable(let chat):
                _ = try await database.write { [chats, time] connection in
                    try chats.markReachable(chat, now: time.now, in: connection)
                }
            }
        } catch {
            logger.error("a chat's change cannot be noted", ["error": .string("\(error)")])
        }
    }

    /// Moves a group's rows to its new number, in one transaction.
    func migrate(_ old: ChatID, to new: ChatID) async throws {
        let bot = currentBot
        try await database.write { [move, time] connection in
            try move.run(old, to: new, now: time.now, in: connection)
            try bot?.moveChat(old, to: new, in: connection)
        }
        logger.notice("a group became a supergroup", ["chat": .integer(old.rawValue), "now": .integer(new.rawValue)])
    }
}
