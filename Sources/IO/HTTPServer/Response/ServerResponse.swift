public import HTTP

/// The answer to a request.
public struct ServerResponse: Sendable {
    /// Writes a streamed body; what it throws cuts the connection.
    public typealias Producer = @Sendable (ResponseWriter) async throws -> Void

    /// What follows the head.
    public enum Body: Sendable {
        /// Bytes in memory.
        case bytes([UInt8])
        /// A file of the disk; the path is trusted. Answers 404 where it is no regular file, and sees to ranges.
        case file(path: String)
        /// Bytes that a closure writes while they are sent, of a length known or not.
        case stream(length: Int?, Producer)
        /// These bytes, although the head promises `promised` of them; then the connection is cut.
        case truncated([UInt8], promised: Int)
        /// No answer at all: the connection is closed.
        case abort
    }

    /// The status.
    public var status: HTTPStatus
    /// The header fields; `Content-Length`, `Transfer-Encoding` and `Date` are the server's own.
    public var fields: HTTPFields
    /// The body.
    public var body: Body
    /// Whether the stream has no natural end and is ended first when the server stops.
    public var endsOnStop = false

    /// Makes an answer.
    public init(status: HTTPStatus = .ok, fields: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// An answer without a body.
    public static func empty(_ status: HTTPStatus = .noContent) -> ServerResponse { ServerResponse(status: status) }

    /// Plain text in UTF-8.
    public static func text(_ text: String, status: HTTPStatus = .ok) -> ServerResponse {
        bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    /// An HTML page in UTF-8.
    public static func html(_ page: String, status: HTTPStatus = .ok) -> ServerResponse {
        bytes(Array(page.utf8), type: "text/html; charset=utf-8", status: status)
    }

    /// JSON that is already written.
    public static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> ServerResponse {
        self.bytes(bytes, type: "application/json", status: status)
    }

    /// JSON that is already written.
    public static func json(_ text: String, status: HTTPStatus = .ok) -> ServerResponse {
        json(Array(text.utf8), status: status)
    }

    /// Bytes of a type.
    public static func bytes(_ bytes: [UInt8], type: String, status: HTTPStatus = .ok) -> ServerResponse {
        ServerResponse(status: status, fields: ["Content-Type": type], body: .bytes(bytes))
    }

    /// A file of the disk, with ranges, `Last-Modified` and `ETag`; the type follows from the name unless given.
    public static func file(path: String, type: MediaType? = nil) -> ServerResponse {
        ServerResponse(
            fields: ["Content-Type": (type ?? .forFileName(path)).description], body: .file(path: path))
    }

    /// Sends the client elsewhere.
    public static func redirect(to location: String, status: HTTPStatus = .seeOther) -> ServerResponse {
        ServerResponse(status: status, fields: ["Location": location])
    }

    /// A body that `producer` writes piece by piece.
    public static func stream(
        type: String, length: Int? = nil, status: HTTPStatus = .ok, _ producer: @escaping Producer
    ) -> ServerResponse {
        ServerResponse(status: status, fields: ["Content-Type": type], body: .stream(length: length, producer))
    }

    /// Server-sent events; the stream ends when `producer` returns, the client leaves or the server stops.
    public static func serverSentEvents(_ producer: @escaping Producer) -> ServerResponse {
        var response = stream(type: "text/event-stream", producer)
        response.fields.append("Cache-Control", "no-store")
        response.fields.append("X-Accel-Buffering", "no")  // a proxy must not wait for more
        response.endsOnStop = true
        return response
    }

    /// Closes the connection without an answer, for the simulation of faults.
    public static let abort = ServerResponse(status: 500, body: .abort)

    /// The same answer over a connection that is closed afterwards.
    public func closingConnection() -> ServerResponse {
        var response = self
        response.fields["Connection"] = "close"
        return response
    }

    /// The same answer, cut after `count` bytes of its body, for the simulation of faults.
    public func truncated(after count: Int) -> ServerResponse {
        guard case .bytes(let bytes) = body else { return .abort }
        var response = self
        response.body = .truncated(Array(bytes.prefix(count)), promised: max(bytes.count, count + 1))
        return response
    }
}
