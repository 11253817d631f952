import Storage

/// One connection with its compiled statements; it lives and dies on one thread.
final class SQLiteConnection {
    let handle: ConnectionHandle
    private var statements: [String: PreparedStatement] = [:]
    private let statementLimit = 256
    /// What commits survive at the moment; nil as long as it was not said.
    private var durability: Durability?

    init(path: String, isReader: Bool, createsFile: Bool) throws(StorageError) {
        handle = try ConnectionHandle.open(path: path, isReader: isReader, createsFile: createsFile)
    }

    /// Runs the driver's own statement, which a body may not.
    func control(_ text: String) throws(StorageError) {
        let statement = try prepared(text, isReserved: true)
        defer { release(statement) }
        while true {
            switch statement.handle.step() {
            case .row: continue
            case .done: return
            case let code: throw handle.error(code, statement: text)
            }
        }
    }

    /// Makes the commits to come survive something; only between transactions.
    ///
    /// With `NORMAL` a commit does not wait for the disk; the next one with `FULL` carries it along, as the log is
    /// written in order (sqlite.org/pragma.html#pragma_synchronous).
    func keepCommits(_ wanted: Durability) throws(StorageError) {
        guard wanted != durability else { return }
        let text = "PRAGMA synchronous = \(wanted == .powerLoss ? "FULL" : "NORMAL")"
        // Compiled anew each time: SQLite obeys this one while it compiles it.
        var rest: Substring = ""
        guard let statement = try StatementHandle(text[...], on: handle, isKept: false, rest: &rest) else { return }
        let code = statement.step()
        guard code == .done else { throw handle.error(code, statement: text) }
        durability = wanted
    }

    func execute(_ sql: SQL) throws(StorageError) -> Int {
        let before = handle.totalChanges
        let statement = try bound(sql)
        defer { release(statement) }
        while true {
            switch statement.handle.step() {
            case .row: continue
            case .done: return handle.totalChanges == before ? 0 : handle.changes
            case let code: throw handle.error(code, statement: sql.text)
            }
        }
    }

    func query(_ sql: SQL, limit: Int = .max) throws(StorageError) -> [Row] {
        let statement = try bound(sql)
        defer { release(statement) }
        var rows: [Row] = []
        while rows.count < limit {
            switch statement.handle.step() {
            case .row: rows.append(row(of: statement))
            case .done: return rows
            case let code: throw handle.error(code, statement: sql.text)
            }
        }
        return rows
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try bound(sql)
        defer { release(statement) }
        while true {
            switch statement.handle.step() {
            case .row: try body(row(of: statement))
            case .done: return
            case let code: throw handle.error(code, statement: sql.text)
            }
        }
    }

    func run(script: String) throws(StorageError) {
        var rest = script[...]
        while !rest.isEmpty {
            try ReservedStatements.refuse(rest)
            let text = rest
            guard let statement = try StatementHandle(text, on: handle, isKept: false, rest: &rest) else { return }
            guard statement.parameterCount == 0 else {
                throw StorageError(.syntax, "a script cannot have arguments", statement: String(text))
            }
            var code = statement.step()
            while code == .row { code = statement.step() }
            guard code == .done else { throw handle.error(code, statement: String(text)) }
        }
    }

    /// Writes a compact copy of the database into a new file.
    func copy(into path: String) throws(StorageError) {
        let sql: SQL = "VACUUM INTO \(path)"
        let statement = try prepared(sql.text, isReserved: true)
        defer { release(statement) }
        var code = statement.handle.bind(.text(path), at: 1)
        if code == .ok { code = statement.handle.step() }
        guard code == .done else { throw handle.error(code, statement: sql.text) }
    }

    private func row(of statement: PreparedStatement) -> Row {
        let columns = statement.currentColumns()
        return Row(columns: columns, values: statement.handle.values(count: columns.names.count))
    }

    private func bound(_ sql: SQL) throws(StorageError) -> PreparedStatement {
        let statement = try prepared(sql.text, isReserved: false)
        guard statement.parameterCount == sql.arguments.count else {
            release(statement)
            throw StorageError(
                .syntax, "the statement takes \(statement.parameterCount) arguments, not \(sql.arguments.count)",
                statement: sql.text)
        }
        for (index, argument) in sql.arguments.enumerated() {
            let code = statement.handle.bind(argument, at: Int32(index + 1))
            guard code == .ok else {
                release(statement)
                throw handle.error(code, statement: sql.text)
            }
        }
        return statement
    }

    /// Takes a statement from the cache; one in use (a query inside the rows of the same query) is compiled anew.
    private func prepared(_ text: String, isReserved: Bool) throws(StorageError) -> PreparedStatement {
        if let known = statements[text], !known.isInUse {
            known.isInUse = true
            return known
        }
        if !isReserved { try ReservedStatements.refuse(text[...]) }
        var rest: Substring = ""
        guard let compiled = try StatementHandle(text[...], on: handle, isKept: true, rest: &rest) else {
            throw StorageError(.syntax, "the statement is empty", statement: text)
        }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            throw StorageError(.syntax, "there is more than one statement", statement: text)
        }
        let statement = PreparedStatement(compiled)
        statement.isInUse = true
        if statements[text] == nil {
            if statements.count >= statementLimit { statements = statements.filter { $0.value.isInUse } }
            statements[text] = statement
        }
        return statement
    }

    private func release(_ statement: PreparedStatement) {
        statement.handle.reset()
        statement.isInUse = false
    }
}
