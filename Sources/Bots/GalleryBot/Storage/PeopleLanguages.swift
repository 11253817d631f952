internal import BotKit
internal import Storage
internal import Synchronization
internal import TelegramAPI

/// The table `gallery_people`: the language of those who may use the bot, for what is sent without being asked.
///
/// An update tells the language of whoever caused it; a photo by schedule is caused by nobody.
final class PeopleLanguages: Sendable {
    private let database: any Database
    private let known = Mutex<[UserID: Language]>([:])

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

    /// Reads the table.
    func load() async throws {
        var loaded: [UserID: Language] = [:]
        for row in try await database.query("SELECT user_id, language FROM gallery_people") {
            loaded[UserID(try row.get("user_id", as: Int64.self))] = Language(tag: try row.get("language"))
        }
        known.withLock { [loaded] in $0 = loaded }
    }

    /// The language a person used last; nil before they have written.
    func language(of person: UserID) -> Language? { known.withLock { $0[person] } }

    /// Notes the language of a person; writes only when it is another one.
    func note(_ language: Language, of person: UserID) async throws {
        guard known.withLock({ $0[person] }) != language else { return }
        try await database.execute(
            """
            INSERT INTO gallery_people (user_id, language) VALUES (\(person.rawValue), \(language.rawValue))
            ON CONFLICT (user_id) DO UPDATE SET language = excluded.language
            """)
        known.withLock { $0[person] = language }
    }
}
