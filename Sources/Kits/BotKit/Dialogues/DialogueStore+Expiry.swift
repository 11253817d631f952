import Storage
import Support

/// Somebody who is to be told that the time to answer is up.
struct PendingNotice: Sendable {
    let id: Int64
    let chat: Int64
    let notice: ExpiryNotice
    let expired: Timestamp
}

/// What there is to do about dialogues that expire.
struct ExpiryAgenda: Sendable {
    /// Whose dialogues have expired.
    var expired: [DialogueKey] = []
    /// When the next one expires.
    var next: Timestamp?
    /// Who is to be told.
    var notices: [PendingNotice] = []
    /// When somebody is to be told next.
    var nextNotice: Timestamp?
}

// An expired dialogue ends, and a notice is noted, in one transaction; the notice goes when it is sent. So a killed
// process may tell somebody twice, but neither forgets to nor tells somebody whose dialogue has gone on.
extension DialogueStore {
    /// What there is to do, by the index of those who are to be told.
    ///
    /// - Parameters:
    ///   - start: What expired until then is too old to be told of.
    ///   - end: What expires after that has not expired.
    func agenda(
        from start: Timestamp, to end: Timestamp, now: Timestamp, limit: Int, in connection: any SQLConnection
    ) throws -> ExpiryAgenda {
        var agenda = ExpiryAgenda()
        agenda.expired = try connection.query(
            """
            SELECT chat, person FROM bot_dialogues
            WHERE bot = \(bot) AND expires_at > \(start) AND expires_at <= \(end) AND language IS NOT NULL
            ORDER BY expires_at LIMIT \(limit)
            """
        ).map { DialogueKey(chat: try $0.get(at: 0), user: try $0.get(at: 1)) }
        agenda.next = try connection.value(
            """
            SELECT expires_at FROM bot_dialogues
            WHERE bot = \(bot) AND expires_at > \(max(start, end)) AND language IS NOT NULL ORDER BY expires_at LIMIT 1
            """)
        agenda.notices = try connection.query(
            """
            SELECT id, chat, language, topic, message, expired_at FROM bot_expiry_notices
            WHERE bot = \(bot) AND due_at <= \(now) ORDER BY due_at, id LIMIT \(limit)
            """
        ).map { row in
            PendingNotice(
                id: try row.get(at: 0), chat: try row.get(at: 1),
                notice: try ExpiryNotice(row, at: 2) ?? ExpiryNotice(language: .english), expired: try row.get(at: 5))
        }
        agenda.nextNotice = try connection.value(
            "SELECT due_at FROM bot_expiry_notices WHERE bot = \(bot) AND due_at > \(now) ORDER BY due_at LIMIT 1")
        return agenda
    }

    /// Ends a dialogue that had expired at a moment and notes that the person is to be told; false where it has gone
    /// on meanwhile, or ended.
    func expire(_ key: DialogueKey, at moment: Timestamp, now: Timestamp, in connection: any SQLConnection) throws
        -> Bool
    {
        let row = try connection.one(
            """
            DELETE FROM bot_dialogues
            WHERE bot = \(bot) AND chat = \(key.chat) AND person = \(key.user) AND expires_at <= \(moment)
                AND language IS NOT NULL
            RETURNING expires_at, language, topic, message
            """)
        guard let row else { return false }
        let (expired, language): (Timestamp, String) = (try row.get(at: 0), try row.get(at: 1))
        let (topic, message): (Int?, Int?) = (try row.get(at: 2), try row.get(at: 3))
        try connection.execute(
            """
            INSERT INTO bot_expiry_notices (bot, chat, person, language, topic, message, expired_at, due_at)
            VALUES (\(bot), \(key.chat), \(key.user), \(language), \(topic), \(message), \(expired), \(now))
            """)
        connection.afterCommit { [self] in remember(nil, for: key) }
        return true
    }

    /// Strikes out a notice that was sent, or that cannot be.
    func strike(_ notice: Int64, in database: any Database) async throws {
        try await database.execute("DELETE FROM bot_expiry_notices WHERE id = \(notice)")
    }

    /// Has a notice tried again at a moment.
    func postpone(_ notice: Int64, to moment: Timestamp, in database: any Database) async throws {
        try await database.execute("UPDATE bot_expiry_notices SET due_at = \(moment) WHERE id = \(notice)")
    }
}
