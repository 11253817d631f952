internal import FoundationEssentials
internal import Storage
internal import Support
internal import TelegramAPI

/// A schedule that somebody made in a chat.
struct ChatSchedule: Equatable, Sendable {
    var id: Int64
    var chat: ChatID
    /// Whose language its photos speak in a group.
    var createdBy: UserID?
    /// One or more cron expressions, see `CronTimetable`.
    var cron: String
    /// The times as a person may write them again, see `ScheduleTimes.phrase`.
    var phrase: String
    var zone: String
    var filter: PhotoFilter
    /// Photos at once.
    var count: Int
    var isSilent: Bool
    var isPaused: Bool
    /// When it last brought something, or was about to.
    var lastRun: Timestamp?
    var createdAt: Timestamp

    /// The times; nil only where a later version has stored what this one cannot read.
    var times: ScheduleTimes? {
        do throws(ScheduleFault) {
            return try SchedulePhrase(parsing: phrase).times
        } catch {
            return nil
        }
    }
}

/// The table `gallery_schedules`: when photos come to which chat, and which.
struct ChatSchedules: Sendable {
    /// Schedules in one chat at most.
    static let limit = 10

    static let migrations = [
        Migration(
            "create gallery_schedules",
            """
            CREATE TABLE gallery_schedules (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                chat_id BIGINT NOT NULL,
                created_by BIGINT,
                cron TEXT NOT NULL,
                phrase TEXT NOT NULL,
                zone TEXT NOT NULL,
                filter TEXT NOT NULL DEFAULT '{}',
                count BIGINT NOT NULL DEFAULT 1,
                silent BIGINT NOT NULL DEFAULT 0,
                paused BIGINT NOT NULL DEFAULT 0,
                last_run BIGINT,
                created_at BIGINT NOT NULL
            );
            CREATE INDEX idx_gallery_schedules_chat ON gallery_schedules (chat_id, id);
            """)
    ]

    /// A chat's schedules, oldest first.
    func all(of chat: ChatID, in connection: any SQLConnection) throws -> [ChatSchedule] {
        try connection.query("SELECT * FROM gallery_schedules WHERE chat_id = \(chat.rawValue) ORDER BY id")
            .map(Self.read)
    }

    /// Everybody's schedules.
    func all(in connection: any SQLConnection) throws -> [ChatSchedule] {
        try connection.query("SELECT * FROM gallery_schedules ORDER BY chat_id, id").map(Self.read)
    }

    /// A schedule by its number; nil where it was deleted.
    func find(_ id: Int64, in connection: any SQLConnection) throws -> ChatSchedule? {
        try connection.one("SELECT * FROM gallery_schedules WHERE id = \(id)").map(Self.read)
    }

    /// Stores a schedule and gives it with its number.
    func insert(_ schedule: ChatSchedule, in connection: any SQLConnection) throws -> ChatSchedule {
        let row = try connection.one(
            """
            INSERT INTO gallery_schedules (chat_id, created_by, cron, phrase, zone, filter, count, silent, paused,
                created_at)
            VALUES (\(schedule.chat.rawValue), \(schedule.createdBy?.rawValue), \(schedule.cron), \(schedule.phrase),
                \(schedule.zone), \(Self.text(of: schedule.filter)), \(schedule.count), \(schedule.isSilent),
                \(schedule.isPaused), \(schedule.createdAt))
            RETURNING id
            """)
        var stored = schedule
        if let row { stored.id = try row.get("id") }
        return stored
    }

    /// Changes what can be changed about a schedule.
    func update(_ schedule: ChatSchedule, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE gallery_schedules SET chat_id = \(schedule.chat.rawValue), zone = \(schedule.zone),
                silent = \(schedule.isSilent), paused = \(schedule.isPaused), last_run = \(schedule.lastRun)
            WHERE id = \(schedule.id)
            """)
    }

    /// Deletes a schedule.
    func remove(_ id: Int64, in connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM gallery_schedules WHERE id = \(id)")
    }

    private static func text(of filter: PhotoFilter) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(filter), as: UTF8.self)
    }

    private static func read(_ row: Row) throws -> ChatSchedule {
        let filter: String = try row.get("filter")
        return ChatSchedule(
            id: try row.get("id"), chat: ChatID(try row.get("chat_id", as: Int64.self)),
            createdBy: try row.get("created_by", as: Int64?.self).map { UserID($0) }, cron: try row.get("cron"),
            phrase: try row.get("phrase"), zone: try row.get("zone"),
            filter: filter == "{}"
                ? .none : try JSONDecoder().decode(PhotoFilter.self, from: Data(filter.utf8)),
            count: try row.get("count"), isSilent: try row.get("silent"), isPaused: try row.get("paused"),
            lastRun: try row.get("last_run"), createdAt: try row.get("created_at"))
    }
}
