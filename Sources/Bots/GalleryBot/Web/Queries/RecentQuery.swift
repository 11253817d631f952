internal import JSON
internal import Storage
internal import Support

/// The photos that were sent last.
struct RecentQuery: Sendable {
    static let limit = 24

    func json(in connection: any SQLConnection) throws -> JSONValue {
        let names = try ChatNames(in: connection)
        let rows = try connection.query(
            """
            SELECT sent.id, sent.sent_at, sent.chat_id, sent.title, sent.source, known.gallery_name,
                (SELECT COUNT(*) FROM votes WHERE photo_number = sent.photo_number AND value > 0) AS up,
                (SELECT COUNT(*) FROM votes WHERE photo_number = sent.photo_number AND value < 0) AS down
            FROM (SELECT * FROM sent_photos ORDER BY id DESC LIMIT \(Self.limit)) AS sent
            LEFT JOIN gallery_photos AS known ON known.number = sent.photo_number
            ORDER BY sent.id DESC
            """)
        return .array(
            try rows.map { row in
                [
                    "id": .integer(try row.get("id")),
                    "at": .integer(try row.get("sent_at", as: Timestamp.self).seconds),
                    "chat": names.json(of: try row.get("chat_id")), "title": .text(try row.get("title")),
                    "gallery": .text(try row.get("gallery_name")), "source": .text(try row.get("source")),
                    "up": .integer(try row.get("up")), "down": .integer(try row.get("down")),
                ]
            })
    }

    /// The library's identifier of a photo that was sent; nil for a number that stands for none.
    func photoID(of number: Int64, in connection: any SQLConnection) throws -> String? {
        try connection.value("SELECT image_id FROM sent_photos WHERE id = \(number)")
    }
}

extension JSONValue {
    /// A text, or null.
    static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
