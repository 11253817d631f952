import Support

/// When a schedule makes a job; pure.
struct ScheduleRule {
    struct Decision: Equatable {
        /// The time for which a job is to be made now; nil for none.
        var due: Timestamp?
        var nextRun: Timestamp?
    }

    var cron: CronTimetable
    var zone: TimeZoneRules
    var grace: Duration

    /// The decision at `now`, for a schedule that waits for `nextRun` and has made its last job for `lastRun`.
    ///
    /// However many times were missed, one job is made, for the latest of them, if that is not longer
    /// ago than the grace. A clock set back a little makes nothing twice; one set back further than the
    /// grace (it was wrong before) starts afresh from now.
    func decision(nextRun: Timestamp, lastRun: Timestamp?, now: Timestamp) -> Decision {
        if let lastRun, lastRun.since(now) > grace {
            return Decision(due: nil, nextRun: cron.next(after: now, in: zone))
        }
        guard nextRun <= now else { return Decision(due: nil, nextRun: nextRun) }
        let next = cron.next(after: now, in: zone)
        guard let due = latest(from: nextRun, to: now) else { return Decision(due: nil, nextRun: next) }
        return Decision(due: due, nextRun: next)
    }

    /// The latest time of the schedule that is neither after `now` nor before the grace or `first`.
    private func latest(from first: Timestamp, to now: Timestamp) -> Timestamp? {
        let earliest = max(first, now - grace)
        // Looking back step by step finds it in few steps, also for a schedule of every minute.
        var span: Duration = .seconds(120)
        while true {
            let start = max(earliest, now - span)
            var found: Timestamp?
            var moment = start - .microseconds(1)
            while let next = cron.next(after: moment, in: zone), next <= now {
                found = next
                moment = next
            }
            if found != nil || start == earliest { return found }
            span = span * 4
        }
    }
}
