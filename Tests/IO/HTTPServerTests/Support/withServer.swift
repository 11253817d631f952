import HTTP
import HTTPServer
import Support
import Synchronization

/// Runs a server for the time of a test and stops it whatever happens.
func withServer<T: Sendable>(
    _ configuration: HTTPServer.Configuration = .init(), responder: any Responder,
    _ body: (HTTPServer, Int) async throws -> T
) async throws -> T {
    let server = HTTPServer(configuration, responder: responder)
    let address = try await server.start()
    do {
        let result = try await body(server, address.port)
        await server.stop(graceful: .zero)
        return result
    } catch {
        await server.stop(graceful: .zero)
        throw error
    }
}

func withServer<T: Sendable>(
    _ configuration: HTTPServer.Configuration = .init(), handler: @escaping RequestHandler,
    _ body: (HTTPServer, Int) async throws -> T
) async throws -> T {
    try await withServer(configuration, responder: ClosureResponder(handler), body)
}

/// Sends one request over a connection of its own.
func ask(_ port: Int, _ request: String, method: HTTPMethod = .get) async throws -> RawConnection.Reply? {
    try await onThread {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        return try connection.ask(request, method: method)
    }
}

/// A value that one side sets once and others wait for.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiting: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    func send(_ value: Value) {
        let waiting = state.withLock { state in
            if state.value == nil { state.value = value }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    func wait() async -> Value {
        await withCheckedContinuation { continuation in
            let value = state.withLock { state in
                if state.value == nil { state.waiting.append(continuation) }
                return state.value
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
