import Storage
import Support
import Synchronization

/// The dialogues of a bot: in the database, the latest of them in memory.
///
/// Of the others memory holds only a number each, that somebody may be in one: most updates come from people who are in
/// none, and those cost no reading. A million dialogues take about as many words of memory.
final class DialogueStore: Sendable {
    private struct State {
        /// Whose dialogues may be stored; never left, so one too many means a look into the database.
        var known: Set<UInt64> = []
        /// What was looked at last, in two generations: when the younger is full, it becomes the older.
        var young: [DialogueKey: StoredDialogue?] = [:]
        var old: [DialogueKey: StoredDialogue?] = [:]
        /// How often something has left memory: what was read from the table before the last time may be out of date.
        var losses: UInt64 = 0

        /// What memory knows of a dialogue, nil for nothing; what was found is the latest then.
        mutating func look(for key: DialogueKey) -> StoredDialogue?? {
            guard known.contains(key.fingerprint) else { return .some(nil) }
            if let young = young[key] { return .some(young) }
            guard let old = old[key] else { return nil }
            keep(old, for: key)
            return .some(old)
        }

        mutating func keep(_ dialogue: StoredDialogue?, for key: DialogueKey) {
            if young.count >= DialogueStore.generation {
                old = young
                young = [:]
                losses += 1
            }
            young[key] = .some(dialogue)
            if dialogue != nil { known.insert(key.fingerprint) }
        }

        mutating func drop(where matches: (DialogueKey, StoredDialogue?) -> Bool) {
            losses += 1
            young = young.filter { !matches($0.key, $0.value) }
            old = old.filter { !matches($0.key, $0.value) }
        }
    }

    /// How many dialogues a generation in memory has.
    private static let generation = 4096

    let bot: Int64
    private let state = Mutex(State())
    let expiry = EarliestExpiry()

    init(bot: Int64) {
        self.bot = bot
    }

    /// How long an expired dialogue is kept: who comes back within a day is still told that it took too long.
    static let memory = Duration.seconds(86_400)

    /// Forgets stored dialogues that expired long ago, and notes who is in one.
    func load(from database: any Database, now: Timestamp) async throws {
        let bot = bot
        let limit = now - Self.memory
        try await database.execute("DELETE FROM bot_dialogues WHERE bot = \(bot) AND expires_at < \(limit)")
        let known = try await database.read { connection in
            let count = try connection.value("SELECT COUNT(*) FROM bot_dialogues WHERE bot = \(bot)", as: Int.self)
            var known = Set<UInt64>(minimumCapacity: count ?? 0)
            try connection.forEach("SELECT chat, person FROM bot_dialogues WHERE bot = \(bot)") { row in
                known.insert(DialogueKey(chat: try row.get(at: 0), user: try row.get(at: 1)).fingerprint)
            }
            return known
        }
        state.withLock { $0 = State(known: known) }
    }

    /// The dialogue that somebody is in, also an expired one.
    func find(_ key: DialogueKey, in database: any Database) async throws -> StoredDialogue? {
        while true {
            let (known, losses) = state.withLock { ($0.look(for: key), $0.losses) }
            if let known { return known }
            let stored = try await read(key, in: database)
            let latest: StoredDialogue?? = state.withLock { state in
                // Whoever has changed something meanwhile knows better.
                if let newer = state.look(for: key) { return newer }
                guard state.losses == losses else { return nil }
                state.keep(stored, for: key)
                return .some(stored)
            }
            if let latest { return latest }
        }
    }

    private func read(_ key: DialogueKey, in database: any Database) async throws -> StoredDialogue? {
        let row = try await database.one(
            """
            SELECT name, version, state, expires_at, language, topic, message FROM bot_dialogues
            WHERE bot = \(bot) AND chat = \(key.chat) AND person = \(key.user)
            """)
        return try row.map { row in
            StoredDialogue(
                name: try row.get(at: 0), version: try row.get(at: 1), json: try row.get(at: 2),
                expires: try row.get(at: 3), notice: try ExpiryNotice(row, at: 4))
        }
    }

    /// Forgets dialogues that expired before a time; tells how many.
    func forget(expiredBefore time: Timestamp, in database: any Database) async throws -> Int {
        let bot = bot
        let count = try await database.execute("DELETE FROM bot_dialogues WHERE bot = \(bot) AND expires_at < \(time)")
        state.withLock { $0.drop { _, dialogue in dialogue.map { $0.expires < time } ?? false } }
        return count
    }

    /// Stores a new state, or that there is none, inside a transaction.
    func save(_ dialogue: StoredDialogue?, for key: DialogueKey, in connection: any SQLConnection) throws {
        guard let dialogue else {
            try connection.execute(
                "DELETE FROM bot_dialogues WHERE bot = \(bot) AND chat = \(key.chat) AND person = \(key.user)")
            return
        }
        try connection.execute(
            """
            INSERT INTO bot_dialogues (bot, chat, person, name, version, state, expires_at, language, topic, message)
            VALUES (\(bot), \(key.chat), \(key.user), \(dialogue.name), \(dialogue.version), \(dialogue.json),
                    \(dialogue.expires), \(dialogue.notice?.language.rawValue), \(dialogue.notice?.topic),
                    \(dialogue.notice?.message))
            ON CONFLICT (bot, chat, person) DO UPDATE SET
                name = excluded.name, version = excluded.version, state = excluded.state,
                expires_at = excluded.expires_at, language = excluded.language, topic = excluded.topic,
                message = excluded.message
            """)
    }

    /// Takes over a state after its transaction is committed.
    func remember(_ dialogue: StoredDialogue?, for key: DialogueKey) {
        state.withLock { $0.keep(dialogue, for: key) }
        if let dialogue, dialogue.notice != nil { expiry.note(dialogue.expires) }
    }

    /// Moves the dialogues of a chat to its new number in the table; in memory when that is committed.
    func move(_ chat: Int64, to newChat: Int64, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM bot_dialogues WHERE bot = \(bot) AND chat = \(newChat) AND person IN
                (SELECT person FROM bot_dialogues WHERE bot = \(bot) AND chat = \(chat))
            """)
        let people = try connection.query(
            """
            UPDATE bot_dialogues SET chat = \(newChat), message = NULL
            WHERE bot = \(bot) AND chat = \(chat) RETURNING person
            """
        ).map { try $0.get(at: 0, as: Int64.self) }
        try connection.execute(
            """
            UPDATE bot_expiry_notices SET chat = \(newChat), message = NULL WHERE bot = \(bot) AND chat = \(chat)
            """)
        connection.afterCommit { [self] in
            state.withLock { state in
                state.drop { key, _ in key.chat == chat || key.chat == newChat }
                for person in people { state.known.insert(DialogueKey(chat: newChat, user: person).fingerprint) }
            }
        }
    }

    /// Forgets the dialogues of a person, in the table; in memory when that is committed.
    func forget(_ person: Int64, in connection: any SQLConnection) throws {
        try connection.execute(
            "DELETE FROM bot_dialogues WHERE bot = \(bot) AND (person = \(person) OR chat = \(person))")
        try connection.execute(
            "DELETE FROM bot_expiry_notices WHERE bot = \(bot) AND (person = \(person) OR chat = \(person))")
        connection.afterCommit { [self] in
            state.withLock { $0.drop { key, _ in key.user == person || key.chat == person } }
        }
    }
}

extension DialogueKey {
    /// A number for it that other keys are most unlikely to have.
    fileprivate var fingerprint: UInt64 {
        let chat = UInt64(bitPattern: chat) &* 0x9E37_79B9_7F4A_7C15
        return (chat ^ (chat >> 32)) &+ UInt64(bitPattern: user) &* 0xC2B2_AE3D_27D4_EB4F
    }
}
