import CSQLite
import Storage

/// A prepared statement with one owner; finalized exactly once.
@safe struct StatementHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Compiles the first statement of `text`, nil if there is none; `rest` becomes what follows it.
    init?(
        _ text: Substring, on connection: borrowing ConnectionHandle, isKept: Bool, rest: inout Substring
    ) throws(StorageError) {
        var statement: OpaquePointer?
        let utf8 = Array(text.utf8)
        var used = 0
        let database = unsafe connection.pointer
        let code = unsafe utf8.withUnsafeBufferPointer { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
                let code = unsafe sqlite3_prepare_v3(
                    database, characters.baseAddress, Int32(characters.count), flags, &statement, &tail)
                if let tail = unsafe tail, let start = characters.baseAddress { unsafe used = tail - start }
                return ResultCode(code)
            }
        }
        guard code == .ok else { throw connection.error(code, statement: String(text)) }
        rest = text[text.utf8.index(text.startIndex, offsetBy: used)...]
        guard let statement = unsafe statement else { return nil }
        unsafe pointer = statement
    }

    deinit { unsafe sqlite3_finalize(pointer) }

    var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(pointer)) }

    var columnNames: [String] {
        let count = unsafe sqlite3_column_count(pointer)
        return (0..<count).map { index in
            unsafe sqlite3_column_name(pointer, index).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// How often a change of the tables made SQLite compile the statement again.
    var recompilations: Int32 { unsafe sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0) }

    /// Binds an argument by its place, from 1.
    borrowing func bind(_ value: SQLValue, at index: Int32) -> ResultCode {
        switch value {
        case .null:
            return unsafe ResultCode(sqlite3_bind_null(pointer, index))
        case .integer(let number):
            return unsafe ResultCode(sqlite3_bind_int64(pointer, index, number))
        case .real(let number):
            return unsafe ResultCode(sqlite3_bind_double(pointer, index, number))
        case .text(var text):
            return text.withUTF8 { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                    guard let base = characters.baseAddress else {
                        return unsafe ResultCode(quartet_sqlite_bind_text(pointer, index, "", 0))
                    }
                    return unsafe ResultCode(quartet_sqlite_bind_text(pointer, index, base, Int32(characters.count)))
                }
            }
        case .blob(let bytes) where bytes.isEmpty:
            return unsafe ResultCode(sqlite3_bind_zeroblob(pointer, index, 0))
        case .blob(let bytes):
            return unsafe bytes.withUnsafeBytes { buffer in
                unsafe ResultCode(quartet_sqlite_bind_blob(pointer, index, buffer.baseAddress, Int32(buffer.count)))
            }
        }
    }

    /// Runs to the next row or the end.
    borrowing func step() -> ResultCode { unsafe ResultCode(sqlite3_step(pointer)) }

    /// The values of the row that `step` stands at.
    borrowing func values(count: Int) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(count)
        for index in 0..<Int32(count) { values.append(value(at: index)) }
        return values
    }

    private borrowing func value(at index: Int32) -> SQLValue {
        switch unsafe sqlite3_column_type(pointer, index) {
        case SQLITE_INTEGER:
            return .integer(unsafe sqlite3_column_int64(pointer, index))
        case SQLITE_FLOAT:
            return .real(unsafe sqlite3_column_double(pointer, index))
        case SQLITE_TEXT:
            guard let bytes = unsafe sqlite3_column_text(pointer, index) else { return .text("") }
            let count = Int(unsafe sqlite3_column_bytes(pointer, index))
            return .text(unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = unsafe sqlite3_column_blob(pointer, index) else { return .blob([]) }
            let count = Int(unsafe sqlite3_column_bytes(pointer, index))
            return .blob(unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
        default:
            return .null
        }
    }

    /// Makes it ready to run again and lets go of its arguments.
    borrowing func reset() {
        // The code repeats the error of the last step, which was reported there.
        _ = unsafe sqlite3_reset(pointer)
        _ = unsafe sqlite3_clear_bindings(pointer)
    }
}
