import Synchronization

/// One TCP connection: who is at its other end, whether they still listen, and the request under way.
final class Link: Sendable {
    private struct State {
        var hasLeft = false
        var isBroken = false
        weak var exchange: Exchange?
    }

    let id: UInt64
    let address: String
    private let state = Mutex(State())

    init(id: UInt64, address: String) {
        self.id = id
        self.address = address
    }

    func begin(_ exchange: Exchange) { state.withLock { $0.exchange = exchange } }

    /// Whether the client has closed its side.
    var hasLeft: Bool { state.withLock { $0.hasLeft } }

    /// The watcher saw the client close its side, or the connection break.
    func left(isBroken: Bool) {
        let exchange = state.withLock { state in
            state.hasLeft = true
            state.isBroken = isBroken
            return state.exchange
        }
        exchange?.clientLeft(isBroken: isBroken)
    }
}
