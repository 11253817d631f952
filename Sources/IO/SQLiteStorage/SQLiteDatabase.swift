public import Storage
public import Support
import Synchronization

/// A database in one SQLite file.
///
/// One thread writes, several read; neither is a thread of the cooperative pool. Another process may
/// use the same file: each waits for the other up to the busy timeout.
public final class SQLiteDatabase: Database {
    /// How a file is opened.
    public struct Configuration: Sendable {
        /// The file; it is created where there is none, its directory is not.
        public var path: String
        /// The most threads that read at the same time.
        public var maximumReaders = 4
        /// How long a call waits for another process's lock.
        public var busyTimeout: Duration = .seconds(5)
        /// The most that a finished write survives, whatever is asked of it.
        public var durability: Durability = .powerLoss
        /// The most pages the file may have; for tests of a full disk.
        package var maximumPages: Int?

        /// The settings for a file.
        public init(path: String) { self.path = path }

        var busyMilliseconds: Int32 {
            Int32(
                clamping: busyTimeout.components.seconds * 1000 + busyTimeout.components.attoseconds
                    / 1_000_000_000_000_000)
        }
    }

    private let configuration: Configuration
    private let writer: Writer
    private let readers: ReaderPool
    private let logger: Logger
    private let ownership = Mutex<FileClaim?>(nil)

    private init(_ configuration: Configuration, writer: Writer, logger: Logger) {
        self.configuration = configuration
        self.writer = writer
        self.logger = logger
        readers = ReaderPool(configuration)
    }

    deinit {
        readers.beginClosing()
        writer.beginClosing()
    }

    /// Opens a file, creating it where there is none.
    ///
    /// - Throws: `StorageError` with a line for a person and an exit code: `locked`, `readOnly`,
    ///   `corrupt`, `full`, `cannotOpen` or `io`.
    public static func open(_ configuration: Configuration, logger: Logger = .disabled) async throws -> SQLiteDatabase {
        let writer = try await Writer.start(configuration)
        return SQLiteDatabase(configuration, writer: writer, logger: logger)
    }

    /// Opens a file with the usual settings, creating it where there is none.
    public static func open(path: String, logger: Logger = .disabled) async throws -> SQLiteDatabase {
        try await open(Configuration(path: path), logger: logger)
    }

    /// Runs `body` in a read transaction on one of the reading threads.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { readers.submit(PendingCall($0, body)) }
    }

    /// Runs `body` on the writing thread and returns when it is kept; see `Database.write`.
    @discardableResult
    public func write<Value: Sendable>(
        surviving loss: Durability, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let body = WorkOrigin.carried(into: body)
        return try await withCheckedThrowingContinuation { writer.submit(PendingCall($0, surviving: loss, body)) }
    }

    /// Writes a verified copy to `path`, replacing a file of that name, while the database stays in use.
    public func backup(to path: String) async throws {
        try await Backup(source: configuration, destination: path).run()
        logger.info("database copied", ["from": "\(configuration.path)", "to": "\(path)"])
    }

    /// Verifies the structure, the indexes and the foreign keys of the whole database.
    public func checkIntegrity() async throws {
        let path = configuration.path
        try await read { try Integrity.check($0, path: path) }
    }

    /// Takes the file for this process; see `Database.claim`.
    public func claim() async throws {
        try ownership.withLock { claim in
            if claim == nil { claim = try FileClaim(database: configuration.path) }
        }
    }

    /// Finishes what was accepted and closes the file; later calls throw `closed`.
    public func close() async {
        await readers.close()
        await writer.close()
        ownership.withLock { $0 = nil }
    }
}
