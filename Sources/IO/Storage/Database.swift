/// A database: short synchronous bodies run inside transactions that it begins and ends.
///
/// Bodies are synchronous so that no transaction is held over an `await`. They run on the database's
/// own threads. A body that was accepted runs to its end even if the calling task is cancelled, so
/// clean-up code can write.
public protocol Database: Sendable {
    /// Runs `body` in a read transaction: all its queries see one state of the database.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value

    /// Runs `body` in a write transaction and returns when what it wrote survives what is asked.
    ///
    /// If the body throws, everything it wrote is undone and the error is passed on. If the commit
    /// fails, nothing was written and the call throws a `StorageError`.
    @discardableResult
    func write<Value: Sendable>(
        surviving loss: Durability, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value

    /// Brings the tables of a component up to date; see `Migration`.
    func migrate(_ list: [Migration], component: String) async throws

    /// Writes a verified copy to a new file while the database stays in use.
    ///
    /// The file appears under its name only when it is complete and checked.
    func backup(to path: String) async throws

    /// Verifies the structure of the whole database.
    ///
    /// - Throws: `StorageError` with code `corrupt` that names the first faults.
    func checkIntegrity() async throws

    /// Takes the database for this process, until it is closed or the process ends: what runs on it runs once.
    ///
    /// Reading, copying and checking it stay possible for others. A second call does nothing.
    ///
    /// - Throws: `StorageError` with code `locked`, naming the process that has it.
    func claim() async throws

    /// Finishes what was accepted and closes; later calls throw `closed`.
    func close() async
}

extension Database {
    /// Runs `body` in a write transaction and returns when what it wrote is on disk.
    @discardableResult
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await write(surviving: .powerLoss, body)
    }

    /// Runs one statement in a transaction of its own and tells how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await write { try $0.execute(sql) }
    }

    /// Runs one query and collects its rows.
    public func query(_ sql: SQL) async throws -> [Row] {
        try await read { try $0.query(sql) }
    }

    /// Runs one query and takes its first row, if any.
    public func one(_ sql: SQL) async throws -> Row? {
        try await read { try $0.one(sql) }
    }

    /// Brings the tables of a component up to date; see `Migration`.
    public func migrate(_ list: [Migration], component: String) async throws {
        try await Migrator(list, component: component).run(on: self)
    }
}
