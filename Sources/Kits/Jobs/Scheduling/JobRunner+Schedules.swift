import Storage
import Support

extension JobRunner {
    /// Makes the jobs that are due by schedule; each with its next run in one transaction.
    func fireSchedules() async throws {
        let now = time.now
        let queue = queue
        let faults = try await database.write { connection in
            let store = ScheduleStore(connection)
            var faults: [String] = []
            for schedule in try store.due(now: now) {
                do {
                    try Self.fire(schedule, queue: queue, now: now, connection)
                } catch let error as CronError {
                    faults.append("\(schedule.name): \(error)")
                } catch let error as TimeZoneError {
                    faults.append("\(schedule.name): \(error)")
                }
            }
            return faults
        }
        for fault in faults { logger.error("a schedule cannot be read", ["schedule": "\(fault)"]) }
    }

    private static func fire(
        _ schedule: Schedule, queue: JobQueue, now: Timestamp, _ connection: any SQLConnection
    ) throws {
        guard let nextRun = schedule.nextRun else { return }
        let rule = ScheduleRule(
            cron: try CronTimetable(schedule.cron), zone: try TimeZoneRules.named(schedule.zone), grace: schedule.grace
        )
        let decision = rule.decision(nextRun: nextRun, lastRun: schedule.lastRun, now: now)
        let wasAhead = schedule.lastRun.map { $0.since(now) > schedule.grace } ?? false
        let lastRun = decision.due ?? (wasAhead ? nil : schedule.lastRun)
        let store = ScheduleStore(connection)
        guard try store.advance(schedule, to: decision.nextRun, lastRun: lastRun), let due = decision.due else {
            return
        }
        // While the last job of a schedule is not done, there is no second one beside it.
        let options = JobOptions(uniqueKey: "schedule:\(schedule.name)")
        _ = try queue.enqueue(
            StoredJob(kind: schedule.kind, arguments: schedule.arguments, options: options, scheduledFor: due),
            in: connection)
    }
}
