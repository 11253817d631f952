import Glibc
import Storage
import Support

/// Copies a database in use to a new file.
///
/// `VACUUM INTO` reads one state of the database and writes a compact copy; the writer goes on
/// meanwhile. The copy gets its name only after it was checked and is on disk, so a file of that name
/// is always whole.
struct Backup: Sendable {
    let source: SQLiteDatabase.Configuration
    let destination: String

    func run() async throws {
        try await withCheckedThrowingContinuation { (finished: CheckedContinuation<Void, any Error>) in
            OSThread.start(name: "sqlite-backup") {
                finished.resume(with: Result { try copy() })
            }.detach()
        }
    }

    private func copy() throws {
        guard !isSameFile(source.path, destination) else {
            throw StorageError(.misuse, "a backup cannot replace the database it is made of")
        }
        let partial = destination + ".partial"
        unsafe unlink(partial)
        do {
            try write(to: partial)
            try verify(partial)
            try synchronize(partial)
            guard unsafe rename(partial, destination) == 0 else { throw systemError("rename", partial) }
            try synchronize(FilePaths.directory(of: destination))
        } catch {
            unsafe unlink(partial)
            throw error
        }
    }

    private func write(to partial: String) throws {
        let connection = try SQLiteConnection(path: source.path, isReader: true, createsFile: false)
        connection.handle.setBusyTimeout(milliseconds: source.busyMilliseconds)
        try connection.copy(into: partial)
    }

    private func verify(_ partial: String) throws {
        let connection = try SQLiteConnection(path: partial, isReader: true, createsFile: false)
        try connection.control("BEGIN")
        _ = try LentConnection.lend(connection) { try Integrity.check($0, path: partial) }
    }

    private func synchronize(_ path: String) throws {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw systemError("open", path) }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 else { throw systemError("fsync", path) }
    }

    private func isSameFile(_ first: String, _ second: String) -> Bool {
        var one = stat()
        var two = stat()
        guard unsafe stat(first, &one) == 0, unsafe stat(second, &two) == 0 else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }

    private func systemError(_ call: String, _ path: String) -> StorageError {
        let number = errno
        let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return StorageError(number == ENOSPC ? .full : .io, "the backup \(path) failed: \(call): \(text)")
    }
}
