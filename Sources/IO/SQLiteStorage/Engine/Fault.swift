import Glibc
import Storage

/// What SQLite reported, before it becomes a line for a person.
struct Fault {
    var code: ResultCode
    /// SQLite's own text; it quotes names of the statement, never arguments.
    var detail: String
    /// The `errno` of the system call that failed, 0 if none.
    var systemError: Int32
    var path: String
    var statement: String?
    /// Whether the connection is one that must not write.
    var isReader: Bool

    /// The error for the caller.
    var storageError: StorageError {
        switch code {
        case .busy, .locked:
            StorageError(
                .locked, "the database \(path) is locked by another process; stop that one or try again later",
                statement: statement)
        case .readOnly where isReader:
            StorageError(.misuse, "a read body tried to write", statement: statement)
        case .readOnly, .permission:
            readOnly
        case .full:
            full
        case .io where systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG:
            full
        case .io where systemError == EROFS || systemError == EACCES || systemError == EPERM:
            readOnly
        case .io:
            StorageError(.io, "reading or writing the database \(path) failed: \(reason)", statement: statement)
        case .notADatabase:
            StorageError(.corrupt, "\(path) is not a database; restore a backup or choose another file")
        case .corrupt:
            StorageError(.corrupt, "the database \(path) is damaged (\(detail)); restore a backup")
        case .cannotOpen:
            cannotOpen
        case .constraint:
            StorageError(.constraint(constraint), detail, statement: statement)
        case .misuse:
            StorageError(.misuse, detail, statement: statement)
        case .mismatch:
            StorageError(.mismatch, detail, statement: statement)
        default:
            StorageError(.syntax, detail, statement: statement)
        }
    }

    private var reason: String {
        guard systemError != 0, let text = unsafe strerror(systemError) else { return detail }
        return unsafe "\(detail) (\(String(cString: text)))"
    }

    private var readOnly: StorageError {
        StorageError(
            .readOnly,
            "the database \(path) cannot be written: give this user write permission for the file and its directory")
    }

    private var full: StorageError {
        StorageError(
            .full, "no room is left for the database \(path); free some space (nothing committed is lost)")
    }

    /// Finds out why a file does not open, since SQLite does not tell.
    private var cannotOpen: StorageError {
        let directory = FilePaths.directory(of: path)
        var status = stat()
        if unsafe stat(path, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR {
                return StorageError(.cannotOpen, "\(path) is a directory, not a database file")
            }
            if isAllowed(path, R_OK) && !(isAllowed(path, W_OK) && isAllowed(directory, W_OK)) {
                return readOnly
            }
            return StorageError(.cannotOpen, "the database \(path) cannot be opened: \(reason)")
        }
        if unsafe stat(directory, &status) != 0 {
            return StorageError(.cannotOpen, "the directory \(directory) of the database does not exist; create it")
        }
        if !isAllowed(directory, W_OK) { return readOnly }
        return StorageError(.cannotOpen, "the database \(path) cannot be opened: \(reason)")
    }

    private func isAllowed(_ path: String, _ mode: Int32) -> Bool { unsafe access(path, mode) == 0 }

    /// Reads the rule's subject from texts such as `UNIQUE constraint failed: users.email`.
    private var constraint: StorageError.Constraint {
        let kind: StorageError.Constraint.Kind =
            switch code {
            case .constraintUnique, .constraintPrimaryKey, .constraintRowID: .unique
            case .constraintForeignKey: .foreignKey
            case .constraintCheck: .check
            case .constraintNotNull: .notNull
            default: .other
            }
        let mark = " constraint failed: "
        var rest = detail[...]
        while !rest.isEmpty && !rest.hasPrefix(mark) { rest.removeFirst() }
        return StorageError.Constraint(kind, rest.isEmpty ? nil : String(rest.dropFirst(mark.count)))
    }
}
