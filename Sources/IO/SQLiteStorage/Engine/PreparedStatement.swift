import Storage

/// A compiled statement as the cache keeps it.
final class PreparedStatement {
    let handle: StatementHandle
    let parameterCount: Int
    /// Whether a caller stands in the middle of its rows.
    var isInUse = false
    private var columns: Row.Columns?
    private var columnsAge: Int32 = 0

    init(_ handle: consuming StatementHandle) {
        parameterCount = handle.parameterCount
        self.handle = handle
    }

    /// The result's columns; read anew when a change of the tables made SQLite compile it again.
    func currentColumns() -> Row.Columns {
        let age = handle.recompilations
        if let columns, columnsAge == age { return columns }
        let columns = Row.Columns(handle.columnNames)
        self.columns = columns
        columnsAge = age
        return columns
    }
}
