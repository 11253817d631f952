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
        let row = try connection.one(
            """
            SELECT COUNT(*) AS total, COUNT(DISTINCT chat_id) AS chats,
                COALESCE(SUM(CASE WHEN sent_at >= \(today) THEN 1 ELSE 0 END), 0) AS today,
                COALESCE(SUM(CASE WHEN sent_at >= \(week) THEN 1 ELSE 0 END), 0) AS week
            FROM sent_photos
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
            SELECT sent.chat_id, sent.round, COUNT(DISTINCT sent.image_id) AS shown, MAX(sent.sent_at) AS last
            FROM sent_photos AS sent
            JOIN (SELECT chat_id, MAX(round) AS round FROM sent_photos GROUP BY chat_id) AS newest
                ON newest.chat_id = sent.chat_id AND newest.round = sent.round
            GROUP BY sent.chat_id, sent.round ORDER BY last DESC LIMIT 12
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
