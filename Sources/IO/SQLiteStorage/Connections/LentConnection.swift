import Storage

/// The connection as a body sees it: it stops working when the body has returned.
final class LentConnection: SQLConnection {
    private let connection: SQLiteConnection
    private var isValid = true
    private var depth = 0
    private var actions: [@Sendable () -> Void] = []

    private init(_ connection: SQLiteConnection) { self.connection = connection }

    /// Runs a body with a connection that is valid until it returns.
    ///
    /// The result comes with the actions to run after the commit.
    static func lend<Result>(
        _ connection: SQLiteConnection, to body: (any SQLConnection) throws -> Result
    ) throws -> (result: Result, afterCommit: [@Sendable () -> Void]) {
        let lent = LentConnection(connection)
        defer { lent.isValid = false }
        return (try body(lent), lent.actions)
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    @discardableResult
    func execute(_ sql: SQL) throws(StorageError) -> Int {
        try check()
        return try connection.execute(sql)
    }

    func query(_ sql: SQL) throws(StorageError) -> [Row] {
        try check()
        return try connection.query(sql)
    }

    func one(_ sql: SQL) throws(StorageError) -> Row? {
        try check()
        return try connection.query(sql, limit: 1).first
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try check()
        try connection.forEach(sql, body)
    }

    func run(script: String) throws(StorageError) {
        try check()
        try connection.run(script: script)
    }

    @discardableResult
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try check()
        let name = "body_\(depth)"
        let kept = actions.count
        depth += 1
        defer { depth -= 1 }
        try connection.control("SAVEPOINT \(name)")
        do {
            let result = try body()
            try connection.control("RELEASE \(name)")
            return result
        } catch {
            actions.removeLast(actions.count - kept)
            // Some errors (a full disk) have ended the whole transaction already.
            if !connection.handle.isInAutocommit {
                try connection.control("ROLLBACK TO \(name)")
                try connection.control("RELEASE \(name)")
            }
            throw error
        }
    }

    private func check() throws(StorageError) {
        guard isValid else {
            throw StorageError(.closed, "a connection was used after the body it was lent to")
        }
        // A full disk and its like end the transaction; what a body does after that must not count.
        guard !connection.handle.isInAutocommit else {
            throw StorageError(.closed, "the transaction was ended by an earlier error")
        }
    }
}
