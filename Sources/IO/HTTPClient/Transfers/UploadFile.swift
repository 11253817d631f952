import Glibc

/// An open file that is sent; closed with its owner.
final class UploadFile: Sendable {
    private let descriptor: CInt
    /// The length in bytes when it was opened.
    let length: Int

    init(path: String) throws(HTTPClientError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableBody(SystemError.text(errno)) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadableBody("it is not a file")
        }
        self.descriptor = descriptor
        length = status.st_size
    }

    deinit { close(descriptor) }

    /// Reads at an offset; nothing at an error, 0 at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        while true {
            let count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, offset)
            if count >= 0 { return count }
            if errno != EINTR { return nil }
        }
    }
}
