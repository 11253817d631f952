internal import HTTP
public import Support

/// Writes a record for each answered request: method, route, status, duration, bytes.
///
/// It names the matched pattern and never the target, which may hold a token or a person's words.
public struct RequestLog: Middleware {
    private let logger: Logger

    /// Writes to `logger`: what went well as debug, what the server did wrong as an error.
    public init(logger: Logger) { self.logger = logger }

    /// Lets the request pass and notes its end.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        let logger = self.logger
        let method = request.method.rawValue
        request.onCompletion { [context = request.context] response in
            let status = response.status
            let level: LogLevel = status?.isServerError == true ? .error : .debug
            logger.log(
                level, "request",
                [
                    "request": .integer(context.id), "method": .string(method),
                    "route": .string(context.route ?? "none"), "status": .integer(status?.rawValue ?? 0),
                    "duration": .duration(response.duration), "bytes": .integer(response.bytes),
                    "outcome": .string(response.outcome.rawValue),
                ])
        }
        return try await next.respond(to: request)
    }
}
