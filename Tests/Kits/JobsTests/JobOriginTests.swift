import Storage
import Support
import Synchronization
import Testing

@testable import Jobs

/// What led to a job goes along with it.
@Suite(.timeLimit(.minutes(1))) struct JobOriginTests {
    struct Follower: Job {
        static let kind = "follower"
        var way: String
    }

    /// What each kind of job, by its name, has found as its origin.
    private final class Seen: Sendable {
        let origins = Mutex<[String: String?]>([:])

        func note(_ name: String) { origins.withLock { $0[name] = WorkOrigin.current } }
    }

    private struct Leader: JobHandler {
        let queue: JobQueue
        let seen: Seen

        var policy: JobPolicy { JobPolicy(backoff: Backoff(first: .zero, jitter: 0)) }

        func run(_ job: Note, context: JobContext) async throws -> JobOutcome {
            seen.note(job.text)
            let queue = queue
            guard job.text != "fails" else { throw Trouble(description: "no") }
            try await queue.enqueue(Follower(way: "\(job.text), by itself"))
            try await context.save(1) { try queue.enqueue(Follower(way: "\(job.text), saved"), in: $0) }
            try await context.write { try queue.enqueue(Follower(way: "\(job.text), written"), in: $0) }
            try await context.complete { try queue.enqueue(Follower(way: "\(job.text), completed"), in: $0) }
            return .done
        }

        func discard(_ job: Note, reason: String, in connection: any SQLConnection) throws {
            try queue.enqueue(Follower(way: "\(job.text), discarded"), in: connection)
        }
    }

    @Test func `jobs of a job have its origin, by whatever way they are stored, and others have none`() async throws {
        try await World.run { world in
            let seen = Seen()
            var handlers = JobHandlers()
            handlers.add(Leader(queue: world.queue, seen: seen))
            handlers.on(Follower.self) { job, _ in
                seen.note(job.way)
                return .done
            }
            try await WorkOrigin.$current.withValue("7001-42") {
                _ = try await world.queue.enqueue(Note(text: "one"))
            }
            try await WorkOrigin.$current.withValue("7001-43") {
                try await world.database.write { connection in
                    try world.queue.enqueue(Note(text: "two"), in: connection)
                    try world.queue.enqueue(Note(text: "fails"), JobOptions(maxAttempts: 2), in: connection)
                }
            }
            try await world.queue.enqueue(Note(text: "none"))
            try await Schedules(world.queue).put("daily", cron: "0 9 * * *", job: Note(text: "daily"))
            world.time.advance(by: .seconds(9 * 3600))
            // What was going on where the runner was started says nothing of its jobs.
            try await WorkOrigin.$current.withValue("elsewhere") {
                try await world.with(world.runner(handlers)) {
                    await world.events.wait { events in
                        events.count { $0.kind == Follower.kind && $0.change == .completed } == 17
                    }
                }
            }
            var expected: [String: String?] = ["fails": "7001-43", "fails, discarded": "7001-43"]
            for (name, origin) in [("one", "7001-42"), ("two", "7001-43"), ("none", nil), ("daily", nil)] {
                expected[name] = .some(origin)
                for way in ["by itself", "saved", "written", "completed"] {
                    expected["\(name), \(way)"] = .some(origin)
                }
            }
            #expect(seen.origins.withLock { $0 } == expected)
            let told = Dictionary(grouping: world.events.all.filter { $0.kind == Note.kind }, by: \.origin)
            #expect(
                told["7001-43"]?.map(\.change.label).sorted() == [
                    "completed", "discarded", "retried", "started", "started", "started",
                ])
            #expect(told["7001-42"]?.map(\.change.label) == ["started", "completed"])
        }
    }

    @Test func `the runner's log lines name it`() async throws {
        try await World.run { world in
            let log = LogRecorder()
            let queue = JobQueue(database: world.database, time: world.time, logger: log.logger())
            var handlers = JobHandlers()
            handlers.on(Note.self, policy: JobPolicy(backoff: Backoff(first: .zero, jitter: 0))) { job, _ in
                if job.text == "good" { return .done }
                throw Trouble(description: "no")
            }
            let runner = JobRunner(queue, handlers: handlers) { [events = world.events] in events.append($0) }
            for (origin, text) in [("7001-42", "bad"), ("7001-43", "good"), (nil, "good")] {
                try await WorkOrigin.$current.withValue(origin) {
                    _ = try await queue.enqueue(Note(text: text), JobOptions(maxAttempts: 2))
                }
            }
            try await world.with(runner) {
                await world.events.wait { events in events.count { $0.change.label == "completed" } == 2 }
                await world.events.wait(for: "discarded")
            }
            let lines = { (trace: LogValue?) in
                log.records.filter { $0.fields["kind"] != nil && $0.fields["trace"] == trace }.map(\.message)
            }
            #expect(
                lines("7001-42") == [
                    "job started", "a job failed and will be tried again: no", "job started", "a job is given up: no",
                ])
            #expect(lines("7001-43") == ["job started", "job completed"])
            #expect(lines(nil) == ["job started", "job completed"])
        }
    }

    @Test func `jobs that an earlier version has stored have none`() async throws {
        try await World.run { world in
            try await world.database.write {
                try $0.run(script: "DROP TABLE jobs; DROP TABLE schedules; DROP TABLE schema_history")
            }
            try await world.database.migrate(Array(JobMigrations.list.prefix(2)), component: JobMigrations.component)
            let now = world.time.now
            try await world.database.execute(
                """
                INSERT INTO jobs (kind, queue, args, state, priority, turn, run_at, max_attempts, created)
                VALUES ('note', 'default', '{"text":"old"}', 'available', 0, 0, \(now), 3, \(now))
                """)
            try await world.queue.migrate()
            var handlers = JobHandlers()
            handlers.on(Note.self) { _, context in .cancel(reason: "\(context.origin ?? "none")") }
            try await world.with(world.runner(handlers)) { await world.events.wait(for: "cancelled") }
            #expect(world.events.all.last?.change == .cancelled(reason: "none"))
        }
    }
}
