import HTTP
import HTTPServer
import Support
import Synchronization

/// The server of the demo's owner's page: its address is known before there is a bot whose page it is.
final class OwnerDoor: Responder {
    private struct State {
        var address: BoundAddress?
        var server: HTTPServer?
        var page: Router?
    }

    private let port: Int
    private let logger: Logger
    private let state = Mutex(State())

    init(port: Int, logger: Logger) {
        self.port = port
        self.logger = logger
    }

    /// The address; nil before `start`.
    var url: String? { state.withLock { $0.address.map { "http://\($0)" } } }

    func start() async throws {
        let server = HTTPServer(.init(port: port), name: "internal http", responder: self, logger: logger)
        let address = try await server.start()
        state.withLock {
            $0.server = server
            $0.address = address
        }
    }

    /// Shows the page of a bot, from now on.
    func lead(to unit: GalleryUnit) {
        var router = Router()
        unit.registerPage(in: &router)
        state.withLock { [router] in $0.page = router }
    }

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        guard let page = state.withLock({ $0.page }) else { throw HTTPError(.serviceUnavailable) }
        return try await page.respond(to: request)
    }

    func stop() async {
        let server = state.withLock { state in
            defer { state.server = nil }
            return state.server
        }
        await server?.stop(graceful: .zero)
    }
}
