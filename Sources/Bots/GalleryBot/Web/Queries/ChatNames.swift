internal import JSON
internal import Storage

/// What chats and people are called, as far as the bot has met them.
struct ChatNames: Sendable {
    private var names: [Int64: String] = [:]

    init(in connection: any SQLConnection) throws {
        // The later ones are those that are noted more often.
        let sources: [SQL] = [
            "SELECT user_id AS id, name FROM gallery_members WHERE name IS NOT NULL",
            "SELECT chat_id AS id, title AS name FROM gallery_allowed_chats",
            "SELECT chat_id AS id, title AS name FROM gallery_chats WHERE title IS NOT NULL",
            "SELECT user_id AS id, name FROM gallery_people WHERE name IS NOT NULL",
        ]
        for source in sources {
            for row in try connection.query(source) { names[try row.get("id")] = try row.get("name") }
        }
    }

    /// The name; nil where it is not known.
    subscript(id: Int64) -> String? { names[id] }

    /// Number, name and kind; private chats have the numbers of people, which are above zero.
    func json(of id: Int64) -> JSONValue {
        [
            "id": .integer(id), "name": names[id].map(JSONValue.string) ?? .null,
            "kind": id > 0 ? "private" : "group",
        ]
    }
}
