import Storage
import Support

/// Which of Telegram's files stands for which of the bot's own, so that nothing is uploaded twice.
struct MediaCache: Sendable {
    let bot: Int64
    let database: any Database
    let time: any TimeSource

    /// How exactly it is known when a file was sent last: a write for each sending would be too dear.
    private static let precision = Duration.seconds(30 * 86_400)

    /// The `file_id` of a key, if it was sent before.
    func fileID(for key: String, _ kind: MediaKind) async throws -> String? {
        let (bot, kind, now) = (bot, kind.rawValue, time.now)
        let row = try await database.read { connection in
            try connection.one(
                "SELECT file_id, used_at FROM bot_media WHERE bot = \(bot) AND kind = \(kind) AND key = \(key)")
        }
        guard let row else { return nil }
        if now.since(try row.get(at: 1)) > Self.precision {
            try await database.execute(
                "UPDATE bot_media SET used_at = \(now) WHERE bot = \(bot) AND kind = \(kind) AND key = \(key)")
        }
        return try row.get(at: 0)
    }

    /// Remembers what Telegram called an upload.
    func store(_ fileID: String, for key: String, _ kind: MediaKind) async throws {
        try await database.execute(
            """
            INSERT INTO bot_media (bot, kind, key, file_id, used_at)
            VALUES (\(bot), \(kind.rawValue), \(key), \(fileID), \(time.now))
            ON CONFLICT (bot, kind, key) DO UPDATE SET file_id = excluded.file_id, used_at = excluded.used_at
            """)
    }

    /// Forgets a `file_id` that Telegram no longer takes.
    func drop(_ key: String, _ kind: MediaKind) async throws {
        try await database.execute(
            "DELETE FROM bot_media WHERE bot = \(bot) AND kind = \(kind.rawValue) AND key = \(key)")
    }
}
