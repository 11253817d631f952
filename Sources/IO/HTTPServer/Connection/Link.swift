import Synchronization

/// One TCP connection: who is at its other end, whether they still listen, and the request under way.
final class Link: Sendable {
    private struct State {
        var hasLeft = false
        var deadline: ContinuousClock.Instant?
        weak var exchange: Exchange?
    }

    let id: UInt64
    let address: String
    let socket: Int32
    private let patience: ReceivePatience?
    private let state: Mutex<State>

    init(id: UInt64, address: String, socket: Int32, patience: ReceivePatience?) {
        self.id = id
        self.address = address
        self.socket = socket
        self.patience = patience
        state = Mutex(State(deadline: patience?.untilNextRequest(from: .now)))
    }

    // MARK: What the client still owes

    /// A request's first line is there; the rest has to follow.
    func begin(_ exchange: Exchange) {
        state.withLock { state in
            state.exchange = exchange
            state.deadline = patience?.untilReceived(from: exchange.start)
        }
    }

    /// The client waits for the handler now, and no longer the other way round.
    func hasDelivered() { state.withLock { $0.deadline = nil } }

    /// Content that nobody wants any more is still to come.
    func mustFinish() { state.withLock { $0.deadline = patience?.untilReceived(from: .now) } }

    /// The request is over; another may follow.
    func end() { state.withLock { $0.deadline = patience?.untilNextRequest(from: .now) } }

    /// Whether the client took too long to send what it owes.
    func isLate(at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in state.deadline.map { $0 <= now } ?? false }
    }

    /// The request under way, if any.
    var exchange: Exchange? { state.withLock { $0.exchange } }

    // MARK: Leaving

    /// Whether the client has closed its side.
    var hasLeft: Bool { state.withLock { $0.hasLeft } }

    /// The watcher saw the client close its side, or the connection break.
    func left(isBroken: Bool) {
        let exchange = state.withLock { state in
            state.hasLeft = true
            return state.exchange
        }
        exchange?.clientLeft(isBroken: isBroken)
    }
}

/// How long a client may take to send what it owes: a byte now and then must not hold a connection for ever.
struct ReceivePatience: Sendable {
    /// From a request's first line to the start of its handler.
    let receive: Duration
    /// The silence that libmicrohttpd allows.
    let idle: Duration

    func untilReceived(from start: ContinuousClock.Instant) -> ContinuousClock.Instant { start.advanced(by: receive) }

    /// The first line is not seen while it comes, so a connection may rest, and then send it.
    func untilNextRequest(from start: ContinuousClock.Instant) -> ContinuousClock.Instant {
        start.advanced(by: idle + receive)
    }
}
