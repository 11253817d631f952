/// A connection that is lent to a `read` or `write` body and is inside its transaction.
///
/// It is valid only until the body returns; a call after that throws `closed`.
public protocol SQLConnection {
    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) throws(StorageError) -> Int

    /// Runs a query and gives each row to `body`, without collecting them.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Runs a query and collects its rows.
    func query(_ sql: SQL) throws(StorageError) -> [Row]

    /// Runs a query and takes its first row, if any.
    func one(_ sql: SQL) throws(StorageError) -> Row?

    /// Runs several statements without arguments, separated by semicolons, as migrations need.
    func run(script: String) throws(StorageError)

    /// Runs `body`, and undoes what it wrote if it throws; the surrounding transaction goes on.
    @discardableResult
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result

    /// Runs a short action after the transaction is committed and before its caller goes on.
    ///
    /// For signals that something is there to fetch; the action of a body (or savepoint) that throws, or
    /// whose commit fails, is dropped.
    func afterCommit(_ action: @escaping @Sendable () -> Void)
}

extension SQLConnection {
    /// The first column of the first row, or nil where there is no row.
    @inlinable
    public func value<Value: SQLReadable>(_ sql: SQL, as type: Value.Type = Value.self) throws(StorageError) -> Value? {
        try one(sql)?.get(at: 0)
    }

    /// The first column of each row.
    @inlinable
    public func values<Value: SQLReadable>(_ sql: SQL, as type: Value.Type = Value.self) throws(StorageError) -> [Value]
    {
        var values: [Value] = []
        for row in try query(sql) { values.append(try row.get(at: 0)) }
        return values
    }
}
