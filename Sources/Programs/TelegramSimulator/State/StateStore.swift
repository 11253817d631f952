internal import FoundationEssentials
internal import SQLiteStorage
internal import Storage
internal import Support
import Synchronization

/// Keeps the world in an SQLite file: one JSON record for each thing, written in batches soon after it changes.
///
/// A batch is one transaction, so that a killed process leaves the world as of some turn.
final class StateStore: Sendable {
    static let pause: Duration = .milliseconds(100)

    private struct State {
        var pending: [String: [UInt8]?] = [:]
        var isFresh = false
    }

    let files: FileStore
    private let database: SQLiteDatabase
    private let logger: Logger
    private let state = Mutex(State())
    private let changed = PollWaiterBox()

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
            note([.everything], in: fresh)
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
    func note(_ keys: Set<RecordKey>, in world: World) {
        let isFresh = keys.contains(.everything)
        let all = isFresh ? WorldRecords.keys(of: world) : keys
        var records: [(String, [UInt8]?)] = []
        for key in all.union([.meta]) {
            do {
                records.append((WorldRecords.name(of: key), try WorldRecords.body(of: key, in: world)))
            } catch {
                logger.error("a record cannot be encoded", ["error": .string("\(error)")])
            }
        }
        state.withLock { state in
            if isFresh {
                state.pending = [:]
                state.isFresh = true
            }
            for (name, body) in records { state.pending[name] = .some(body) }
        }
        changed.signal()
    }

    /// Begins writing changes as they come.
    func start(_ service: Service) {
        service.tasks.start { [self] in
            while await changed.wait() {
                // A short wait gathers the changes of a burst; a stop ends it.
                try? await SystemTime().sleep(for: Self.pause)
                await flush()
            }
        }
    }

    private func flush() async {
        let (records, isFresh) = state.withLock { state in
            defer {
                state.pending = [:]
                state.isFresh = false
            }
            return (state.pending, state.isFresh)
        }
        guard !records.isEmpty || isFresh else { return }
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
        }
    }

    func close() async {
        await flush()
        await database.close()
    }
}

/// A signal that one task waits for, again and again.
final class PollWaiterBox: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func signal() { continuation.yield() }

    /// Waits for a signal; false when the task is cancelled.
    func wait() async -> Bool {
        for await _ in stream { return true }
        return false
    }
}
