internal import BotKit
internal import Storage
internal import Support
internal import TelegramAPI

/// The table `gallery_strangers`: who has asked to be let in, and who tries invitations that are no good.
struct Strangers: Sendable {
    /// How long somebody cannot ask again.
    static let patience = Duration.seconds(30 * 86_400)
    /// Requests that owners get in a day, whoever asks.
    static let requestsPerDay = 20
    /// Invitations that are no good and are looked up in a day, for one person.
    static let attemptsPerDay = 5

    /// Notes that somebody asks to be let in; false where they have asked within `patience`, or too many ask.
    func ask(_ user: User, _ language: Language, now: Timestamp, in connection: any SQLConnection) throws(StorageError)
        -> Bool
    {
        let day = now.adding(.seconds(-86_400))
        let today: Int = try connection.value("SELECT COUNT(*) FROM gallery_strangers WHERE asked_at > \(day)") ?? 0
        guard today < Self.requestsPerDay else { return false }
        return try connection.execute(
            """
            INSERT INTO gallery_strangers (user_id, name, username, language, asked_at)
            VALUES (\(user.id.rawValue), \(user.fullName), \(user.username), \(language.rawValue), \(now))
            ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, username = excluded.username,
                language = excluded.language, asked_at = excluded.asked_at
            WHERE gallery_strangers.asked_at IS NULL OR gallery_strangers.asked_at < \(now.adding(.zero - Self.patience))
            """) > 0
    }

    /// Takes a request back that reached nobody, so that it can be made again.
    func unask(_ user: UserID, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("UPDATE gallery_strangers SET asked_at = NULL WHERE user_id = \(user.rawValue)")
    }

    /// Whether somebody may try an invitation, or has tried too many bad ones within a day.
    func mayTry(_ user: UserID, now: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Bool {
        let row = try connection.one(
            """
            SELECT failed_links FROM gallery_strangers
            WHERE user_id = \(user.rawValue) AND failed_at > \(now.adding(.seconds(-86_400)))
            """)
        guard let row else { return true }
        return try row.get(at: 0, as: Int.self) < Self.attemptsPerDay
    }

    /// Notes an invitation that was no good; true where the person should be told, which is once a day.
    func fail(_ user: User, _ language: Language, now: Timestamp, in connection: any SQLConnection) throws(StorageError)
        -> Bool
    {
        let day = now.adding(.seconds(-86_400))
        try connection.execute(
            """
            INSERT INTO gallery_strangers (user_id, name, username, language, failed_links, failed_at)
            VALUES (\(user.id.rawValue), \(user.fullName), \(user.username), \(language.rawValue), 1, \(now))
            ON CONFLICT (user_id) DO UPDATE SET
                failed_links = CASE WHEN gallery_strangers.failed_at > \(day)
                    THEN gallery_strangers.failed_links + 1 ELSE 1 END,
                failed_at = CASE WHEN gallery_strangers.failed_at > \(day)
                    THEN gallery_strangers.failed_at ELSE excluded.failed_at END
            """)
        let count: Int? = try connection.value(
            "SELECT failed_links FROM gallery_strangers WHERE user_id = \(user.id.rawValue)")
        return count == 1
    }

    /// What is known of a stranger, and the language to speak.
    func find(_ user: UserID, in connection: any SQLConnection) throws(StorageError) -> (Acquaintance, Language)? {
        let row = try connection.one("SELECT * FROM gallery_strangers WHERE user_id = \(user.rawValue)")
        guard let row else { return nil }
        return (
            Acquaintance(
                id: UserID(try row.get("user_id", as: Int64.self)), name: try row.get("name"),
                username: try row.get("username")),
            Language(tag: try row.get("language")) ?? .english
        )
    }

    /// Somebody who has asked or tried, by the username that they had then.
    func find(username: String, in connection: any SQLConnection) throws(StorageError) -> Acquaintance? {
        let id: Int64? = try connection.value(
            "SELECT user_id FROM gallery_strangers WHERE lower(username) = \(username.lowercased())")
        guard let id else { return nil }
        return try find(UserID(id), in: connection)?.0
    }

    /// Forgets a stranger.
    func remove(_ user: UserID, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("DELETE FROM gallery_strangers WHERE user_id = \(user.rawValue)")
    }

    /// Forgets strangers of whom nothing is heard any more.
    func forgetOld(before time: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Int {
        try connection.execute(
            """
            DELETE FROM gallery_strangers
            WHERE COALESCE(asked_at, 0) < \(time) AND COALESCE(failed_at, 0) < \(time)
            """)
    }
}

/// Somebody whose name is known.
struct Acquaintance: Equatable, Sendable {
    var id: UserID
    var name: String
    /// Without `@`.
    var username: String?
}

extension Acquaintance {
    init(_ user: User) {
        self.init(id: user.id, name: user.fullName, username: user.username)
    }

    init(_ person: Person) {
        self.init(id: person.id, name: person.name, username: person.username)
    }
}

extension User {
    /// First and last name.
    var fullName: String { lastName.map { "\(firstName) \($0)" } ?? firstName }
}
