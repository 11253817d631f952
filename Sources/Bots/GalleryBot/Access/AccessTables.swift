internal import Storage
internal import Support
internal import TelegramAPI

/// The tables of who may use the bot: members, allowed chats, invitations, strangers.
///
/// The people and groups of the configuration are in none of them: what is configured holds by itself.
struct AccessTables: Sendable {
    static let migrations = [
        Migration(
            "create gallery_members",
            """
            CREATE TABLE gallery_members (
                user_id BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                username TEXT,
                status TEXT NOT NULL,
                since BIGINT NOT NULL,
                added_by BIGINT,
                invitation TEXT
            );
            CREATE TABLE gallery_allowed_chats (
                chat_id BIGINT NOT NULL PRIMARY KEY,
                title TEXT NOT NULL,
                since BIGINT NOT NULL,
                added_by BIGINT
            );
            CREATE TABLE gallery_invitations (
                token_hash TEXT NOT NULL PRIMARY KEY,
                created_by BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                uses_left INTEGER NOT NULL
            );
            CREATE TABLE gallery_strangers (
                user_id BIGINT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                username TEXT,
                language TEXT NOT NULL,
                asked_at BIGINT,
                failed_links INTEGER NOT NULL DEFAULT 0,
                failed_at BIGINT
            );
            CREATE TABLE gallery_notices (
                problem TEXT NOT NULL PRIMARY KEY,
                told_at BIGINT NOT NULL
            );
            """)
    ]

    /// Stores what was decided about a person.
    func put(_ person: Person, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_members (user_id, name, username, status, since, added_by, invitation)
            VALUES (\(person.id.rawValue), \(person.name), \(person.username), \(person.status.rawValue),
                \(person.since), \(person.addedBy?.rawValue), \(person.invitation))
            ON CONFLICT (user_id) DO UPDATE SET
                name = excluded.name, username = excluded.username, status = excluded.status, since = excluded.since,
                added_by = excluded.added_by, invitation = excluded.invitation
            """)
    }

    /// Everybody about whom something was decided, the latest first.
    func people(in connection: any SQLConnection) throws(StorageError) -> [Person] {
        var people: [Person] = []
        for row in try connection.query("SELECT * FROM gallery_members ORDER BY since DESC, user_id") {
            people.append(
                Person(
                    id: UserID(try row.get("user_id", as: Int64.self)), name: try row.get("name"),
                    username: try row.get("username"),
                    status: Person.Status(rawValue: try row.get("status")) ?? .denied, since: try row.get("since"),
                    addedBy: try row.get("added_by", as: Int64?.self).map { UserID($0) },
                    invitation: try row.get("invitation")))
        }
        return people
    }

    /// Stores a chat in which photos may be shown.
    func allow(
        _ chat: ChatID, title: String, by owner: UserID, at time: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_allowed_chats (chat_id, title, since, added_by)
            VALUES (\(chat.rawValue), \(title), \(time), \(owner.rawValue))
            ON CONFLICT (chat_id) DO UPDATE SET title = excluded.title
            """)
    }

    /// Takes a chat's permission away; false where it had none.
    func disallow(_ chat: ChatID, in connection: any SQLConnection) throws(StorageError) -> Bool {
        try connection.execute("DELETE FROM gallery_allowed_chats WHERE chat_id = \(chat.rawValue)") > 0
    }

    /// The chats in which photos may be shown.
    func chats(in connection: any SQLConnection) throws(StorageError) -> [Int64] {
        try connection.values("SELECT chat_id FROM gallery_allowed_chats")
    }

    /// The titles of the allowed chats.
    func titles(in connection: any SQLConnection) throws(StorageError) -> [ChatID: String] {
        var titles: [ChatID: String] = [:]
        for row in try connection.query("SELECT chat_id, title FROM gallery_allowed_chats") {
            titles[ChatID(try row.get("chat_id", as: Int64.self))] = try row.get("title", as: String.self)
        }
        return titles
    }
}
