import Glibc
internal import HTTP

extension ServerRequest {
    /// Reads a `multipart/form-data` content; files go to `directory` while they arrive, and are never in memory.
    ///
    /// Throws `HTTPError`: 415 for another type, 400 for a malformed form, 413 beyond a limit; the files written until
    /// then are removed.
    public func multipart(
        into directory: String, limits: MultipartForm.Limits = .init()
    ) async throws -> MultipartForm {
        guard let type = fields.contentType, type.matches(.multipart) else {
            throw HTTPError(.unsupportedMediaType, "multipart/form-data is wanted")
        }
        guard let boundary = type[parameter: "boundary"].flatMap(MultipartBoundary.init) else {
            throw HTTPError(.badRequest, "the form has no valid boundary")
        }
        let disk = BlockingQueue(name: "http-form")
        defer { disk.stop() }
        let reader = FormReader(directory: directory, limits: limits, boundary: boundary)
        let box = FormBox(reader)
        do {
            for try await chunk in body.chunks { try await disk.run { try box.withReader { try $0.take(chunk) } } }
            return try await disk.run { try box.withReader { try $0.finish() } }
        } catch {
            await disk.clean { box.withReader { $0.removeAll() } }
            if let failure = error as? MultipartParser.Failure {
                throw HTTPError(.badRequest, "malformed form: \(failure)")
            }
            throw error
        }
    }
}

/// Puts a form together; it blocks on the disk.
struct FormReader: Sendable {
    private var parser: MultipartParser
    private let directory: String
    private let limits: MultipartForm.Limits
    private var form = MultipartForm()
    private var part: MultipartParser.Head?
    private var content: [UInt8] = []
    private var fieldBytes = 0
    private var file: (descriptor: Int32, path: String, bytes: Int)?

    init(directory: String, limits: MultipartForm.Limits, boundary: MultipartBoundary) {
        self.directory = directory
        self.limits = limits
        parser = MultipartParser(boundary: boundary)
    }

    mutating func take(_ bytes: [UInt8]) throws {
        for event in try parser.events(in: bytes) {
            switch event {
            case .part(let head): try begin(head)
            case .content(let bytes): try append(bytes)
            case .partEnd: end()
            }
        }
    }

    mutating func finish() throws -> MultipartForm {
        try parser.finish()
        return form
    }

    /// Removes what was written.
    mutating func removeAll() {
        if let file {
            close(file.descriptor)
            _ = unsafe unlink(file.path)
        }
        file = nil
        for file in form.files { _ = unsafe unlink(file.path) }
    }

    private mutating func begin(_ head: MultipartParser.Head) throws {
        part = head
        content = []
        guard head.fileName != nil else {
            guard form.fields.count < limits.fields else { throw HTTPError(.contentTooLarge, "too many fields") }
            return
        }
        guard form.files.count < limits.files else { throw HTTPError(.contentTooLarge, "too many files") }
        let path = "\(directory)/upload-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure(step: "create an upload", code: errno) }
        file = (descriptor, path, 0)
    }

    private mutating func append(_ bytes: [UInt8]) throws {
        guard var current = file else {
            fieldBytes += bytes.count
            guard fieldBytes <= limits.fieldBytes else { throw HTTPError(.contentTooLarge, "the fields are too long") }
            content += bytes
            return
        }
        current.bytes += bytes.count
        guard current.bytes <= limits.fileBytes else { throw HTTPError(.contentTooLarge, "a file is too long") }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(current.descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemFailure(step: "write an upload", code: errno)
            }
            rest = rest.dropFirst(count)
        }
        file = current
    }

    private mutating func end() {
        guard let part else { return }
        if let file {
            close(file.descriptor)
            form.files.append(
                .init(
                    name: part.name, fileName: part.fileName ?? "", contentType: part.contentType, path: file.path,
                    bytes: file.bytes))
        } else {
            fieldBytes += part.name.utf8.count
            form.fields.append(.init(name: part.name, bytes: content, contentType: part.contentType))
        }
        self.part = nil
        file = nil
        content = []
    }
}

/// A call of the system that failed.
struct SystemFailure: Error, CustomStringConvertible {
    let step: String
    let code: Int32

    var description: String { "cannot \(step): \(unsafe String(cString: strerror(code)))" }
}
