public import HTTP
import Synchronization

/// How the answer to a request ended.
public struct CompletedResponse: Sendable {
    /// Why nothing more was sent.
    public enum Outcome: String, Sendable {
        /// Everything was handed to the network.
        case completed
        /// The client closed the connection first.
        case clientLeft = "client_left"
        /// The handler took too long, or the connection was idle too long.
        case timedOut = "timed_out"
        /// The server closed the connection: a fault, a deliberate cut, or its stop.
        case aborted
    }

    /// The status that was sent, nil when the connection ended before one.
    public let status: HTTPStatus?
    /// Bytes of the body handed to the network.
    public let bytes: Int
    /// Time from the request line to the end.
    public let duration: Duration
    /// How it ended.
    public let outcome: Outcome
}

/// What belongs to one request and is told upwards: the matched route, and who wants to know of its end.
final class RequestContext: Sendable {
    private struct State {
        var route: String?
        var hooks: [@Sendable (CompletedResponse) -> Void] = []
    }

    private static let nextID = Atomic<UInt64>(1)

    let id = RequestContext.nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    private let state = Mutex(State())

    var route: String? { state.withLock { $0.route } }

    func setRoute(_ pattern: String) { state.withLock { $0.route = pattern } }

    func addHook(_ hook: @escaping @Sendable (CompletedResponse) -> Void) {
        state.withLock { $0.hooks.append(hook) }
    }

    var hasHooks: Bool { state.withLock { !$0.hooks.isEmpty } }

    func complete(_ response: CompletedResponse) {
        let hooks = state.withLock { state in
            defer { state.hooks = [] }
            return state.hooks
        }
        for hook in hooks { hook(response) }
    }
}
