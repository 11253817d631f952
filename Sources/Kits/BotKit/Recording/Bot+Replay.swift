import Storage
package import Support
import TelegramAPI

/// What a replay has found.
package struct ReplayReport: Sendable {
    /// An update that leads to other calls than it did.
    package struct Difference: Sendable {
        /// The update, and when it came.
        package let arrival: Recording.Arrival
        /// What is different.
        package let changes: [CallChange]
    }

    /// Updates that were replayed.
    package let updates: Int
    /// Calls that were compared.
    package let calls: Int
    /// Recorded calls of jobs and of the start, which belong to no update and are not compared.
    package let otherCalls: Int
    /// The updates that lead to other calls.
    package let differences: [Difference]
}

extension Bot {
    /// Handles the updates of a recording one after the other, by a clock that shows when they came, and compares.
    ///
    /// The bot must have been made with this `telegram` as its stand-in and with this clock, and must not run.
    /// While a handler works the clock goes ten times as fast as the real one, so that pauses pass.
    package func replay(
        _ recording: Recording, telegram: ReplayTelegram, time: ManualTime
    ) async throws -> ReplayReport {
        try await prepare()
        core.introduce(recording.identity)
        // The copy of the database may know updates already that are to come now.
        let bot = core.bot
        try await core.database.execute("DELETE FROM bot_updates WHERE bot = \(bot)")
        let intake = Intake(core: core)
        for arrival in recording.updates {
            time.advance(by: max(.zero, arrival.time.since(time.now)))
            await settle(intake, time)
            try await intake.take([arrival.update])
            await settle(intake, time)
        }
        // Albums wait for parts that do not come.
        time.advance(by: core.configuration.albumPause * 4)
        await settle(intake, time)
        await intake.close()
        let before = Dictionary(grouping: recording.calls.filter { $0.trace != nil }) { $0.trace?.update ?? 0 }
        let after = Dictionary(grouping: telegram.calls.filter { $0.trace != nil }) { $0.trace?.update ?? 0 }
        let differences = recording.updates.compactMap { arrival -> ReplayReport.Difference? in
            let number = Int64(arrival.update.updateID)
            let changes = ReplayComparison.changes(recorded: before[number] ?? [], made: after[number] ?? [])
            return changes.isEmpty ? nil : .init(arrival: arrival, changes: changes)
        }
        let compared = before.values.reduce(0) { $0 + $1.count }
        return ReplayReport(
            updates: recording.updates.count, calls: compared, otherCalls: recording.calls.count - compared,
            differences: differences)
    }

    /// Waits until nothing is handled, and lets the clock go meanwhile.
    private func settle(_ intake: Intake, _ time: ManualTime) async {
        let real = SystemTime()
        var last = real.uptime
        while intake.handling > 0 {
            // Cancelled with the replay, which then has nothing to wait for.
            do { try await real.sleep(for: .milliseconds(1)) } catch { return }
            let now = real.uptime
            time.advance(by: (now - last) * 10)
            last = now
        }
    }
}
