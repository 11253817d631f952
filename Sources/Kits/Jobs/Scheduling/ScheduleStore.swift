import Storage
import Support

/// The statements on the table of schedules.
struct ScheduleStore {
    private let connection: any SQLConnection

    init(_ connection: any SQLConnection) { self.connection = connection }

    func find(_ name: String) throws -> Schedule? {
        try connection.one("SELECT * FROM schedules WHERE name = \(name)").map(Schedule.init)
    }

    func all() throws -> [Schedule] {
        try connection.query("SELECT * FROM schedules ORDER BY name").map(Schedule.init)
    }

    /// The schedules to be looked at: those whose time has come, and those a clock set back has left far ahead.
    func due(now: Timestamp) throws -> [Schedule] {
        try connection.query(
            """
            SELECT * FROM schedules
            WHERE enabled = 1 AND (next_run <= \(now) OR last_run - grace > \(now)) ORDER BY next_run, name
            """
        ).map(Schedule.init)
    }

    func put(
        name: String, cron: String, zone: String, kind: String, arguments: String, grace: Duration, isEnabled: Bool,
        nextRun: Timestamp?
    ) throws -> Schedule {
        let row = try connection.one(
            """
            INSERT INTO schedules (name, cron, zone, kind, args, enabled, grace, next_run)
            VALUES (\(name), \(cron), \(zone), \(kind), \(arguments), \(isEnabled), \(grace.wholeMicroseconds), \(nextRun))
            ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, kind = excluded.kind,
                args = excluded.args, enabled = excluded.enabled, grace = excluded.grace, next_run = excluded.next_run
            RETURNING *
            """)
        guard let row else { throw StorageError(.mismatch, "a stored schedule did not come back") }
        return try Schedule(row)
    }

    func remove(_ name: String) throws -> Bool {
        try connection.execute("DELETE FROM schedules WHERE name = \(name)") > 0
    }

    func setEnabled(_ name: String, _ isEnabled: Bool, nextRun: Timestamp?) throws -> Bool {
        try connection.execute(
            "UPDATE schedules SET enabled = \(isEnabled), next_run = \(nextRun) WHERE name = \(name)") > 0
    }

    /// Moves a schedule on; false where somebody else has done so.
    func advance(_ schedule: Schedule, to nextRun: Timestamp?, lastRun: Timestamp?) throws -> Bool {
        try connection.execute(
            """
            UPDATE schedules SET next_run = \(nextRun), last_run = \(lastRun)
            WHERE name = \(schedule.name) AND next_run = \(schedule.nextRun)
            """) > 0
    }
}

extension Duration {
    /// Whole microseconds, as instants are stored.
    var wholeMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
