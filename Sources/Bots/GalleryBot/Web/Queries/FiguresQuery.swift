internal import JSON
internal import Storage
internal import Support

/// How much was sent and voted, and how far each chat is in its round.
struct FiguresQuery: Sendable {
    let days: Days

    /// The figures at the top of the page.
    func figures(in connection: any SQLConnection) throws -> JSONValue {
        let today = days.boundaries[days.count - 1]
        let week = days.boundaries[max(0, days.count - 7)]
        // Each on its own is answered by an index, also where millions of photos were sent.
        let row = try connection.one(
            """
            SELECT (SELECT COUNT(*) FROM sent_photos) AS total,
                (SELECT COUNT(*) FROM (SELECT DISTINCT chat_id FROM sent_photos) AS met) AS chats,
                (SELECT COUNT(*) FROM sent_photos WHERE sent_at >= \(today)) AS today,
                (SELECT COUNT(*) FROM sent_photos WHERE sent_at >= \(week)) AS week
            """)
        let votes = try connection.one(
            """
            SELECT COALESCE(SUM(CASE WHEN value > 0 THEN 1 ELSE 0 END), 0) AS up,
                COALESCE(SUM(CASE WHEN value < 0 THEN 1 ELSE 0 END), 0) AS down
            FROM votes
            """)
        func figure(_ name: String, of row: Row?) throws -> JSONValue { .integer(try row?.get(name) ?? 0) }
        return [
            "today": try figure("today", of: row), "week": try figure("week", of: row),
            "all": try figure("total", of: row), "chats": try figure("chats", of: row),
            "up": try figure("up", of: votes), "down": try figure("down", of: votes),
        ]
    }

    /// How many photos of its round each chat has seen, the latest chats first.
    func rounds(in connection: any SQLConnection) throws -> JSONValue {
        let names = try ChatNames(in: connection)
        let rows = try connection.query(
            """
            SELECT newest.chat_id, newest.round,
                (SELECT COUNT(DISTINCT image_id) FROM sent_photos
                    WHERE chat_id = newest.chat_id AND round = newest.round) AS shown
            FROM (
                SELECT met.chat_id, (SELECT MAX(round) FROM sent_photos WHERE chat_id = met.chat_id) AS round,
                    (SELECT MAX(sent_at) FROM sent_photos WHERE chat_id = met.chat_id) AS last
                FROM (SELECT DISTINCT chat_id FROM sent_photos) AS met ORDER BY last DESC LIMIT 12
            ) AS newest ORDER BY newest.last DESC
            """)
        return .array(
            try rows.map { row in
                [
                    "chat": names.json(of: try row.get("chat_id")), "round": .integer(try row.get("round")),
                    "shown": .integer(try row.get("shown")),
                ]
            })
    }
}
