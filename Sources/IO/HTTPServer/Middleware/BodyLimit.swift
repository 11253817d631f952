internal import HTTP

/// Answers 413 to requests with more content than allowed here.
public struct BodyLimit: Middleware {
    private let bytes: Int

    /// Allows `bytes` of content; more than the server's own limit has no effect.
    public init(bytes: Int) { self.bytes = bytes }

    /// Refuses a declared length at once and an undeclared one when it is reached.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        if let declared = request.fields.contentLength, declared > bytes { throw HTTPError(.contentTooLarge) }
        var request = request
        request.body.limit = min(request.body.limit, bytes)
        return try await next.respond(to: request)
    }
}
