internal import HTTP
package import HTTPServer
internal import JSON
package import Support
internal import Synchronization

/// An Immich server on loopback: its REST API with permissions, paging and refusals, pictures, and faults on request.
package final class ImmichSimulator: ServiceSimulator {
    package let name = "immich-simulator"

    /// What goes wrong, for every request until changed.
    package enum Fault: Sendable, Equatable {
        /// Nothing.
        case none
        /// A proxy in front answers 502 with a page.
        case badGateway
        /// The connection is cut before an answer.
        case cut
        /// Its database is gone: everything but the version is a 500 in JSON.
        case brokenDatabase
        /// A proxy in front sends everybody to its log-in page.
        case loginRedirect
        /// A proxy in front shows its log-in page in place of everything.
        case loginPage
        /// Pictures come cut in the middle.
        case truncatedPictures
        /// Pictures come as a page that calls itself one.
        case picturesAsPages
        /// Every answer takes this long.
        case slow(Duration)
        /// The next page of a search is always this one.
        case endlessPaging
    }

    /// A key and what it is allowed to do; `all` is everything.
    package struct Key: Sendable {
        package var secret: String
        package var permissions: Set<String>

        package init(_ secret: String, permissions: Set<String> = ["all"]) {
            self.secret = secret
            self.permissions = permissions
        }
    }

    private struct State {
        var store: ImmichStore
        var fault = Fault.none
        var requests: [String] = []
        var draws: UInt64
    }

    /// Major, minor and patch.
    package typealias Version = (major: Int, minor: Int, patch: Int)

    let generation: ImmichGeneration
    let isAncient: Bool
    let version: Version
    private let keys: [Key]
    /// Members that it does not know are dropped, as the real server does, and not refused.
    private let isLenient: Bool
    private let state: Mutex<State>
    private let time: any TimeSource
    package let listener: SimulatorListener

    /// - Parameters:
    ///   - keys: What requests must carry, one of these.
    ///   - version: 2 and 3 differ in their refusals; one before 1.133 has no visibility.
    ///   - port: 0 for a free one.
    package init(
        store: ImmichStore, keys: [Key], version: Version = (2, 7, 5), isLenient: Bool = false, port: Int = 0,
        seed: UInt64 = 1, time: any TimeSource = SystemTime()
    ) {
        self.keys = keys
        self.version = version
        generation = version.major >= 3 ? .zod : .classValidator
        isAncient = (version.major, version.minor) < (1, 133)
        self.isLenient = isLenient || isAncient
        self.time = time
        state = Mutex(State(store: store, draws: seed))
        listener = SimulatorListener(port: port)
    }

    /// Changes what goes wrong.
    package func setFault(_ fault: Fault) {
        state.withLock { $0.fault = fault }
    }

    /// Changes the rows while they are in use.
    package func update(_ change: @Sendable (inout ImmichStore) -> Void) {
        state.withLock { change(&$0.store) }
    }

    /// The rows as they stand now.
    package var store: ImmichStore { state.withLock { $0.store } }

    /// Method and target of each request so far.
    package var requests: [String] { state.withLock { $0.requests } }

    // MARK: Requests

    package func respond(to request: ServerRequest) async throws -> ServerResponse {
        let fault = state.withLock { state in
            state.requests.append("\(request.method) \(request.target)")
            return state.fault
        }
        let path = request.decodedPath ?? request.path
        switch fault {
        case .badGateway: return .html("<html><body><h1>502 Bad Gateway</h1></body></html>", status: 502)
        case .cut: return .abort
        case .loginRedirect where !path.hasPrefix("/login"): return .redirect(to: "/login?rd=\(path)", status: 302)
        case .loginPage, .loginRedirect: return .html("<!DOCTYPE html><html><title>Sign in</title></html>")
        case .slow(let delay): try await time.sleep(for: delay)
        default: break
        }
        guard path.hasPrefix("/api/") else {
            // Whatever is not its API is its web app.
            return .html("<!DOCTYPE html><html><head><title>Immich</title></head></html>")
        }
        do throws(ImmichRefusal) {
            return try await answer(request, Array(path.split(separator: "/").dropFirst().map(String.init)), fault)
        } catch {
            return error.response(generation)
        }
    }

    private func answer(
        _ request: ServerRequest, _ parts: [String], _ fault: Fault
    ) async throws(ImmichRefusal) -> ServerResponse {
        guard let endpoint = ImmichEndpoint(request.method, parts) else {
            throw .notFound("Cannot \(request.method) /api/\(parts.joined(separator: "/"))")
        }
        let permissions = try authenticate(request, endpoint)
        if fault == .brokenDatabase, endpoint.permission != nil { throw .fault }
        var body: JSONValue = [:]
        if request.method != .get { body = try await Self.body(of: request) }
        let draw = state.withLock { state in
            state.draws = state.draws &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state.draws
        }
        let handler = ImmichHandler(
            store: store, generation: generation, version: version, isAncient: isAncient, isLenient: isLenient,
            fault: fault, permissions: permissions, draw: draw)
        return try handler.answer(endpoint, request, body) { [self] id, change in
            state.withLock { state in
                guard let index = state.store.assets.firstIndex(where: { $0.id == id }) else { return }
                change(&state.store.assets[index])
            }
        }
    }

    /// The key first, then its permission, and only then what the request says.
    private func authenticate(_ request: ServerRequest, _ endpoint: ImmichEndpoint) throws(ImmichRefusal) -> Set<String>
    {
        if endpoint.isPublic { return [] }
        guard let secret = request.fields["x-api-key"] ?? request.query["apiKey"], !secret.isEmpty else {
            throw .unauthorized("Authentication required")
        }
        guard let key = keys.first(where: { $0.secret == secret }) else { throw .unauthorized("Invalid API key") }
        if let permission = endpoint.permission, !key.permissions.contains("all"),
            !key.permissions.contains(permission)
        {
            throw .forbidden("Missing required permission: \(permission)")
        }
        return key.permissions
    }

    private static func body(of request: ServerRequest) async throws(ImmichRefusal) -> JSONValue {
        let bytes: [UInt8]
        // A body that did not arrive whole is one that cannot be read.
        do { bytes = try await request.body.collect() } catch { throw .badRequest("request aborted") }
        guard request.fields["Content-Type"]?.lowercased().hasPrefix("application/json") == true, !bytes.isEmpty else {
            return [:]
        }
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .badRequest("Unexpected token in JSON at position \(error.offset)")
        }
    }
}
