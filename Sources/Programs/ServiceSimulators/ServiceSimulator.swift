package import HTTPServer
package import Support
internal import Synchronization

/// A server on loopback that stands in for a remote service.
package protocol ServiceSimulator: Service {
    /// Where it listens.
    var listener: SimulatorListener { get }

    /// The service's answer to a request, or what the fault in force makes of it.
    func respond(to request: ServerRequest) async throws -> ServerResponse
}

extension ServiceSimulator {
    /// Listens and answers; the address is what a client is given as base.
    @discardableResult
    package func start() async throws -> BoundAddress {
        try await listener.start { [self] request in try await respond(to: request) }
    }

    /// Stops listening at once.
    package func stop() async { await listener.stop() }

    package func run(until shutdown: Shutdown) async throws {
        await shutdown.wait()
        await stop()
    }
}

/// The socket of a simulator.
package final class SimulatorListener: Sendable {
    private let configuration: HTTPServer.Configuration
    private let server: Mutex<HTTPServer?> = Mutex(nil)

    /// A socket on a port of loopback; 0 for a free one.
    init(port: Int) { configuration = HTTPServer.Configuration(port: port) }

    func start(_ handler: @escaping RequestHandler) async throws -> BoundAddress {
        let server = HTTPServer(configuration, responder: ClosureResponder(handler))
        self.server.withLock { $0 = server }
        return try await server.start()
    }

    func stop() async { await server.withLock { $0 }?.stop(graceful: .zero) }
}
