import Jobs
import Storage
import Support
import Synchronization
import Testing

@Suite struct JobQueueTests {
    @Test func `a job of a transaction that is undone is not there`() async throws {
        try await World.run { world in
            await #expect(throws: Trouble.self) {
                try await world.database.write { connection in
                    try world.queue.enqueue(Note(text: "a"), in: connection)
                    throw Trouble(description: "no")
                }
            }
            let statistics = try await world.queue.statistics()
            #expect(statistics.counts.isEmpty)
        }
    }

    @Test func `a unique key admits one job until that is final`() async throws {
        try await World.run { world in
            let options = JobOptions(uniqueKey: "gen:7")
            let first = try #require(try await world.queue.enqueue(Note(text: "a"), options))
            let second = try await world.queue.enqueue(Note(text: "b"), options)
            #expect(second == nil)
            #expect(try await world.queue.enqueue(Note(text: "b"), JobOptions(uniqueKey: "gen:8")) != nil)
            try await world.database.write { try world.queue.cancel(first, reason: "unwanted", in: $0) }
            #expect(try await world.queue.enqueue(Note(text: "b"), options) != nil)
        }
    }

    @Test func `many at once with one key store one`() async throws {
        try await World.run { world in
            let stored = try await withThrowingTaskGroup(of: JobID?.self) { group in
                for index in 0..<50 {
                    group.addTask {
                        try await world.queue.enqueue(Note(text: "\(index)"), JobOptions(uniqueKey: "one"))
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
            }
            #expect(stored == 1)
        }
    }

    @Test func `a waiting job is called off at once, by its key too`() async throws {
        try await World.run { world in
            let id = try #require(try await world.queue.enqueue(Note(text: "a"), JobOptions(uniqueKey: "k")))
            let isFirst = try await world.database.write { try world.queue.cancel(uniqueKey: "k", reason: "x", in: $0) }
            #expect(isFirst)
            #expect(try await world.state(of: id) == .cancelled)
            let isSecond = try await world.database.write { try world.queue.cancel(id, reason: "x", in: $0) }
            #expect(!isSecond)
        }
    }

    /// The order in which one runner that does one job at a time meets them.
    private func order(in world: World, count: Int) async throws -> [String] {
        let seen = Mutex<[String]>([])
        var handlers = JobHandlers()
        handlers.on(Note.self, policy: JobPolicy(concurrency: 1)) { job, _ in
            seen.withLock { $0.append(job.text) }
            return .done
        }
        try await world.with(world.runner(handlers)) { await world.events.wait(for: "completed", count: count) }
        return seen.withLock { $0 }
    }

    @Test func `higher priority comes first, then what has waited longer`() async throws {
        try await World.run { world in
            for (text, priority) in [("a", 0), ("b", 5), ("c", 0), ("d", 5), ("e", -1)] {
                try await world.queue.enqueue(Note(text: text), JobOptions(priority: priority))
            }
            #expect(try await order(in: world, count: 5) == ["b", "d", "a", "c", "e"])
        }
    }

    @Test func `a chat that stores many takes turns with the others`() async throws {
        try await World.run { world in
            for index in 1...3 {
                try await world.queue.enqueue(Note(text: "a\(index)"), JobOptions(fairnessKey: "a"))
            }
            for chat in ["b", "c"] {
                for index in 1...2 {
                    try await world.queue.enqueue(Note(text: "\(chat)\(index)"), JobOptions(fairnessKey: chat))
                }
            }
            #expect(try await order(in: world, count: 7) == ["a1", "b1", "c1", "a2", "b2", "c2", "a3"])
        }
    }

    @Test func `a job for later waits for its time`() async throws {
        try await World.run { world in
            let later = world.time.now.adding(.seconds(100))
            let id = try await world.queue.enqueue(Note(text: "a"), JobOptions(at: later))
            #expect(try await world.state(of: id) == .scheduled)
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, _ in .done }
            try await world.with(world.runner(handlers)) {
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(99))
                await world.time.waitForSleepers(1)
                #expect(world.events.all.isEmpty)
                world.time.advance(by: .seconds(1))
                await world.events.wait(for: "completed")
            }
            #expect(try await world.state(of: id) == .completed)
        }
    }

    @Test func `jobs that have begun are told until they are final`() async throws {
        try await World.run { world in
            let begun = {
                try await world.database.read { try world.queue.begun(Note.self, as: Int.self, in: $0) }
                    .map { ($0.job.text, $0.state) }
            }
            var handlers = JobHandlers()
            handlers.on(Note.self) { job, context in
                guard job.text != "not begun" else { return .snooze(.seconds(60)) }
                guard context.snoozes > 0 else {
                    try await context.save(7)
                    return .snooze(.seconds(60))
                }
                return .done
            }
            for text in ["a", "not begun"] { try await world.queue.enqueue(Note(text: text)) }
            try await world.with(world.runner(handlers)) {
                await world.events.wait(for: "snoozed", count: 2)
                let found = try await begun()
                #expect(found.count == 1 && found.allSatisfy { $0 == ("a", 7) })
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(60))
                await world.events.wait(for: "completed")
            }
            #expect(try await begun().isEmpty)
        }
    }

    @Test func `the counts say what there is and how late it is`() async throws {
        try await World.run { world in
            try await world.queue.enqueue(Note(text: "a"))
            try await world.queue.enqueue(Note(text: "b"), JobOptions(at: world.time.now.adding(.seconds(50))))
            try await world.queue.enqueue(Other(number: 1))
            world.time.advance(by: .seconds(30))
            let statistics = try await world.queue.statistics()
            #expect(statistics.count(.available) == 2)
            #expect(statistics.count(.scheduled) == 1)
            #expect(statistics.lag == .seconds(30))
        }
    }
}
