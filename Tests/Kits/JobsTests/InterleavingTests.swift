import Storage
import Support
import Testing

@testable import Jobs

/// Random orders of everything that can happen to jobs, against the store and the life cycle alone.
@Suite struct InterleavingTests {
    /// A worker that may be slow, die, or come back after its lease was given to another.
    private struct Worker {
        var owner: String
        var held: [JobRecord] = []
    }

    @Test(arguments: 1...12)
    func `no order of claims, ends, crashes and cancellations does a job twice or loses one`(seed: Int) async throws {
        try await World.run { world in
            try await world.database.execute("CREATE TABLE results (job BIGINT PRIMARY KEY)")
            var random = SeededRandom(seed: UInt64(seed))
            var workers = (0..<3).map { Worker(owner: "worker-\($0)") }
            var ids: [JobID] = []
            var cancelled: Set<JobID> = []

            for _ in 0..<250 {
                let index = Int.random(in: 0..<workers.count, using: &random)
                switch Int.random(in: 0..<12, using: &random) {
                case 0, 1:
                    let key = Int.random(in: 0..<40, using: &random)
                    let options = JobOptions(uniqueKey: "key:\(key)", maxAttempts: 1000)
                    if let id = try await world.queue.enqueue(Other(number: ids.count), options) { ids.append(id) }
                case 2, 3, 4:
                    workers[index].held += try await claim(world, workers[index].owner)
                case 5, 6, 7:
                    guard !workers[index].held.isEmpty else { continue }
                    let place = Int.random(in: 0..<workers[index].held.count, using: &random)
                    let job = workers[index].held.remove(at: place)
                    try await complete(job, world)
                case 8:
                    guard let job = workers[index].held.popLast() else { continue }
                    let ends: [JobEnd] = [.failed("x"), .outcome(.snooze(.seconds(3))), .released]
                    let end = ends[Int.random(in: 0..<ends.count, using: &random)]
                    try await store(end, job, world, &random)
                case 9:
                    guard let id = ids.randomElement(using: &random) else { continue }
                    if try await world.database.write({ try world.queue.cancel(id, reason: "x", in: $0) }) {
                        cancelled.insert(id)
                    }
                case 10:
                    workers[index].held = []  // killed
                default:
                    world.time.advance(by: .seconds(Int.random(in: 1...50, using: &random)))
                    try await reap(world, &random)
                }
                try await checkUnique(world)
            }

            // Whatever happened, what is left can be finished by one worker that goes on.
            for _ in 0..<1000 {
                world.time.advance(by: .seconds(4000))
                try await reap(world, &random)
                let jobs = try await claim(world, "last")
                for job in jobs { try await complete(job, world) }
                let statistics = try await world.queue.statistics()
                if statistics.counts.allSatisfy({ $0.state.isFinal }) { break }
            }
            for id in ids {
                let job = try #require(try await world.queue.find(id))
                let count = try await world.database.read { connection in
                    try connection.value("SELECT count(*) FROM results WHERE job = \(id)", as: Int.self)
                }
                #expect(job.state == .completed || (job.state == .cancelled && cancelled.contains(id)))
                #expect(count == (job.state == .completed ? 1 : 0))
            }
        }
    }

    private func claim(_ world: World, _ owner: String) async throws -> [JobRecord] {
        let now = world.time.now
        let lease = Lease(owner: owner, until: now.adding(.seconds(60)))
        return try await world.database.write {
            try JobStore($0).claim(.init(total: 3, kinds: ["other": 3]), queues: ["default"], lease: lease, now: now)
        }
    }

    /// The result's primary key makes a second completion of one job an error of the test.
    private func complete(_ job: JobRecord, _ world: World) async throws {
        let context = JobContext(job: job, database: world.database, time: world.time)
        do {
            try await context.complete { try $0.execute("INSERT INTO results (job) VALUES (\(job.id))") }
        } catch is JobLeaseLost {
            // It was too late: another has it, or it was given up.
        }
    }

    private func store(_ end: JobEnd, _ job: JobRecord, _ world: World, _ random: inout SeededRandom) async throws {
        let seed = random.next()
        let now = world.time.now
        try await world.database.write { connection in
            var random = SeededRandom(seed: seed)
            guard let current = try JobStore(connection).held(job) else { return }
            let change = JobLifecycle(backoff: Backoff()).change(of: current, by: end, now: now, random: &random)
            #expect(try JobStore(connection).finish(current, change, now: now))
        }
    }

    private func reap(_ world: World, _ random: inout SeededRandom) async throws {
        let seed = random.next()
        let now = world.time.now
        try await world.database.write { connection in
            var random = SeededRandom(seed: seed)
            let store = JobStore(connection)
            for job in try store.expired(kinds: ["other"], now: now, horizon: now.adding(.seconds(120)), limit: 100) {
                let change = JobLifecycle(backoff: Backoff()).change(
                    of: job, by: .leaseExpired, now: now, random: &random)
                #expect(try store.finish(job, change, now: now))
            }
        }
    }

    private func checkUnique(_ world: World) async throws {
        let double = try await world.database.one(
            """
            SELECT unique_key FROM jobs WHERE state NOT IN ('completed', 'cancelled', 'discarded')
            GROUP BY unique_key HAVING count(*) > 1
            """)
        #expect(double == nil)
    }
}
