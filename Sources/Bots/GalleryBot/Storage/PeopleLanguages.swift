internal import BotKit
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// The table `gallery_people`: names and languages of those who use the bot, and when they did last.
///
/// An update tells the language of whoever caused it; a photo by schedule is caused by nobody.
final class PeopleLanguages: Sendable {
    /// How exactly it is known when somebody was seen: a write for each message would be too dear.
    static let precision = Duration.seconds(3600)

    private struct Known: Equatable {
        var language: Language?
        var name: String?
        var username: String?
        var seenAt: Timestamp?
    }

    private let database: any Database
    private let known = Mutex<[UserID: Known]>([:])

    init(database: any Database) {
        self.database = database
    }

    static let migrations = [
        Migration(
            "create gallery_people",
            """
            CREATE TABLE gallery_people (
                user_id BIGINT NOT NULL PRIMARY KEY,
                language TEXT NOT NULL
            );
            """)
    ]

    /// Later than the migrations of other tables.
    static let nameMigrations = [
        Migration(
            "note names in gallery_people",
            """
            ALTER TABLE gallery_people ADD COLUMN name TEXT;
            ALTER TABLE gallery_people ADD COLUMN username TEXT;
            ALTER TABLE gallery_people ADD COLUMN seen_at BIGINT;
            """)
    ]

    /// Reads the table.
    func load() async throws {
        var loaded: [UserID: Known] = [:]
        for row in try await database.query("SELECT user_id, language, name, username, seen_at FROM gallery_people") {
            loaded[UserID(try row.get("user_id", as: Int64.self))] = Known(
                language: Language(tag: try row.get("language")), name: try row.get("name"),
                username: try row.get("username"), seenAt: try row.get("seen_at"))
        }
        known.withLock { [loaded] in $0 = loaded }
    }

    /// The language a person used last; nil before they have written.
    func language(of person: UserID) -> Language? { known.withLock { $0[person]?.language } }

    /// The name of somebody who has written; nil for others.
    func acquaintance(_ person: UserID) -> Acquaintance? {
        known.withLock { $0[person] }.flatMap { known in
            known.name.map { Acquaintance(id: person, name: $0, username: known.username) }
        }
    }

    /// Somebody by the username they have now or had when they wrote last.
    func acquaintance(username: String) -> Acquaintance? {
        let wanted = username.lowercased()
        let found = known.withLock { $0.first { $0.value.username?.lowercased() == wanted }?.key }
        return found.flatMap { acquaintance($0) }
    }

    /// When somebody was seen last, to the hour; nil for never.
    func lastSeen(_ person: UserID) -> Timestamp? { known.withLock { $0[person]?.seenAt } }

    /// Notes who writes and in which language; writes only what is new.
    func note(_ user: User, _ language: Language, now: Timestamp) async throws {
        let old = known.withLock { $0[user.id] }
        var new = Known(language: language, name: user.fullName, username: user.username, seenAt: old?.seenAt)
        if new.seenAt.map({ now.since($0) >= Self.precision }) ?? true { new.seenAt = now }
        guard new != old else { return }
        try await database.write { [new, self] connection in
            try connection.execute(
                """
                INSERT INTO gallery_people (user_id, language, name, username, seen_at)
                VALUES (\(user.id.rawValue), \(language.rawValue), \(new.name), \(new.username), \(new.seenAt))
                ON CONFLICT (user_id) DO UPDATE SET language = excluded.language, name = excluded.name,
                    username = excluded.username, seen_at = excluded.seen_at
                """)
            connection.afterCommit { self.known.withLock { $0[user.id] = new } }
        }
    }

    /// Forgets a person, in memory once the transaction is committed.
    func forget(_ person: UserID, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("DELETE FROM gallery_people WHERE user_id = \(person.rawValue)")
        connection.afterCommit { [self] in _ = known.withLock { $0.removeValue(forKey: person) } }
    }
}
