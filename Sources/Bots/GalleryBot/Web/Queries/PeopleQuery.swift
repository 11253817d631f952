internal import JSON
internal import Storage
internal import Support

/// Who may use the bot, and how they do.
struct PeopleQuery: Sendable {
    /// Those who decide about others.
    let owners: [Int64]
    /// Those whom the settings name, whether or not they have written.
    let configured: [Int64]

    func json(in connection: any SQLConnection) throws -> JSONValue {
        let names = try ChatNames(in: connection)
        var people: [Int64: Person] = [:]
        for id in configured { people[id] = Person(id: id, name: names[id], status: "configured") }
        for id in owners { people[id] = Person(id: id, name: names[id], status: "owner") }
        for row in try connection.query("SELECT user_id, name, username, status, since FROM gallery_members") {
            let id: Int64 = try row.get("user_id")
            let status: String = try row.get("status")
            var person = people[id] ?? Person(id: id, status: status)
            let name: String? = try row.get("name")
            person.name = name ?? names[id]
            person.username = try row.get("username")
            person.since = try row.get("since")
            people[id] = person
        }
        for row in try connection.query("SELECT user_id, username FROM gallery_people WHERE username IS NOT NULL") {
            let id: Int64 = try row.get("user_id")
            people[id]?.username = try row.get("username")
        }
        for row in try connection.query(
            "SELECT user_id, COUNT(*) AS sent, MAX(sent_at) AS last FROM sent_photos WHERE user_id IS NOT NULL GROUP BY user_id"
        ) {
            let id: Int64 = try row.get("user_id")
            people[id]?.sent = try row.get("sent")
            people[id]?.last = try row.get("last")
        }
        for row in try connection.query(
            """
            SELECT user_id, SUM(CASE WHEN value > 0 THEN 1 ELSE 0 END) AS up,
                SUM(CASE WHEN value < 0 THEN 1 ELSE 0 END) AS down
            FROM votes GROUP BY user_id
            """)
        {
            let id: Int64 = try row.get("user_id")
            people[id]?.up = try row.get("up")
            people[id]?.down = try row.get("down")
        }
        let order = people.values.sorted { ($0.last?.seconds ?? 0, $1.id) > ($1.last?.seconds ?? 0, $0.id) }
        return .array(order.map(\.json))
    }

    private struct Person {
        var id: Int64
        var name: String?
        var username: String?
        var status: String
        var since: Timestamp?
        var last: Timestamp?
        var sent: Int64 = 0
        var up: Int64 = 0
        var down: Int64 = 0

        var json: JSONValue {
            [
                "id": .integer(id), "name": .text(name), "username": .text(username), "status": .string(status),
                "since": since.map { .integer($0.seconds) } ?? .null,
                "last": last.map { .integer($0.seconds) } ?? .null,
                "sent": .integer(sent), "up": .integer(up), "down": .integer(down),
            ]
        }
    }
}

extension SentPhotos {
    /// What people were sent is counted for the owner's page, however long the history is.
    static let personMigrations = [
        Migration(
            "find what a person was sent", "CREATE INDEX idx_sent_photos_user_time ON sent_photos (user_id, sent_at);")
    ]
}
