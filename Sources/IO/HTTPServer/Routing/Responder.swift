/// Whatever answers requests: a handler, a router, a chain of middleware.
public protocol Responder: Sendable {
    /// Answers a request; what it throws is answered by the server: an `HTTPError` as it says, all else with 500.
    ///
    /// Begins on a thread of the server's event loop and goes on in the cooperative pool after its first
    /// suspension, so it must not block. The task is cancelled when the client leaves.
    func respond(to request: ServerRequest) async throws -> ServerResponse
}

/// A closure that answers requests.
public typealias RequestHandler = @Sendable (ServerRequest) async throws -> ServerResponse

/// A closure as a responder.
public struct ClosureResponder: Responder {
    private let handler: RequestHandler

    /// Wraps a closure.
    public init(_ handler: @escaping RequestHandler) { self.handler = handler }

    /// Calls the closure.
    public func respond(to request: ServerRequest) async throws -> ServerResponse { try await handler(request) }
}

/// Something that stands before a responder and may look at, change, or answer what passes.
public protocol Middleware: Sendable {
    /// Answers the request, usually by asking `next`.
    func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse
}

extension Responder {
    /// This responder behind middleware; the first in the list is met first.
    public func wrapped(by middleware: [any Middleware]) -> any Responder {
        var responder: any Responder = self
        for outer in middleware.reversed() { responder = Wrapped(middleware: outer, next: responder) }
        return responder
    }
}

private struct Wrapped: Responder {
    let middleware: any Middleware
    let next: any Responder

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        try await middleware.handle(request, next: next)
    }
}
