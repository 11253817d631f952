import FoundationEssentials
import Jobs
import SQLiteStorage
import Storage
import Support
import Synchronization
import Testing

/// A database, a clock that the test turns, and the events of all its runners.
struct World: Sendable {
    let database: any Database
    let time: ManualTime
    let queue: JobQueue
    let events = EventLog()

    static func run(_ body: (World) async throws -> Void) async throws {
        let files = FileManager.default
        let directory = files.temporaryDirectory.appending(path: "quartet-jobs-\(UUID().uuidString)").path
        try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var configuration = SQLiteDatabase.Configuration(path: "\(directory)/jobs.db")
        configuration.durability = .processEnd
        let database = try await SQLiteDatabase.open(configuration)
        let time = ManualTime()
        let world = World(database: database, time: time, queue: JobQueue(database: database, time: time))
        do {
            try await world.queue.migrate()
            try await body(world)
        } catch {
            await database.close()
            try files.removeItem(atPath: directory)
            throw error
        }
        await database.close()
        try files.removeItem(atPath: directory)
    }

    func runner(
        _ handlers: JobHandlers, _ configure: (inout JobRunner.Configuration) -> Void = { _ in }
    ) -> JobRunner {
        var configuration = JobRunner.Configuration()
        configuration.seed = 1
        configure(&configuration)
        // A queue of its own: as in another process, signals do not reach it.
        return JobRunner(queue, handlers: handlers, configuration: configuration) { [events] in events.append($0) }
    }

    /// Runs a runner while `body` goes on, then stops it.
    func with(_ runner: JobRunner, _ body: () async throws -> Void) async throws {
        let shutdown = Shutdown()
        async let running: Void = runner.run(until: shutdown)
        do {
            try await body()
        } catch {
            shutdown.trigger()
            try await running
            throw error
        }
        shutdown.trigger()
        try await running
    }

    func state(of id: JobID?) async throws -> JobState? {
        try await queue.find(try #require(id))?.state
    }
}

/// What runners told, to be waited for.
final class EventLog: Sendable {
    private struct State {
        var events: [JobEvent] = []
        var waiting: [(isMet: @Sendable ([JobEvent]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var all: [JobEvent] { state.withLock { $0.events } }

    func append(_ event: JobEvent) {
        let met = state.withLock { state in
            state.events.append(event)
            let events = state.events
            let met = state.waiting.filter { $0.isMet(events) }.map(\.continuation)
            state.waiting.removeAll { $0.isMet(events) }
            return met
        }
        for continuation in met { continuation.resume() }
    }

    func wait(until isMet: @escaping @Sendable ([JobEvent]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if isMet(state.events) { return true }
                state.waiting.append((isMet, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    func wait(for label: String, count: Int = 1) async {
        await wait { events in events.count { $0.change.label == label } >= count }
    }
}

struct Note: Job, Equatable {
    static let kind = "note"
    var text: String
}

struct Other: Job {
    static let kind = "other"
    var number: Int
}

struct Trouble: Error, CustomStringConvertible {
    var description: String
}
