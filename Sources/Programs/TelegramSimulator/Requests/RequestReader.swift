internal import HTTP
internal import HTTPServer

/// A refusal at the HTTP layer: an empty body and a closed connection, which clients must survive.
struct BareStatus: Error {
    var status: HTTPStatus
}

/// Reads the arguments of an HTTP request as the service's server does.
struct RequestReader: Sendable {
    static let maximumParameters = 1 << 20

    let store: FileStore
    let maximumUpload: Int

    func read(_ request: ServerRequest) async throws -> Arguments {
        guard request.method == .get || request.method == .post else { throw BareStatus(status: 501) }
        if let encoding = request.fields["Content-Encoding"], encoding.lowercased() != "identity" {
            throw BareStatus(status: .unsupportedMediaType)
        }
        var arguments = Arguments()
        if let query = request.rawQuery { arguments.add(form: query) }
        let type = request.fields["Content-Type"] ?? ""
        if type.names("multipart/form-data") {
            try await multipart(request, type, into: &arguments)
        } else if type.names("application/x-www-form-urlencoded") {
            let body = try await collect(request, upTo: Self.maximumParameters)
            arguments.add(form: String(decoding: body, as: UTF8.self))
        } else if type.names("application/json") {
            arguments.add(json: try await collect(request, upTo: Self.maximumParameters))
        }
        return arguments
    }

    private func collect(_ request: ServerRequest, upTo limit: Int) async throws -> [UInt8] {
        do {
            return try await request.body.collect(upTo: limit)
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw BareStatus(status: .contentTooLarge)
        }
    }

    private func multipart(_ request: ServerRequest, _ type: String, into arguments: inout Arguments) async throws {
        guard let boundary = MultipartReader.boundary(type) else { throw BareStatus(status: .badRequest) }
        let body = try await collect(request, upTo: maximumUpload + Self.maximumParameters)
        var parameters = 0
        for part in MultipartReader.parts(body, boundary: boundary) {
            guard let fileName = part.fileName else {
                parameters += part.body.count
                guard parameters <= Self.maximumParameters else { throw BareStatus(status: .contentTooLarge) }
                let text = String(decoding: part.body, as: UTF8.self)
                if part.type == "application/x-www-form-urlencoded" {
                    arguments.add(form: text)
                } else {
                    arguments.add(part.name, text)
                }
                continue
            }
            guard arguments.files.count < MultipartReader.maximumFiles, part.body.count <= maximumUpload else {
                throw BareStatus(status: .contentTooLarge)
            }
            let name = try store.write(Array(part.body))
            arguments.add(
                part.name,
                file: Upload(name: fileName, type: part.type, path: name, size: part.body.count))
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
