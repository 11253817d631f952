internal import Glibc

/// A regular file on disk: its size, its age, its bytes.
struct PictureFile {
    let path: String
    /// Bytes.
    let size: Int
    /// Seconds since 1970.
    let modified: Int

    /// Nil when there is no regular file at the path.
    init?(path: String) {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        self.path = path
        size = Int(facts.st_size)
        modified = Int(facts.st_mtim.tv_sec)
    }

    /// Reads at most `limit` bytes; a longer file is cut where that is allowed, else `.tooLarge`.
    func read(limit: Int, mayCut: Bool) throws(PhotoLibraryError) -> [UInt8] {
        guard size <= limit || mayCut else { throw .tooLarge(size: size) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw [ENOENT, EACCES, EPERM].contains(errno) ? .notFound : .unavailable(reason: Self.reason())
        }
        defer { close(descriptor) }
        let wanted = min(size, limit)
        var failure: PhotoLibraryError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted, let base = buffer.baseAddress {
                let got = unsafe Glibc.read(descriptor, base + count, wanted - count)
                if got > 0 {
                    count += got
                } else if got == 0 {
                    break
                } else if errno != EINTR {
                    failure = .unavailable(reason: Self.reason())
                    break
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// The beginning, where sizes stand, save for the metadata that cameras put there; nil for a file that has gone or
    /// may not be read.
    func head() throws(PhotoLibraryError) -> [UInt8]? {
        do throws(PhotoLibraryError) {
            return try read(limit: 512 * 1024, mayCut: true)
        } catch {
            if error == .notFound { return nil }
            throw error
        }
    }

    private static func reason() -> String {
        unsafe String(cString: strerror(errno))
    }
}
