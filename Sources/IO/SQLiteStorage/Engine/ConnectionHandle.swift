import CSQLite
import Storage

/// An open connection of SQLite with one owner; closed exactly once.
///
/// It is opened without SQLite's own locks (`SQLITE_OPEN_NOMUTEX`, "multi-thread" in its words), which
/// asks that no two threads use it at the same time: it never leaves the thread that opened it.
@safe struct ConnectionHandle: ~Copyable {
    let pointer: OpaquePointer
    let path: String
    let isReader: Bool

    private init(owning pointer: OpaquePointer, path: String, isReader: Bool) {
        unsafe self.pointer = unsafe pointer
        self.path = path
        self.isReader = isReader
    }

    /// SQLite's process-wide settings, made before the first connection; it works the same where it refuses them.
    private static let settings = quartet_sqlite_disable_memory_statistics()

    static func open(path: String, isReader: Bool, createsFile: Bool) throws(StorageError) -> ConnectionHandle {
        _ = settings
        var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        if createsFile { flags |= SQLITE_OPEN_CREATE }
        var opened: OpaquePointer?
        let code = unsafe ResultCode(sqlite3_open_v2(path, &opened, flags, nil))
        guard let opened = unsafe opened else {
            throw StorageError(.io, "the database \(path) cannot be opened: out of memory")
        }
        // A failed open leaves a handle too, which holds the error and must be closed.
        let handle = unsafe ConnectionHandle(owning: opened, path: path, isReader: isReader)
        if code != .ok { throw handle.error(code, statement: nil) }
        return handle
    }

    deinit {
        // Statements that are still alive keep the connection half open until they are finalized.
        unsafe sqlite3_close_v2(pointer)
    }

    /// The error of the call that has just failed.
    borrowing func error(_ code: ResultCode, statement: String?) -> StorageError {
        let detail = unsafe sqlite3_errmsg(pointer).map { unsafe String(cString: $0) } ?? "unknown error"
        let systemError = unsafe sqlite3_system_errno(pointer)
        return Fault(
            code: code, detail: detail, systemError: systemError, path: path, statement: statement, isReader: isReader
        ).storageError
    }

    /// Whether no transaction is open.
    var isInAutocommit: Bool { unsafe sqlite3_get_autocommit(pointer) != 0 }

    /// Whether the file could only be opened for reading.
    var isFileReadOnly: Bool { unsafe sqlite3_db_readonly(pointer, "main") == 1 }

    /// Rows changed by the last statement that changed any.
    var changes: Int { Int(unsafe sqlite3_changes64(pointer)) }

    /// Rows changed since the connection was opened.
    var totalChanges: Int64 { unsafe sqlite3_total_changes64(pointer) }

    /// Whether a deferred foreign key is violated so far, which would make the commit fail.
    var hasDeferredViolations: Bool {
        var current: Int32 = 0
        var highest: Int32 = 0
        let code = unsafe sqlite3_db_status(pointer, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
        return code == SQLITE_OK && current != 0
    }

    /// Waits this long for another process's lock before a call fails.
    func setBusyTimeout(milliseconds: Int32) {
        _ = unsafe sqlite3_busy_timeout(pointer, milliseconds)
    }
}
