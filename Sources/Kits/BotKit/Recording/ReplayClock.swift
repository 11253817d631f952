import Jobs
import Support

/// Takes the clock of a replay from one thing that falls due to the next, and waits until each is done.
struct ReplayClock {
    let time: ManualTime
    let intake: Intake
    /// Does the bot's jobs one after the other; nil where they are left alone.
    let jobs: JobRunner?

    /// Lets time pass until a moment.
    func pass(to moment: Timestamp) async throws {
        while try await step(to: moment) {}
    }

    /// Goes on to what falls due next, at most to a moment; false where the clock shows that already.
    func step(to moment: Timestamp) async throws -> Bool {
        var step = moment.since(time.now)
        guard step > .zero else { return false }
        if let wake = time.nextWakeUp { step = min(step, wake) }
        if let due = try await jobs?.nextDue() { step = min(step, due.since(time.now)) }
        time.advance(by: step)
        try await settle()
        return true
    }

    /// Waits until nothing is handled and no job is due.
    ///
    /// The clock stands still meanwhile. Only where something sleeps by it, it goes, ten times as fast as the real one;
    /// and a job takes a millisecond, so that one that is put off by nothing at all does not hold it up.
    func settle() async throws {
        let real = SystemTime()
        var last = real.uptime
        while true {
            if !intake.isBusy, jobs?.isIdle ?? true {
                guard try await jobs?.beginNext() ?? false else { return }
                time.advance(by: .milliseconds(1))
            }
            try await real.sleep(for: .milliseconds(1))
            let now = real.uptime
            let passed = (now - last) * 10
            last = now
            guard let wake = time.nextWakeUp else { continue }
            // What is due has begun before the clock goes on: what sleeps may wait for just that.
            if let jobs, jobs.isIdle, try await jobs.beginNext() { continue }
            time.advance(by: min(passed, wake))
        }
    }
}
