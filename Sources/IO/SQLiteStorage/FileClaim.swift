import Glibc
import Storage

/// Keeps a second process from working on the same database file; the system lets go when the process ends.
///
/// A file of its own beside the database, since SQLite's locks come and go with each transaction.
final class FileClaim: Sendable {
    private let file: Int32

    /// - Throws: `StorageError` with code `locked` and the number of the other process, or `cannotOpen`.
    init(database path: String) throws(StorageError) {
        let lock = path + ".lock"
        let file = unsafe open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw StorageError(.cannotOpen, "cannot open \(lock): \(unsafe String(cString: strerror(errno)))")
        }
        var code = Int32(0)
        repeat { code = flock(file, LOCK_EX | LOCK_NB) } while code != 0 && errno == EINTR
        guard code == 0 else {
            let reason = errno
            let holder = Self.text(of: file).flatMap { Int32($0) }
            close(file)
            guard reason == EWOULDBLOCK else {
                throw StorageError(.cannotOpen, "cannot lock \(lock): \(unsafe String(cString: strerror(reason)))")
            }
            throw StorageError(.locked, "\(path) is in use by \(Self.name(of: holder)); end it first")
        }
        // For the message that another process shows; without it that only names nobody.
        let text = Array("\(getpid())\n".utf8)
        if ftruncate(file, 0) == 0 { _ = unsafe pwrite(file, text, text.count, 0) }
        self.file = file
    }

    deinit { close(file) }

    private static func name(of process: pid_t?) -> String {
        guard let process else { return "another process" }
        let file = unsafe open("/proc/\(process)/comm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "process \(process)" }
        defer { close(file) }
        return text(of: file).map { "process \(process) (\($0))" } ?? "process \(process)"
    }

    private static func text(of file: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
