import Storage
import Support
import Synchronization
import Testing

@testable import Jobs

/// Jobs that are done one after the other by whoever turns the clock.
@Suite(.timeLimit(.minutes(1))) struct JobStepsTests {
    /// Begins the next job and waits for its end; false where none is due.
    private func step(_ runner: JobRunner, _ events: EventLog) async throws -> Bool {
        let before = events.all.count { $0.change.label != "started" }
        guard try await runner.beginNext() else { return false }
        await events.wait { events in events.count { $0.change.label != "started" } > before }
        // The end is told before the runner has forgotten the run.
        while !runner.isIdle {
            try Task.checkCancellation()
            await Task.yield()
        }
        return true
    }

    @Test func `each step does one job that is due, and tells when the next one is`() async throws {
        try await World.run { world in
            let seen = Mutex<[String]>([])
            var handlers = JobHandlers()
            handlers.on(Note.self) { job, context in
                seen.withLock { $0.append(job.text) }
                return job.text == "twice" && context.snoozes == 0 ? .snooze(.seconds(30)) : .done
            }
            let runner = world.runner(handlers)
            let start = world.time.now
            try await world.queue.enqueue(Note(text: "twice"))
            try await world.queue.enqueue(Note(text: "first"), JobOptions(priority: 1))
            try await world.queue.enqueue(Note(text: "later"), JobOptions(at: start.adding(.seconds(10))))
            try await world.queue.enqueue(Other(number: 1))
            try await Schedules(world.queue).put("minutely", cron: "* * * * *", job: Note(text: "scheduled"))

            for expected in ["first", "twice"] {
                let isDone = try await step(runner, world.events)
                #expect(isDone)
                #expect(seen.withLock { $0.last } == expected)
            }
            for (seconds, text) in [(10, "later"), (30, "twice"), (60, "scheduled"), (120, "scheduled")] {
                let isDone = try await step(runner, world.events)
                #expect(!isDone)
                let due = try await runner.nextDue()
                #expect(due == start.adding(.seconds(seconds)))
                world.time.advance(by: try #require(due).since(world.time.now))
                let isNext = try await step(runner, world.events)
                #expect(isNext)
                #expect(seen.withLock { $0.last } == text)
            }
        }
    }

    @Test func `what an earlier process has left is due at once, or when its lease is over`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .seconds(5), jitter: 0))) { _, _ in .done }
            let own = try #require(try await world.queue.enqueue(Note(text: "own")))
            let other = try #require(try await world.queue.enqueue(Note(text: "other")))
            let until = world.time.now.adding(.seconds(60))
            try await world.database.execute(
                """
                UPDATE jobs SET state = 'running', attempt = 1, lease_token = 1, lease_until = \(until),
                    lease_owner = CASE WHEN id = \(own) THEN 'me' ELSE 'somebody' END
                """)
            let runner = world.runner(handlers) { $0.owner = "me" }
            try await runner.prepareSteps()
            #expect(try await world.state(of: own) == .retryable)
            #expect(try await world.state(of: other) == .running)
            #expect(try await runner.nextDue() == world.time.now.adding(.seconds(5)))
            world.time.advance(by: .seconds(5))
            let isDone = try await step(runner, world.events)
            #expect(isDone)
            #expect(try await world.state(of: own) == .completed)
            #expect(try await runner.nextDue() == until)
            world.time.advance(by: .seconds(55))
            let isTakenBack = try await runner.beginNext()
            #expect(!isTakenBack)
            #expect(try await world.state(of: other) == .retryable)
        }
    }
}
