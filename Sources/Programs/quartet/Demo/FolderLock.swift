import Glibc

/// Keeps a second process from using the same state; the system lets go when the process ends, however it does.
struct FolderLock: ~Copyable {
    private let file: Int32

    /// Throws `InUse` when another process holds the folder, `FolderError` when it cannot be used.
    init(_ folder: String) throws {
        try Folder.make(folder)
        let file = unsafe open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FolderError(path: folder, code: errno) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw InUse(folder: folder)
        }
        self.file = file
    }

    deinit { close(file) }

    /// Another process uses the folder.
    struct InUse: Error, CustomStringConvertible {
        var folder: String

        var description: String {
            "another demo uses \(folder); end it, or give this one a folder of its own with --state"
        }
    }
}
