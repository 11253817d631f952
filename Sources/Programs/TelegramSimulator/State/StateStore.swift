internal import FoundationEssentials
internal import SQLiteStorage
internal import Storage
internal import Support
import Synchronization

/// Keeps the world in an SQLite file: one JSON record for each thing that changed.
///
/// All changes that gather while one batch is written make the next; a batch is one transaction, so that a killed
/// process leaves the world as of some turn. ``settled()`` tells when what has changed so far is written.
final class StateStore: Sendable {
    private struct State {
        var pending: Set<RecordKey> = []
        /// Counts the notes taken; a waiter waits for the count it has seen.
        var noted = 0
        var written = 0
        var waiters: [(note: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    let files: FileStore
    private let database: SQLiteDatabase
    private let logger: Logger
    private let state = Mutex(State())
    private let changed = PollWaiterBox()
    private let writer = Mutex<(service: Service, task: Task<Void, Never>)?>(nil)

    private init(files: FileStore, database: SQLiteDatabase, logger: Logger) {
        self.files = files
        self.database = database
        self.logger = logger
    }

    static func open(directory: String, files: FileStore, logger: Logger) async throws -> StateStore {
        var configuration = SQLiteDatabase.Configuration(path: "\(directory)/telegram.sqlite")
        configuration.durability = .processEnd
        let database = try await SQLiteDatabase.open(configuration, logger: logger)
        try await database.migrate(
            [Migration("records", "CREATE TABLE records (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")],
            component: "telegram-simulator")
        return StateStore(files: files, database: database, logger: logger)
    }

    /// The world as it was kept, or `nil` for a new store.
    func load(into fresh: World) async throws -> World? {
        let rows = try await database.query("SELECT key, body FROM records")
        guard !rows.isEmpty else {
            note([.everything])
            return nil
        }
        var records: [(String, [UInt8])] = []
        for row in rows {
            records.append((try row.get("key", as: String.self), try row.get("body", as: [UInt8].self)))
        }
        var world = World(options: fresh.options, seed: fresh.dealer.seed)
        world.milliseconds = fresh.milliseconds
        try WorldRecords.restore(records, into: &world)
        return world
    }

    /// Takes changes to be written; called within the turn that made them.
    func note(_ keys: Set<RecordKey>) {
        state.withLock { state in
            state.pending.formUnion(keys)
            state.noted += 1
        }
        changed.signal()
    }

    /// Returns when everything noted before is written, or could not be.
    func settled() async {
        await withCheckedContinuation { continuation in
            let isWritten = state.withLock { state in
                if state.written == state.noted { return true }
                state.waiters.append((state.noted, continuation))
                return false
            }
            if isWritten { continuation.resume() }
        }
    }

    /// Begins writing changes as they come.
    func start(_ service: Service) {
        let task = Task { [self] in
            while await changed.wait() { await flush(service) }
        }
        writer.withLock { $0 = (service, task) }
    }

    private func flush(_ service: Service) async {
        let (records, note, isFresh) = service.look { world in
            let (keys, note) = state.withLock { state in
                defer { state.pending = [] }
                return (state.pending, state.noted)
            }
            return (encode(keys, of: world), note, keys.contains(.everything))
        }
        guard !records.isEmpty else { return wake(note) }
        do {
            try await database.write { connection in
                if isFresh { _ = try connection.execute("DELETE FROM records") }
                for (key, body) in records {
                    if let body {
                        _ = try connection.execute(
                            "INSERT OR REPLACE INTO records (key, body) VALUES (\(key), \(body))")
                    } else {
                        _ = try connection.execute("DELETE FROM records WHERE key = \(key)")
                    }
                }
            }
        } catch {
            logger.error("the simulator's state cannot be written", ["error": .string("\(error)")])
            // The next batch writes the whole world, so that a full disk that was emptied leaves no gap.
            state.withLock { _ = $0.pending.insert(.everything) }
        }
        wake(note)
    }

    /// The records as the world is now; without those that would be overwritten by a whole world.
    private func encode(_ keys: Set<RecordKey>, of world: World) -> [(String, [UInt8]?)] {
        guard !keys.isEmpty else { return [] }
        let all = keys.contains(.everything) ? WorldRecords.keys(of: world) : keys.union([.meta])
        return all.compactMap { key in
            do {
                return (WorldRecords.name(of: key), try WorldRecords.body(of: key, in: world))
            } catch {
                logger.error("a record cannot be encoded", ["error": .string("\(error)")])
                return nil
            }
        }
    }

    private func wake(_ note: Int) {
        let ready = state.withLock { state in
            state.written = max(state.written, note)
            let ready = state.waiters.filter { $0.note <= note }
            state.waiters.removeAll { $0.note <= note }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    func close() async {
        let running = writer.withLock { writer in
            defer { writer = nil }
            return writer
        }
        if let running {
            changed.finish()
            await running.task.value
            await flush(running.service)
        }
        await database.close()
    }
}

/// A signal that one task waits for, again and again.
final class PollWaiterBox: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func signal() { continuation.yield() }

    /// No more signals will come.
    func finish() { continuation.finish() }

    /// Waits for a signal; false when there will be none, or the task is cancelled.
    func wait() async -> Bool {
        for await _ in stream { return true }
        return false
    }
}
