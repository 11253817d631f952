import Storage
import Support
import Synchronization

/// The dialogues of a bot: in the database, and all of them in memory, so that looking costs nothing.
final class DialogueStore: Sendable {
    private let bot: Int64
    private let states = Mutex<[DialogueKey: StoredDialogue]>([:])

    init(bot: Int64) {
        self.bot = bot
    }

    /// Reads the stored dialogues that have not expired and forgets the others.
    func load(from database: any Database, now: Timestamp) async throws {
        let bot = bot
        let rows = try await database.write { connection in
            try connection.execute("DELETE FROM bot_dialogues WHERE bot = \(bot) AND expires_at <= \(now)")
            return try connection.query(
                "SELECT chat, person, name, version, state, expires_at FROM bot_dialogues WHERE bot = \(bot)")
        }
        var loaded: [DialogueKey: StoredDialogue] = [:]
        for row in rows {
            let key = DialogueKey(chat: try row.get(at: 0), user: try row.get(at: 1))
            loaded[key] = StoredDialogue(
                name: try row.get(at: 2), version: try row.get(at: 3), json: try row.get(at: 4),
                expires: try row.get(at: 5))
        }
        states.withLock { $0 = loaded }
    }

    /// Forgets dialogues that expired before a time, in the table and then in memory; tells how many.
    func forget(expiredBefore time: Timestamp, in database: any Database) async throws -> Int {
        let bot = bot
        let count = try await database.execute("DELETE FROM bot_dialogues WHERE bot = \(bot) AND expires_at < \(time)")
        // One that was begun anew meanwhile has a later time, here as in the table.
        if count > 0 { states.withLock { states in states = states.filter { $0.value.expires >= time } } }
        return count
    }

    /// The dialogue that somebody is in.
    subscript(key: DialogueKey) -> StoredDialogue? { states.withLock { $0[key] } }

    /// Stores a new state, or that there is none, inside a transaction.
    func save(_ dialogue: StoredDialogue?, for key: DialogueKey, in connection: any SQLConnection) throws {
        guard let dialogue else {
            try connection.execute(
                "DELETE FROM bot_dialogues WHERE bot = \(bot) AND chat = \(key.chat) AND person = \(key.user)")
            return
        }
        try connection.execute(
            """
            INSERT INTO bot_dialogues (bot, chat, person, name, version, state, expires_at)
            VALUES (\(bot), \(key.chat), \(key.user), \(dialogue.name), \(dialogue.version), \(dialogue.json),
                    \(dialogue.expires))
            ON CONFLICT (bot, chat, person) DO UPDATE SET
                name = excluded.name, version = excluded.version, state = excluded.state,
                expires_at = excluded.expires_at
            """)
    }

    /// Takes over a state after its transaction is committed.
    func remember(_ dialogue: StoredDialogue?, for key: DialogueKey) {
        states.withLock { $0[key] = dialogue }
    }

    /// Moves the dialogues of a chat to its new number, after the transaction that did so in the table.
    func move(_ chat: Int64, to newChat: Int64) {
        states.withLock { states in
            for (key, state) in states where key.chat == chat {
                states[key] = nil
                states[DialogueKey(chat: newChat, user: key.user)] = state
            }
        }
    }

    /// Forgets the dialogues of a person, after the transaction that did so in the table.
    func forget(_ person: Int64) {
        states.withLock { states in
            states = states.filter { $0.key.user != person && $0.key.chat != person }
        }
    }
}
