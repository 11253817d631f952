import Jobs
import Storage
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct JobRunnerTests {
    @Test func `a failed run is repeated after the back-off until it succeeds`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            let policy = JobPolicy(backoff: Backoff(first: .seconds(10), jitter: 0))
            handlers.on(Note.self, policy: policy) { _, context in
                if context.attempt < 3 { throw Trouble(description: "run \(context.attempt)") }
                return .done
            }
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "retried", count: 1)
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(10))
                await world.events.wait(for: "retried", count: 2)
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(20))
                await world.events.wait(for: "completed")
            }
            let job = try #require(try await world.queue.find(id))
            #expect(job.state == .completed)
            #expect(job.errors.map(\.message) == ["run 1", "run 2"])
        }
    }

    struct Careful: JobHandler {
        var policy: JobPolicy { JobPolicy(backoff: Backoff(first: .zero, jitter: 0)) }
        func run(_ job: Note, context: JobContext) async throws -> JobOutcome { throw Trouble(description: "always") }
        func discard(_ job: Note, reason: String, in connection: any SQLConnection) throws {
            try connection.execute("INSERT INTO released (text, reason) VALUES (\(job.text), \(reason))")
        }
    }

    @Test func `after the last attempt it is discarded and its handler told in the same transaction`() async throws {
        try await World.run { world in
            try await world.database.execute("CREATE TABLE released (text TEXT, reason TEXT)")
            var handlers = JobHandlers()
            handlers.add(Careful())
            let id = try await world.queue.enqueue(Note(text: "a"), JobOptions(maxAttempts: 3))
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "discarded") }
            #expect(world.events.all.map(\.change.label).filter { $0 == "started" }.count == 3)
            #expect(try await world.state(of: id) == .discarded)
            let row = try #require(try await world.database.one("SELECT * FROM released"))
            #expect(try row.get("reason") == "always")
        }
    }

    @Test func `a put-off costs no attempt however often`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, context in context.snoozes < 20 ? .snooze(.zero) : .done }
            let id = try #require(try await world.queue.enqueue(Note(text: "a"), JobOptions(maxAttempts: 1)))
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "completed") }
            let job = try #require(try await world.queue.find(id))
            #expect(job.snoozes == 20)
            #expect(job.attempt == 1)
        }
    }

    @Test func `a run that takes too long is cancelled and counts as failed`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(deadline: .seconds(30))) { _, _ in
                try await world.time.sleep(for: .seconds(1000))
                return .done
            }
            let id = try #require(try await world.queue.enqueue(Note(text: "a"), JobOptions(maxAttempts: 1)))
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "started")
                await world.time.waitForSleepers(2)
                world.time.advance(by: .seconds(31))
                await world.events.wait(for: "discarded")
            }
            #expect(try await world.queue.find(id)?.errors.first?.message.contains("longer than") == true)
        }
    }

    @Test func `handlers deaf to their cancellation keep neither their places nor their jobs`() async throws {
        try await World.run { world in
            let permission = Shutdown()
            let runs = Mutex(0)
            var handlers = JobHandlers()
            let policy = JobPolicy(
                concurrency: 2, deadline: .seconds(30), backoff: Backoff(first: .seconds(1), jitter: 0))
            handlers.on(Note.self, policy: policy) { job, context in
                if job.text == "deaf" && context.attempt == 1 {
                    await Task { await permission.wait() }.value
                } else if job.text == "deaf" {
                    runs.withLock { $0 += 1 }
                    try await world.time.sleep(for: .seconds(1000))
                }
                return .done
            }
            let options = JobOptions(maxAttempts: 2)
            for _ in 1...2 { try await world.queue.enqueue(Note(text: "deaf"), options) }
            let unique = JobOptions(at: world.time.now.adding(.seconds(1)), uniqueKey: "next")
            let next = try await world.queue.enqueue(Note(text: "next"), unique)
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "started", count: 2)
                for _ in 0..<59 {
                    await world.time.waitForSleepers(1)
                    world.time.advance(by: .seconds(1))
                }
                await world.time.waitForSleepers(1)
                #expect(!world.events.all.contains { $0.change.label == "retried" }, "they have half a minute to end")
                world.time.advance(by: .seconds(1))
                await world.events.wait(for: "retried", count: 2)
                await world.events.wait(for: "completed", count: 1)
                let nextState = try await world.state(of: next)
                #expect(nextState == .completed, "it waited for a place")
                // Their second runs begin, while the first go on.
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(1))
                await world.events.wait(for: "started", count: 5)
                await world.time.waitForSleepers(3)
                permission.trigger()
                await world.events.wait(for: "lease_lost", count: 2)
                // The late end of a first run leaves the task of the second where its deadline finds it.
                world.time.advance(by: .seconds(31))
                await world.events.wait(for: "discarded", count: 2)
            }
            #expect(runs.withLock(\.self) == 2)
        }
    }

    @Test func `a running job is called off`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in
                try await world.time.sleep(for: .seconds(1000))
                return .done
            }
            let id = try #require(try await world.queue.enqueue(Note(text: "a")))
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "started")
                try await world.database.write { try world.queue.cancel(id, reason: "unwanted", in: $0) }
                await world.time.waitForSleepers(2)
                world.time.advance(by: .seconds(1))
                await world.events.wait(for: "cancelled")
            }
            let job = try #require(try await world.queue.find(id))
            #expect(job.state == .cancelled)
            #expect(job.cancelReason == "unwanted")
        }
    }

    @Test func `a handler's own writes and the completion are one transaction`() async throws {
        try await World.run { world in
            try await world.database.execute("CREATE TABLE results (text TEXT PRIMARY KEY)")
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .zero, jitter: 0))) { job, context in
                try await context.complete { connection in
                    try connection.execute("INSERT INTO results (text) VALUES (\("\(job.text)\(context.attempt)"))")
                    if context.attempt == 1 { throw Trouble(description: "after the write") }
                }
                return .done
            }
            let id = try await world.queue.enqueue(Note(text: "a"))
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "completed") }
            #expect(try await world.state(of: id) == .completed)
            let results = try await world.database.read { try $0.values("SELECT text FROM results", as: String.self) }
            #expect(results == ["a2"])
        }
    }

    @Test func `a kind runs no more at once than it may, and others go on beside it`() async throws {
        try await World.run { world in
            let counts = Mutex((running: 0, most: 0))
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(concurrency: 2)) { _, _ in
                counts.withLock {
                    $0.running += 1
                    $0.most = max($0.most, $0.running)
                }
                for _ in 0..<20 { await Task.yield() }
                counts.withLock { $0.running -= 1 }
                return .done
            }
            handlers.on(Other.self) { _, _ in .done }
            for index in 0..<40 { try await world.queue.enqueue(Note(text: "\(index)")) }
            try await world.queue.enqueue(Other(number: 1))
            try await world.with(world.runner(handlers) { $0.concurrency = 4 }) {
                await world.events.wait(for: "completed", count: 41)
            }
            #expect(counts.withLock { $0.most } == 2)
            let other = world.events.all.firstIndex { $0.kind == "other" && $0.change == .completed }
            #expect(try #require(other) < 40)
        }
    }

    @Test func `a stop lets a run finish`() async throws {
        try await World.run { world in
            let permission = Shutdown()
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in
                await permission.wait()
                return .done
            }
            let id = try await world.queue.enqueue(Note(text: "a"))
            let shutdown = Shutdown()
            async let running: Void = world.runner(handlers).run(until: shutdown)
            await world.events.wait(for: "started")
            let second = try await world.queue.enqueue(
                Note(text: "b"), JobOptions(at: world.time.now.adding(.seconds(1))))
            shutdown.trigger()
            // The duties and the limit of the stop both sleep.
            await world.time.waitForSleepers(2)
            world.time.advance(by: .seconds(2))
            permission.trigger()
            try await running
            #expect(try await world.state(of: id) == .completed)
            #expect(try await world.state(of: second) == .scheduled)
        }
    }

    @Test func `what does not finish in time is given back without costing an attempt`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, context in
                try await context.save("half")
                try await world.time.sleep(for: .seconds(1000))
                return .done
            }
            let id = try #require(try await world.queue.enqueue(Note(text: "a"), JobOptions(maxAttempts: 1)))
            let shutdown = Shutdown()
            async let running: Void = world.runner(handlers).run(until: shutdown)
            await world.events.wait(for: "started")
            await world.time.waitForSleepers(2)
            shutdown.trigger()
            await world.time.waitForSleepers(3)
            world.time.advance(by: .seconds(15))
            await world.events.wait(for: "released")
            try await running
            let job = try #require(try await world.queue.find(id))
            #expect(job.state == .available)
            #expect(job.attempt == 0)

            var next = JobHandlers()
            next.on(Note.self) { _, context in
                try context.savedState(as: String.self) == "half" ? .done : .cancel(reason: "state lost")
            }
            try await world.with(world.runner(next)) { await world.events.wait(for: "completed") }
        }
    }

    @Test func `a handler that ignores its cancellation does not hold up the stop`() async throws {
        try await World.run { world in
            let permission = Shutdown()
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in
                await Task { await permission.wait() }.value
                return .done
            }
            let id = try await world.queue.enqueue(Note(text: "a"))
            let shutdown = Shutdown()
            async let running: Void = world.runner(handlers).run(until: shutdown)
            await world.events.wait(for: "started")
            shutdown.trigger()
            await world.time.waitForSleepers(2)
            world.time.advance(by: .seconds(15))
            await world.time.waitForSleepers(2)
            world.time.advance(by: .seconds(5))
            try await running
            #expect(try await world.state(of: id) == .available)
            permission.trigger()
            await world.events.wait(for: "lease_lost")
            #expect(try await world.state(of: id) == .available)
        }
    }

    @Test func `final jobs are forgotten after a while`() async throws {
        try await World.run { world in
            var handlers = JobHandlers()
            handlers.on(Note.self) { job, _ in job.text == "a" ? .done : .cancel(reason: "x") }
            let done = try #require(try await world.queue.enqueue(Note(text: "a")))
            let cancelled = try #require(try await world.queue.enqueue(Note(text: "b")))
            try await world.with(world.runner(handlers)) {
                await world.events.wait { $0.filter { $0.change.label != "started" }.count == 2 }
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(25 * 3600))
                await world.time.waitForSleepers(1)
            }
            #expect(try await world.queue.find(done) == nil)
            #expect(try await world.queue.find(cancelled) != nil)
        }
    }
}
