import Storage
import Support
import TelegramAPI

extension BroadcastStore {
    /// What stands before the end of a broadcast.
    struct Load: Sendable {
        /// Messages of this broadcast and of those before it that draw on the same budget.
        var messagesAhead: Double
        var isPaid: Bool
    }

    /// How far broadcasts have come, the latest first.
    func progresses(
        _ condition: SQL, in connection: any SQLConnection
    ) throws -> [(BroadcastProgress, Load)] {
        try connection.query(
            """
            SELECT *, (SELECT sum((b.total - b.sent - b.unreachable - b.failed) * b.messages) FROM bot_broadcasts b
                WHERE b.bot = a.bot AND b.paid = a.paid AND b.id <= a.id AND b.state = 'running') AS ahead
            FROM bot_broadcasts a WHERE bot = \(bot) AND \(condition) ORDER BY id DESC
            """
        ).map { row in
            let ahead: Double? = try row.get("ahead")
            let progress = BroadcastProgress(
                id: try row.get("id"), state: try row.get("state"), reason: try row.get("reason"),
                total: try row.get("total"), sent: try row.get("sent"), unreachable: try row.get("unreachable"),
                failed: try row.get("failed"), repeated: try row.get("repeated"), timeLeft: nil,
                created: try row.get("created_at"), finished: try row.get("finished_at"))
            return (progress, Load(messagesAhead: max(0, ahead ?? 0), isPaid: try row.get("paid")))
        }
    }

    func failures(
        of id: BroadcastID, limit: Int, in connection: any SQLConnection
    ) throws -> [(chat: ChatID, reason: String)] {
        try connection.query(
            """
            SELECT chat, fault FROM bot_broadcast_recipients
            WHERE broadcast = \(id) AND fault IS NOT NULL
                AND EXISTS (SELECT 1 FROM bot_broadcasts WHERE id = \(id) AND bot = \(bot))
            ORDER BY id LIMIT \(limit)
            """
        ).map { row in (ChatID(try row.get(at: 0, as: Int64.self)), try row.get(at: 1)) }
    }

    // MARK: Chats that change

    /// Gives a chat a new number; one that is named already gets the message once.
    func move(_ old: Int64, to new: Int64, in connection: any SQLConnection) throws {
        let own: SQL = "(SELECT id FROM bot_broadcasts WHERE bot = \(bot))"
        try remove(
            "chat = \(old) AND broadcast IN (SELECT broadcast FROM bot_broadcast_recipients WHERE chat = \(new))",
            in: connection)
        try connection.execute(
            "UPDATE bot_broadcast_recipients SET chat = \(new) WHERE chat = \(old) AND broadcast IN \(own)")
    }

    /// Takes a chat out of all broadcasts.
    func forget(_ chat: Int64, in connection: any SQLConnection) throws {
        try remove("chat = \(chat)", in: connection)
    }

    private func remove(_ condition: SQL, in connection: any SQLConnection) throws {
        let rows = try connection.query(
            """
            DELETE FROM bot_broadcast_recipients
            WHERE broadcast IN (SELECT id FROM bot_broadcasts WHERE bot = \(bot)) AND \(condition)
            RETURNING broadcast, CASE WHEN fault IS NULL THEN 0 ELSE 1 END
            """)
        for row in rows {
            let (broadcast, isFailed): (Int64, Int) = (try row.get(at: 0), try row.get(at: 1))
            try connection.execute(
                "UPDATE bot_broadcasts SET total = total - 1, failed = failed - \(isFailed) WHERE id = \(broadcast)")
        }
    }

    /// Forgets broadcasts that ended before a time.
    func forget(endedBefore time: Timestamp, in connection: any SQLConnection) throws {
        let old: SQL = "(SELECT id FROM bot_broadcasts WHERE bot = \(bot) AND finished_at < \(time))"
        try connection.execute("DELETE FROM bot_broadcast_recipients WHERE broadcast IN \(old)")
        try connection.execute("DELETE FROM bot_broadcasts WHERE id IN \(old)")
    }
}
