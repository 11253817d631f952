package import Jobs
import Storage
package import Support
import TelegramAPI

/// What a replay has found.
package struct ReplayReport: Sendable {
    /// An update that leads to other calls than it did.
    package struct Difference: Sendable {
        /// The update's number.
        package let update: Int64
        /// The update, and when it came; nil for one from before the recording, which has left a job.
        package let arrival: Recording.Arrival?
        /// What is different.
        package let changes: [CallChange]
    }

    /// Calls that the recording has, and calls that were made now.
    package struct Count: Sendable, Equatable {
        /// The recording has so many.
        package let recorded: Int
        /// So many were made now.
        package let made: Int

        init(_ recorded: [RecordedCall], _ made: [RecordedCall], where fits: (RecordedCall) -> Bool) {
            self.recorded = recorded.count(where: fits)
            self.made = made.count(where: fits)
        }
    }

    /// Updates that were replayed.
    package let updates: Int
    /// Calls that were compared.
    package let calls: Count
    /// Those of them that jobs have made.
    package let jobCalls: Count
    /// Calls of schedules and of the start, which belong to no update, and those of jobs that were left alone.
    package let otherCalls: Count
    /// The updates that lead to other calls.
    package let differences: [Difference]

    /// Compares; the calls of jobs count to their updates only where jobs were run.
    init(_ recording: Recording, made: [RecordedCall], ranJobs: Bool) {
        let isOfUpdate = { (call: RecordedCall) in call.trace != nil && (ranJobs || call.job == nil) }
        let recorded = recording.calls
        let made = made.filter(recording.isWanted)
        updates = recording.updates.count
        calls = Count(recorded, made, where: isOfUpdate)
        jobCalls = Count(recorded, made) { isOfUpdate($0) && $0.job != nil }
        otherCalls = Count(recorded, made) { !isOfUpdate($0) }
        let before = Dictionary(grouping: recorded.filter(isOfUpdate)) { $0.trace?.update ?? 0 }
        let after = Dictionary(grouping: made.filter(isOfUpdate)) { $0.trace?.update ?? 0 }
        let arrivals = recording.updates.map { (number: Int64($0.update.updateID), arrival: $0) }
        let known = Set(arrivals.map(\.number))
        let earlier = Set(before.keys).union(after.keys).subtracting(known).sorted()
        differences = (earlier.map { ($0, nil) } + arrivals.map { ($0.number, $0.arrival) }).compactMap {
            (number: Int64, arrival: Recording.Arrival?) -> Difference? in
            let changes = ReplayComparison.changes(recorded: before[number] ?? [], made: after[number] ?? [])
            return changes.isEmpty ? nil : Difference(update: number, arrival: arrival, changes: changes)
        }
    }
}

extension Bot {
    /// Handles the updates of a recording one after the other, by a clock that shows when they came, and compares.
    ///
    /// The bot must have been made with this `telegram` as its stand-in and with this clock, and must not run. While
    /// something sleeps by the clock it goes ten times as fast as the real one, so that pauses pass.
    ///
    /// - Parameter jobs: The runner of the bot's jobs, on the same clock, which must not run either: it does them one
    ///   after the other, each when it is due. Without one, and with a recording that does not tell which update a
    ///   job comes from, jobs are left alone.
    package func replay(
        _ recording: Recording, telegram: ReplayTelegram, time: ManualTime, jobs: JobRunner? = nil
    ) async throws -> ReplayReport {
        try await prepare()
        core.introduce(recording.identity)
        // The copy of the database may know updates already that are to come now.
        let bot = core.bot
        try await core.database.execute("DELETE FROM bot_updates WHERE bot = \(bot)")
        let intake = Intake(core: core)
        let jobs = recording.tracesJobs ? jobs : nil
        let clock = ReplayClock(time: time, intake: intake, jobs: jobs)
        try await jobs?.prepareSteps()
        try await clock.settle()
        for arrival in recording.updates {
            try await clock.pass(to: arrival.time)
            try await intake.take([arrival.update])
            try await clock.settle()
        }
        try await clock.pass(to: recording.end)
        // Where a handler took longer by this clock than it did, its jobs come later than they did.
        let late = max(time.now, recording.end).adding(.seconds(10))
        while jobs != nil, telegram.awaitsJobs, try await clock.step(to: late) {}
        // Albums wait for parts that do not come.
        if intake.count > 0 { try await clock.pass(to: time.now.adding(core.configuration.albumPause * 4)) }
        await intake.close()
        return ReplayReport(recording, made: telegram.calls, ranJobs: jobs != nil)
    }
}
