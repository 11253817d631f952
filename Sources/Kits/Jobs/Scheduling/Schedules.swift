public import Storage
public import Support

/// The stored schedules, by name.
public struct Schedules: Sendable {
    private let queue: JobQueue

    /// The schedules that make jobs of this queue.
    public init(_ queue: JobQueue) { self.queue = queue }

    /// Stores a schedule, or changes the one of that name, inside the caller's transaction.
    ///
    /// The times may be several expressions, see `CronTimetable`. A change of them counts from now; one of the job alone leaves the next run where it is.
    ///
    /// - Throws: `CronError` or `TimeZoneError` where the times cannot be read.
    @discardableResult
    public func put<J: Job>(
        _ name: String, cron: String, zone: String = "UTC", job: J, grace: Duration = .seconds(3600),
        isEnabled: Bool = true, in connection: any SQLConnection
    ) throws -> Schedule {
        let expression = try CronTimetable(cron)
        let rules = try TimeZoneRules.named(zone)
        let store = ScheduleStore(connection)
        let known = try store.find(name)
        let isSame = known?.cron == expression.text && known?.zone == zone && known?.isEnabled == isEnabled
        let next = expression.next(after: queue.time.now, in: rules)
        return try store.put(
            name: name, cron: expression.text, zone: zone, kind: J.kind, arguments: JobCoding.encode(job), grace: grace,
            isEnabled: isEnabled, nextRun: isSame ? known?.nextRun : next)
    }

    /// Stores or changes a schedule in a transaction of its own.
    @discardableResult
    public func put<J: Job>(
        _ name: String, cron: String, zone: String = "UTC", job: J, grace: Duration = .seconds(3600),
        isEnabled: Bool = true
    ) async throws -> Schedule {
        try await queue.database.write {
            try put(name, cron: cron, zone: zone, job: job, grace: grace, isEnabled: isEnabled, in: $0)
        }
    }

    /// Removes a schedule; false where there is none of that name.
    @discardableResult
    public func remove(_ name: String, in connection: any SQLConnection) throws -> Bool {
        try ScheduleStore(connection).remove(name)
    }

    /// Stops or restarts a schedule, or tells that there is none of that name.
    ///
    /// Restarted, it goes on from now.
    @discardableResult
    public func setEnabled(_ name: String, _ isEnabled: Bool, in connection: any SQLConnection) throws -> Bool {
        let store = ScheduleStore(connection)
        guard let schedule = try store.find(name) else { return false }
        let next = try CronTimetable(schedule.cron).next(after: queue.time.now, in: .named(schedule.zone))
        return try store.setEnabled(name, isEnabled, nextRun: next)
    }

    /// All schedules, by name.
    public func all() async throws -> [Schedule] {
        try await queue.database.read { try ScheduleStore($0).all() }
    }

    /// The schedule of a name.
    public func find(_ name: String) async throws -> Schedule? {
        try await queue.database.read { try ScheduleStore($0).find(name) }
    }

    /// The next times at which a schedule would make jobs.
    public func upcoming(_ count: Int, of schedule: Schedule) throws -> [Timestamp] {
        guard schedule.isEnabled else { return [] }
        return try CronTimetable(schedule.cron).upcoming(
            count, after: queue.time.now, in: .named(schedule.zone))
    }
}
