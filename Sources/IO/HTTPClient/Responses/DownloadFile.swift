import Glibc

/// A file that appears under its name only when it is complete.
///
/// It grows under a name of its own in the same folder; dropped unfinished, that is removed.
final class DownloadFile: Sendable {
    private let descriptor: CInt
    private let path: String
    private let partialPath: String

    init(path: String) throws(HTTPClientError) {
        let partialPath = "\(path).\(UInt32.random(in: 0...UInt32.max)).part"
        let descriptor = unsafe open(partialPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritableFile(SystemError.text(errno)) }
        self.path = path
        self.partialPath = partialPath
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        // After `finish` the name is gone, which is as well.
        discard()
    }

    /// Appends all bytes.
    func write(_ bytes: [UInt8]) -> HTTPClientError? {
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while unsafe !rest.isEmpty {
                let piece = unsafe UnsafeRawBufferPointer(rebasing: rest)
                let count = unsafe Glibc.write(descriptor, piece.baseAddress, piece.count)
                if count >= 0 {
                    unsafe rest = unsafe rest.dropFirst(count)
                } else if errno != EINTR {
                    return .unwritableFile(SystemError.text(errno))
                }
            }
            return nil
        }
    }

    /// Removes what was written.
    func discard() { _ = unsafe unlink(partialPath) }

    /// Gives the file its name, in place of one that has it.
    func finish() -> HTTPClientError? {
        unsafe rename(partialPath, path) == 0 ? nil : .unwritableFile(SystemError.text(errno))
    }
}

extension ResponseBody {
    /// Writes the body to a file, which appears under its name only when it is complete.
    ///
    /// Gives the number of bytes; throws ``HTTPClientError/tooLarge(limit:)`` if there are more than the limit.
    @discardableResult
    public func save(to path: String, upTo limit: Int? = nil) async throws(HTTPClientError) -> Int {
        let worker = BlockingWorker(name: "http-save")
        let opening = await worker.run { () -> Result<DownloadFile, HTTPClientError> in
            do throws(HTTPClientError) {
                return .success(try DownloadFile(path: path))
            } catch {
                return .failure(error)
            }
        }
        let file: DownloadFile
        switch opening {
        case .success(let opened): file = opened
        case .failure(let error):
            lease.cancel()
            throw error
        }
        let result: Result<Int, HTTPClientError>
        do throws(HTTPClientError) {
            result = .success(try await fill(file, by: worker, upTo: limit))
        } catch {
            result = .failure(error)
        }
        // Now, and not when the worker lets go of the file: nothing is left when the caller hears of the fault.
        if case .failure = result { await worker.run { file.discard() } }
        return try result.get()
    }

    private func fill(
        _ file: DownloadFile, by worker: BlockingWorker, upTo limit: Int?
    ) async throws(HTTPClientError) -> Int {
        var count = 0
        while let chunk = try await lease.next() {
            count += chunk.count
            if let limit, count > limit {
                lease.cancel()
                throw .tooLarge(limit: limit)
            }
            if let error = await worker.run({ file.write(chunk) }) {
                lease.cancel()
                throw error
            }
        }
        if let error = await worker.run({ file.finish() }) { throw error }
        return count
    }
}
