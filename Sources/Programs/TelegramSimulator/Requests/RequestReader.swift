internal import HTTP
internal import HTTPServer

/// A refusal at the HTTP layer: an empty body and a closed connection, which clients must survive.
struct BareStatus: Error {
    var status: HTTPStatus
}

/// Reads the arguments of an HTTP request as the service's server does.
struct RequestReader: Sendable {
    /// Bytes of arguments, those of the query included; names count too.
    static let maximumParameters = 1 << 20

    let store: FileStore
    let maximumUpload: Int

    func read(_ request: ServerRequest) async throws -> Arguments {
        guard request.method == .get || request.method == .post else { throw BareStatus(status: 501) }
        let isPacked = try Self.isPacked(request.fields["Content-Encoding"])
        var arguments = Arguments()
        var room = Self.maximumParameters
        if let query = request.rawQuery {
            room -= query.utf8.count
            guard room >= 0 else { throw BareStatus(status: .contentTooLarge) }
            arguments.add(form: query)
        }
        let type = request.fields["Content-Type"] ?? ""
        do {
            if type.names("multipart/form-data") {
                try await multipart(request, type, isPacked, room, into: &arguments)
            } else if type.names("application/x-www-form-urlencoded") {
                let body = try await collect(request, isPacked, room)
                arguments.add(form: String(decoding: body, as: UTF8.self))
            } else if type.names("application/json") {
                arguments.add(json: try await collect(request, isPacked, room))
            }
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw BareStatus(status: .contentTooLarge)
        } catch let fault as Inflater.Fault {
            throw BareStatus(status: fault == .tooLarge ? .contentTooLarge : .badRequest)
        }
        return arguments
    }

    /// Whether a body is packed in a way that the service knows.
    private static func isPacked(_ encoding: String?) throws -> Bool {
        switch encoding?.trimmingSpaces().lowercased() {
        case nil, "": false
        case "gzip", "deflate": true
        default: throw BareStatus(status: .unsupportedMediaType)
        }
    }

    private func collect(_ request: ServerRequest, _ isPacked: Bool, _ room: Int) async throws -> [UInt8] {
        let body = try await request.body.collect(upTo: room)
        guard isPacked, !body.isEmpty else { return body }
        let inflater = try Inflater(limit: room)
        let unpacked = try inflater.take(body)
        try inflater.finish()
        return unpacked
    }

    private func multipart(
        _ request: ServerRequest, _ type: String, _ isPacked: Bool, _ room: Int, into arguments: inout Arguments
    ) async throws {
        guard let boundary = MultipartReader.boundary(type) else { throw BareStatus(status: .badRequest) }
        var stream = MultipartStream(boundary: boundary)
        var collector = PartCollector(store: store, maximumUpload: maximumUpload, room: room)
        let inflater = isPacked ? try Inflater(limit: maximumUpload + Self.maximumParameters) : nil
        for try await chunk in request.body.chunks {
            let bytes = try inflater?.take(chunk) ?? chunk
            try stream.take(bytes) { event in try collector.take(event, into: &arguments) }
        }
        try inflater?.finish()
    }
}

/// Puts the parts of a form where they belong: texts into the arguments, files onto the disk as they come.
struct PartCollector {
    let store: FileStore
    let maximumUpload: Int
    private var head: MultipartReader.Head?
    private var text: [UInt8] = []
    private var file: FileStore.Writer?
    private var files = 0
    /// Bytes of arguments that may still come.
    private var room: Int

    init(store: FileStore, maximumUpload: Int, room: Int = RequestReader.maximumParameters) {
        self.store = store
        self.maximumUpload = maximumUpload
        self.room = room
    }

    mutating func take(_ event: MultipartStream.Event, into arguments: inout Arguments) throws {
        switch event {
        case .part(let head):
            self.head = head
            text = []
            guard let head else { return }
            guard head.fileName != nil else { return try spend(head.name.utf8.count) }
            files += 1
            guard files <= MultipartReader.maximumFiles else { throw BareStatus(status: .contentTooLarge) }
            file = try store.writer()
        case .bytes(let bytes):
            if let file {
                guard file.size + bytes.count <= maximumUpload else { throw BareStatus(status: .contentTooLarge) }
                try file.write(bytes)
            } else if head != nil {
                try spend(bytes.count)
                text += bytes
            }
        case .end: try finish(into: &arguments)
        }
    }

    private mutating func spend(_ bytes: Int) throws {
        room -= bytes
        guard room >= 0 else { throw BareStatus(status: .contentTooLarge) }
    }

    private mutating func finish(into arguments: inout Arguments) throws {
        defer { (head, file) = (nil, nil) }
        guard let head else { return }
        if let file {
            arguments.add(
                head.name,
                file: Upload(name: head.fileName ?? "", type: head.type, path: file.keep(), size: file.size))
            return
        }
        if head.type?.names("application/x-www-form-urlencoded") == true {
            arguments.add(form: String(decoding: text, as: UTF8.self))
        } else {
            arguments.add(head.name, bytes: text)
        }
    }
}

extension String {
    /// Whether a media type occurs in the text of a header field, in any case.
    ///
    /// Looks at bytes: it is asked several times for every call.
    func names(_ type: StaticString) -> Bool {
        var text = self
        return text.withUTF8 { bytes in
            let count = type.utf8CodeUnitCount
            guard bytes.count >= count else { return false }
            for start in 0...bytes.count - count {
                var index = 0
                while index < count, unsafe (bytes[start + index] | 0x20) == (type.utf8Start[index] | 0x20) {
                    index += 1
                }
                if index == count { return true }
            }
            return false
        }
    }
}
