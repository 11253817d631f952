internal import JSON
internal import Storage

/// The galleries whose photos people like most, and least.
struct GalleriesQuery: Sendable {
    static let limit = 6

    func json(in connection: any SQLConnection) throws -> JSONValue {
        [
            "liked": try list(where: "up > down", order: "up - down DESC, up DESC, name", in: connection),
            "disliked": try list(where: "down > up", order: "down - up DESC, down DESC, name", in: connection),
        ]
    }

    private func list(where condition: String, order: String, in connection: any SQLConnection) throws -> JSONValue {
        let rows = try connection.query(
            """
            SELECT name, up, down FROM (
                SELECT MAX(known.gallery_name) AS name,
                    SUM(CASE WHEN votes.value > 0 THEN 1 ELSE 0 END) AS up,
                    SUM(CASE WHEN votes.value < 0 THEN 1 ELSE 0 END) AS down
                FROM votes JOIN gallery_photos AS known ON known.number = votes.photo_number
                WHERE known.gallery_id IS NOT NULL
                GROUP BY known.library, known.gallery_id
            ) AS tally WHERE \(raw: condition) ORDER BY \(raw: order) LIMIT \(Self.limit)
            """)
        return .array(
            try rows.map { row in
                [
                    "name": .text(try row.get("name")), "up": .integer(try row.get("up")),
                    "down": .integer(try row.get("down")),
                ]
            })
    }
}
