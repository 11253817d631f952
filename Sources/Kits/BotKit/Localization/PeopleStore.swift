import Storage
import Support
import Synchronization

/// What the bot remembers of people: the language they chose, and that they were turned away.
final class PeopleStore: Sendable {
    private let bot: Int64
    private let languages = Mutex<[Int64: Language]>([:])

    init(bot: Int64) {
        self.bot = bot
    }

    /// Reads the chosen languages.
    func load(from database: any Database) async throws {
        let bot = bot
        let loaded = try await database.read { connection in
            var loaded: [Int64: Language] = [:]
            try connection.forEach(
                "SELECT person, language FROM bot_people WHERE bot = \(bot) AND language IS NOT NULL"
            ) { row in
                loaded[try row.get(at: 0)] = Language(tag: try row.get(at: 1))
            }
            return loaded
        }
        languages.withLock { $0 = loaded }
    }

    /// The language that somebody chose.
    func language(of person: Int64) -> Language? { languages.withLock { $0[person] } }

    /// Stores a choice of language, or that there is none.
    func setLanguage(_ language: Language?, of person: Int64, in database: any Database) async throws {
        try await database.execute(
            """
            INSERT INTO bot_people (bot, person, language) VALUES (\(bot), \(person), \(language?.rawValue))
            ON CONFLICT (bot, person) DO UPDATE SET language = excluded.language
            """)
        languages.withLock { $0[person] = language }
    }

    /// Notes that somebody was turned away; true where they had not been told since `time`.
    func refuse(_ person: Int64, now: Timestamp, unlessSince time: Timestamp, in database: any Database) async throws
        -> Bool
    {
        try await database.execute(
            """
            INSERT INTO bot_people (bot, person, refused_at) VALUES (\(bot), \(person), \(now))
            ON CONFLICT (bot, person) DO UPDATE SET refused_at = excluded.refused_at
            WHERE bot_people.refused_at IS NULL OR bot_people.refused_at < \(time)
            """) > 0
    }

    /// Forgets a choice of language, after the transaction that did so in the table.
    func forget(_ person: Int64) { languages.withLock { $0[person] = nil } }
}
