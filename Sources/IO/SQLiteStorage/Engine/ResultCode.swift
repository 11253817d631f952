import CSQLite

/// A result code of SQLite: the primary code in the low byte, the detail above it.
struct ResultCode: RawRepresentable, Hashable, Sendable {
    let rawValue: Int32

    init(rawValue: Int32) { self.rawValue = rawValue }
    init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// The code without its detail.
    var primary: ResultCode { ResultCode(rawValue & 0xff) }

    static let ok = ResultCode(SQLITE_OK)
    static let row = ResultCode(SQLITE_ROW)
    static let done = ResultCode(SQLITE_DONE)
    static let error = ResultCode(SQLITE_ERROR)
    static let permission = ResultCode(SQLITE_PERM)
    static let busy = ResultCode(SQLITE_BUSY)
    static let locked = ResultCode(SQLITE_LOCKED)
    static let readOnly = ResultCode(SQLITE_READONLY)
    static let io = ResultCode(SQLITE_IOERR)
    static let corrupt = ResultCode(SQLITE_CORRUPT)
    static let full = ResultCode(SQLITE_FULL)
    static let cannotOpen = ResultCode(SQLITE_CANTOPEN)
    static let tooBig = ResultCode(SQLITE_TOOBIG)
    static let constraint = ResultCode(SQLITE_CONSTRAINT)
    static let mismatch = ResultCode(SQLITE_MISMATCH)
    static let misuse = ResultCode(SQLITE_MISUSE)
    static let range = ResultCode(SQLITE_RANGE)
    static let notADatabase = ResultCode(SQLITE_NOTADB)

    // Details, which the header spells as macros that Swift does not import.
    static let constraintCheck = ResultCode(SQLITE_CONSTRAINT | 1 << 8)
    static let constraintForeignKey = ResultCode(SQLITE_CONSTRAINT | 3 << 8)
    static let constraintNotNull = ResultCode(SQLITE_CONSTRAINT | 5 << 8)
    static let constraintPrimaryKey = ResultCode(SQLITE_CONSTRAINT | 6 << 8)
    static let constraintUnique = ResultCode(SQLITE_CONSTRAINT | 8 << 8)
    static let constraintRowID = ResultCode(SQLITE_CONSTRAINT | 10 << 8)

    /// Matches a code by its primary part, or exactly where the pattern has a detail.
    static func ~= (pattern: ResultCode, code: ResultCode) -> Bool {
        pattern.rawValue > 0xff ? pattern == code : pattern == code.primary
    }
}
