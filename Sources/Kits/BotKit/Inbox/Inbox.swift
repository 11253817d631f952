import Storage
import Support

/// The updates of a bot as they came, until they are handled and for a while after, so that none counts twice.
struct Inbox: Sendable {
    /// How an update ended, where it did not end well.
    enum Outcome: String, Sendable {
        /// Its handler failed, and the person was told.
        case failed
        /// The program ended each time while it was handled.
        case setAside = "set aside"
        /// Its handler ran too long and was given up.
        case tookTooLong = "took too long"
    }

    /// An update that is not handled yet.
    struct Waiting: Sendable {
        let updateID: Int64
        let payload: [UInt8]
        let received: Timestamp
        /// How often its handler was begun after a restart.
        let attempts: Int
    }

    let bot: Int64
    let database: any Database

    /// Stores updates in one transaction and tells which ones are new.
    func store(_ updates: [(id: Int64, payload: [UInt8])], now: Timestamp) async throws -> [Bool] {
        let bot = bot
        return try await database.write { connection in
            try updates.map { update in
                try connection.execute(
                    """
                    INSERT INTO bot_updates (bot, update_id, payload, received_at)
                    VALUES (\(bot), \(update.id), \(update.payload), \(now))
                    ON CONFLICT (bot, update_id) DO NOTHING
                    """) > 0
            }
        }
    }

    /// Marks an update as handled, inside the transaction of what its handler wrote.
    func mark(_ updateID: Int64, outcome: Outcome? = nil, now: Timestamp, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE bot_updates SET handled_at = \(now), outcome = \(outcome?.rawValue)
            WHERE bot = \(bot) AND update_id = \(updateID)
            """)
    }

    /// Notes, before the handler begins, that it does: only what was begun can be what ended the program.
    func begin(_ updateIDs: [Int64]) async throws {
        let bot = bot
        try await database.execute(
            "UPDATE bot_updates SET attempts = attempts + 1 WHERE bot = \(bot) AND update_id IN \(list: updateIDs)")
    }

    /// Takes back a note of `begin`: the program did not end by it.
    func undoBegin(_ updateIDs: [Int64]) async throws {
        let bot = bot
        try await database.execute(
            "UPDATE bot_updates SET attempts = attempts - 1 WHERE bot = \(bot) AND update_id IN \(list: updateIDs)")
    }

    /// The last update that was being handled when the program ended, of those that an earlier run has left.
    func lastBegun() async throws -> Int64? {
        let bot = bot
        return try await database.read { connection in
            try connection.value(
                """
                SELECT update_id FROM bot_updates WHERE bot = \(bot) AND handled_at IS NULL AND attempts > 0
                ORDER BY update_id DESC LIMIT 1
                """)
        }
    }

    private static let reading = "reading"

    /// Notes that what is left over will be read; true where the last run ended in the midst of that.
    func beginReading() async throws -> Bool {
        let (bot, name) = (bot, Self.reading)
        return try await database.execute(
            "INSERT INTO bot_values (bot, name, value) VALUES (\(bot), \(name), '') ON CONFLICT (bot, name) DO NOTHING"
        ) == 0
    }

    /// Notes that everything left over was read.
    func endReading() async throws {
        let (bot, name) = (bot, Self.reading)
        try await database.execute("DELETE FROM bot_values WHERE bot = \(bot) AND name = \(name)")
    }

    /// The next updates that are not handled, oldest first.
    func waiting(after updateID: Int64?, limit: Int) async throws -> [Waiting] {
        let bot = bot
        let start = updateID ?? .min
        return try await database.read { connection in
            try connection.query(
                """
                SELECT update_id, payload, received_at, attempts FROM bot_updates
                WHERE bot = \(bot) AND handled_at IS NULL AND update_id > \(start)
                ORDER BY update_id LIMIT \(limit)
                """
            ).map { row in
                Waiting(
                    updateID: try row.get(at: 0), payload: try row.get(at: 1), received: try row.get(at: 2),
                    attempts: try row.get(at: 3))
            }
        }
    }

    /// Forgets updates that were handled before a time.
    func forget(handledBefore time: Timestamp) async throws -> Int {
        let bot = bot
        return try await database.execute("DELETE FROM bot_updates WHERE bot = \(bot) AND handled_at < \(time)")
    }
}
