internal import JSON
internal import Storage
internal import Support

/// One list of an export: which rows of the tables it has, and how each is written.
struct ExportSection: Sendable {
    /// How a column's value is written.
    enum Form: Sendable {
        case plain
        /// A moment, as ISO 8601 in UTC.
        case time
        /// 0 or 1, as false or true.
        case flag
        /// JSON that is stored as text.
        case json
        /// 1 or -1, as `up` or `down`.
        case vote
    }

    /// The key in the file.
    var name: String
    /// The columns in the order of the query, after the one by which it goes on.
    var columns: [(name: String, form: Form)]
    /// Rows after a place, in order, the place first.
    var query: @Sendable (_ person: Int64, _ after: Int64, _ limit: Int) -> SQL

    /// A row as an object; what is null is left out.
    func object(_ row: Row) -> JSONValue {
        var object = JSONObject()
        for (index, column) in columns.enumerated() {
            guard let value = Self.value(row.values[index + 1], column.form) else { continue }
            object[column.name] = value
        }
        return .object(object)
    }

    private static func value(_ value: SQLValue, _ form: Form) -> JSONValue? {
        switch (value, form) {
        case (.null, _): nil
        case (.integer(let number), .time):
            .string(Timestamp(microseconds: number).iso8601(milliseconds: false))
        case (.integer(let number), .flag): .bool(number != 0)
        case (.integer(let number), .vote): .string(number > 0 ? "up" : "down")
        case (.integer(let number), _): .integer(number)
        case (.real(let number), _): .number(number)
        case (.text(let text), .json): parsed(text)
        case (.text(let text), _): .string(text)
        case (.blob, _): nil
        }
    }

    private static func parsed(_ text: String) -> JSONValue {
        // What cannot be read as JSON is given as it stands: it is the person's all the same.
        do throws(JSONError) { return try JSONValue(parsing: text) } catch { return .string(text) }
    }
}

extension ExportSection {
    /// Everything that is kept of a person.
    static let all: [ExportSection] = [
        ExportSection(
            name: "votes",
            columns: [
                ("library", .plain), ("photo", .plain), ("title", .plain), ("file", .plain), ("gallery", .plain),
                ("vote", .vote), ("voted_at", .time), ("chat", .plain),
            ]
        ) { person, after, limit in
            """
            SELECT v.photo_number, p.library, p.photo_id, p.title, p.file_name, p.gallery_name, v.value, v.voted_at,
                v.chat_id
            FROM votes v LEFT JOIN gallery_photos p ON p.number = v.photo_number
            WHERE v.user_id = \(person) AND v.photo_number > \(after) ORDER BY v.photo_number LIMIT \(limit)
            """
        },
        ExportSection(
            name: "history",
            columns: [
                ("photo", .plain), ("title", .plain), ("sent_at", .time), ("chat", .plain), ("source", .plain),
                ("round", .plain),
            ]
        ) { person, after, limit in
            """
            SELECT id, image_id, title, sent_at, chat_id, source, round FROM sent_photos
            WHERE (chat_id = \(person) OR user_id = \(person)) AND id > \(after) ORDER BY id LIMIT \(limit)
            """
        },
        ExportSection(
            name: "hidden_galleries", columns: [("gallery", .plain), ("name", .plain), ("hidden_at", .time)]
        ) { person, after, limit in
            """
            SELECT rowid, gallery_id, name, excluded_at FROM gallery_exclusions
            WHERE scope_id = \(person) AND rowid > \(after) ORDER BY rowid LIMIT \(limit)
            """
        },
        ExportSection(
            name: "schedules",
            columns: [
                ("cron", .plain), ("phrase", .plain), ("zone", .plain), ("filter", .json), ("count", .plain),
                ("silent", .flag), ("paused", .flag), ("last_run", .time), ("created_at", .time),
            ]
        ) { person, after, limit in
            """
            SELECT id, cron, phrase, zone, filter, count, silent, paused, last_run, created_at FROM gallery_schedules
            WHERE chat_id = \(person) AND id > \(after) ORDER BY id LIMIT \(limit)
            """
        },
        ExportSection(
            name: "settings",
            columns: [
                ("zone", .plain), ("spoiler", .flag), ("protected", .flag), ("silent", .flag),
                ("quiet_from_minute", .plain), ("quiet_until_minute", .plain), ("paused_until", .time),
                ("unreachable", .plain), ("updated_at", .time),
            ]
        ) { person, after, limit in
            """
            SELECT rowid, zone, spoiler, protected, silent, quiet_from, quiet_until, paused_until, unreachable,
                updated_at
            FROM gallery_chats WHERE chat_id = \(person) AND rowid > \(after) ORDER BY rowid LIMIT \(limit)
            """
        },
        ExportSection(
            name: "membership",
            columns: [
                ("name", .plain), ("username", .plain), ("status", .plain), ("since", .time), ("added_by", .plain),
                ("invitation", .plain),
            ]
        ) { person, after, limit in
            """
            SELECT rowid, name, username, status, since, added_by, invitation FROM gallery_members
            WHERE user_id = \(person) AND rowid > \(after) ORDER BY rowid LIMIT \(limit)
            """
        },
        ExportSection(
            name: "person",
            columns: [("language", .plain), ("name", .plain), ("username", .plain), ("seen_at", .time)]
        ) { person, after, limit in
            """
            SELECT rowid, language, name, username, seen_at FROM gallery_people
            WHERE user_id = \(person) AND rowid > \(after) ORDER BY rowid LIMIT \(limit)
            """
        },
    ]
}
