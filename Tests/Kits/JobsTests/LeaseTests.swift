import Storage
import Support
import Synchronization
import Testing

@testable import Jobs

@Suite(.timeLimit(.minutes(2))) struct LeaseTests {
    /// Claims by hand, as a runner does that then dies.
    private func claim(_ world: World, owner: String = "dead") async throws -> JobRecord {
        let lease = Lease(owner: owner, until: world.time.now.adding(.seconds(60)))
        let now = world.time.now
        let room = RunnerState.Room(total: 1, kinds: ["note": 1])
        let jobs = try await world.database.write {
            try JobStore($0).claim(room, queues: ["default"], lease: lease, now: now)
        }
        return try #require(jobs.first)
    }

    private func context(_ job: JobRecord, _ world: World) -> JobContext {
        JobContext(job: job, database: world.database, time: world.time)
    }

    @Test func `what a dead runner has begun comes back when its lease is over, and its late end is refused`()
        async throws
    {
        try await World.run { world in
            try await world.database.execute("CREATE TABLE results (text TEXT)")
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            let late = context(try await claim(world), world)
            try await late.save("half")

            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .zero, jitter: 0))) { _, context in
                let saved = try context.savedState(as: String.self)
                try await context.complete { try $0.execute("INSERT INTO results (text) VALUES (\(saved))") }
                return .done
            }
            try await world.with(world.runner(handlers)) {
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(59))
                await world.time.waitForSleepers(1)
                #expect(world.events.all.isEmpty)
                world.time.advance(by: .seconds(15))
                await world.events.wait(for: "completed")
            }
            await #expect(throws: JobLeaseLost(id: id)) {
                try await late.complete { try $0.execute("INSERT INTO results (text) VALUES ('late')") }
            }
            await #expect(throws: JobLeaseLost(id: id)) { try await late.save("later") }
            await #expect(throws: JobLeaseLost(id: id)) {
                try await late.write { try $0.execute("INSERT INTO results (text) VALUES ('late')") }
            }
            let results = try await world.database.read { try $0.values("SELECT text FROM results", as: String.self) }
            #expect(results == ["\"half\""] || results == ["half"])
            #expect(try await world.queue.find(id)?.attempt == 2)
        }
    }

    @Test func `while another run has the job the earlier one can end or save nothing`() async throws {
        try await World.run { world in
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            let early = context(try await claim(world), world)
            try await world.database.write { connection in
                let store = JobStore(connection)
                let now = world.time.now.adding(.seconds(61))
                let expired = try store.expired(
                    kinds: ["note"], now: now, horizon: now.adding(.seconds(1000)), limit: 1)
                var random = SeededRandom(seed: 1)
                let change = JobLifecycle(backoff: Backoff(first: .zero, jitter: 0))
                    .change(of: try #require(expired.first), by: .leaseExpired, now: now, random: &random)
                #expect(try store.finish(try #require(expired.first), change, now: now))
            }
            world.time.advance(by: .seconds(61))
            let late = context(try await claim(world, owner: "other"), world)

            await #expect(throws: JobLeaseLost(id: id)) { try await early.complete { _ in } }
            await #expect(throws: JobLeaseLost(id: id)) { try await early.save("early") }
            await #expect(throws: JobLeaseLost(id: id)) { try await early.write { _ in } }
            #expect(try await world.state(of: id) == .running)
            try await late.complete { _ in }
            #expect(try await world.state(of: id) == .completed)
        }
    }

    @Test func `a long run keeps its lease by heartbeats`() async throws {
        try await World.run { world in
            let permission = Shutdown()
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(deadline: .seconds(100_000))) { _, _ in
                await permission.wait()
                return .done
            }
            let id = try await world.queue.enqueue(Note(text: "a"))
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "started")
                for _ in 0..<20 {
                    await world.time.waitForSleepers(1)
                    world.time.advance(by: .seconds(16))
                }
                await world.time.waitForSleepers(1)
                permission.trigger()
                await world.events.wait(for: "completed")
            }
            #expect(world.events.all.map(\.change.label) == ["started", "completed"])
            #expect(try await world.queue.find(try #require(id))?.attempt == 1)
        }
    }

    @Test func `a runner of the same name takes up at once what it left behind`() async throws {
        try await World.run { world in
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            _ = try await claim(world, owner: "main")
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .zero, jitter: 0))) { _, _ in .done }
            try await world.with(world.runner(handlers) { $0.owner = "main" }) {
                await world.events.wait(for: "completed")
            }
            #expect(try await world.state(of: id) == .completed)
        }
    }

    @Test func `a clock set far back does not keep a dead runner's lease for ever`() async throws {
        try await World.run { world in
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            _ = try await claim(world)
            world.time.setWallClock(world.time.now - .seconds(30 * 24 * 3600))
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .zero, jitter: 0))) { _, _ in .done }
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "completed") }
            #expect(try await world.state(of: id) == .completed)
        }
    }

    @Test func `a job that was to run at once does so also after the clock was set back`() async throws {
        try await World.run { world in
            let id = try await world.queue.enqueue(Note(text: "a"))
            let later = try await world.queue.enqueue(
                Note(text: "b"), JobOptions(at: world.time.now.adding(.seconds(1))))
            world.time.setWallClock(world.time.now - .seconds(6 * 3600))
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in .done }
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "completed") }
            #expect(try await world.state(of: id) == .completed)
            #expect(try await world.state(of: later) == .scheduled, "its time is a wish, and has not come")
        }
    }

    @Test(arguments: [
        JobOutcome.snooze(.seconds(5)), .retry(after: .seconds(5), reason: "x"), .retry(reason: "x"),
    ])
    func `a delay is as long as it should be also after the clock was set back`(outcome: JobOutcome) async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            let policy = JobPolicy(backoff: Backoff(first: .seconds(5), jitter: 0))
            handlers.on(Note.self, policy: policy) { job, context in
                context.attempt + context.snoozes == 1 && job.text == "delayed" ? outcome : .done
            }
            let id = try #require(try await world.queue.enqueue(Note(text: "delayed")))
            let wish = JobOptions(at: world.time.now.adding(.seconds(60)))
            let later = try await world.queue.enqueue(Note(text: "at a time"), wish)
            try await world.with(world.runner(handlers)) {
                await world.events.wait { $0.contains { $0.change.label == "snoozed" || $0.change.label == "retried" } }
                await world.time.waitForSleepers(1)
                world.time.setWallClock(world.time.now - .seconds(6 * 3600))
                // The next look is a heartbeat later, the run five seconds after that.
                for second in 0..<20 {
                    // Nothing is known to run before that look.
                    if second < 15 { #expect(world.events.all.count { $0.change == .started } == 1) }
                    world.time.advance(by: .seconds(1))
                    await world.time.waitForSleepers(1)
                }
                await world.events.wait(for: "completed")
            }
            #expect(try await world.state(of: id) == .completed)
            #expect(try await world.state(of: later) == .scheduled, "its time is a wish, and has not come")
        }
    }

    @Test func `a clock set forward does not cost a runner its own leases`() async throws {
        try await World.run { world in
            let permission = Shutdown()
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in
                await permission.wait()
                return .done
            }
            try await world.queue.enqueue(Note(text: "a"))
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "started")
                await world.time.waitForSleepers(1)
                world.time.setWallClock(world.time.now.adding(.seconds(7 * 24 * 3600)))
                world.time.advance(by: .seconds(16))
                await world.time.waitForSleepers(1)
                permission.trigger()
                await world.events.wait(for: "completed")
            }
            #expect(world.events.all.map(\.change.label) == ["started", "completed"])
        }
    }

    @Test func `two runners on one database do each job once`() async throws {
        try await World.run { world in
            try await world.database.execute("CREATE TABLE results (number BIGINT NOT NULL)")
            try await world.database.write { connection in
                for number in 0..<500 { try world.queue.enqueue(Other(number: number), in: connection) }
            }
            var handlers = JobHandlers()
            handlers.on(Other.self, policy: JobPolicy(concurrency: 16)) { job, context in
                try await context.complete { try $0.execute("INSERT INTO results (number) VALUES (\(job.number))") }
                return .done
            }
            let first = world.runner(handlers)
            let second = world.runner(handlers)
            try await world.with(first) {
                try await world.with(second) { await world.events.wait(for: "completed", count: 500) }
            }
            let numbers = try await world.database.read { try $0.values("SELECT number FROM results", as: Int.self) }
            #expect(numbers.count == 500)
            #expect(Set(numbers).count == 500)
            #expect(world.events.all.count { $0.change == .started } == 500)
        }
    }

    @Test func `ten thousand jobs are drained`() async throws {
        try await World.run { world in
            try await world.database.write { connection in
                for number in 0..<10_000 { try world.queue.enqueue(Other(number: number), in: connection) }
            }
            let sum = Mutex(0)
            var handlers = JobHandlers()
            handlers.on(Other.self, policy: JobPolicy(concurrency: 256)) { job, _ in
                sum.withLock { $0 += job.number }
                return .done
            }
            let count = Mutex(0)
            let done = Shutdown()
            var configuration = JobRunner.Configuration()
            configuration.concurrency = 256
            let runner = JobRunner(world.queue, handlers: handlers, configuration: configuration) { event in
                guard event.change == .completed else { return }
                if count.withLock({
                    $0 += 1; return $0 == 10_000
                }) {
                    done.trigger()
                }
            }
            try await world.with(runner) { await done.wait() }
            #expect(sum.withLock { $0 } == 49_995_000)
            #expect(try await world.queue.statistics().count(.completed) == 10_000)
        }
    }
}
