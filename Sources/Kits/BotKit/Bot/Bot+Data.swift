public import Storage
public import Support
public import TelegramAPI

extension Bot {
    /// Gives what BotKit keeps for a chat a new number, inside the caller's transaction: a group became a supergroup.
    ///
    /// Messages in slots are forgotten: the new chat does not know them by their numbers.
    public func moveChat(_ chat: ChatID, to newChat: ChatID, in connection: any SQLConnection) throws {
        guard chat != newChat else { return }
        let (old, new, bot) = (chat.rawValue, newChat.rawValue, core.bot)
        try core.dialogues.move(old, to: new, in: connection)
        try connection.execute("DELETE FROM bot_messages WHERE bot = \(bot) AND chat = \(old)")
        try core.broadcaster.store.move(old, to: new, in: connection)
    }

    /// Forgets a person and their private chat, inside the caller's transaction.
    ///
    /// Of updates that are handled only the number stays, so that none counts twice when it comes again; an update
    /// that waits is kept, since it is something that the person still wants.
    public func forget(_ person: UserID, except update: Int? = nil, in connection: any SQLConnection) throws {
        let (id, bot) = (person.rawValue, core.bot)
        try connection.execute("DELETE FROM bot_people WHERE bot = \(bot) AND person = \(id)")
        try core.dialogues.forget(id, in: connection)
        try connection.execute("DELETE FROM bot_messages WHERE bot = \(bot) AND chat = \(id)")
        try connection.execute("DELETE FROM bot_list_arguments WHERE bot = \(bot) AND person = \(id)")
        try core.broadcaster.store.forget(id, in: connection)
        // The number may stand in an update for something else; blanking one too many harms nobody.
        let pattern = "*[^0-9]\(id)[^0-9]*"
        // What was handled just now may not be marked yet: the text that asked for this, for one.
        let handled = core.marks.unwritten + (update.map { [Int64($0)] } ?? [])
        try connection.execute(
            """
            UPDATE bot_updates SET payload = \([UInt8]())
            WHERE bot = \(bot) AND (handled_at IS NOT NULL OR update_id IN \(list: handled))
                AND CAST(payload AS TEXT) GLOB \(pattern)
            """)
        connection.afterCommit { [core] in core.people.forget(id) }
    }

    /// Forgets which of Telegram's files stand for files that were not sent since a time; tells how many.
    @discardableResult
    public func forgetMedia(unusedSince time: Timestamp) async throws -> Int {
        let bot = core.bot
        return try await core.database.execute("DELETE FROM bot_media WHERE bot = \(bot) AND used_at < \(time)")
    }
}
