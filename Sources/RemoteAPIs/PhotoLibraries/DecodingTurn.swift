internal import Synchronization

/// Lets one picture be decoded at a time: 64 million pixels take 256 MB, and ten at once would take ten times that.
final class DecodingTurn: Sendable {
    private struct State {
        var isTaken = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        var firstWaiter = 0
    }

    private let state = Mutex(State())

    /// The turn of this process.
    static let shared = DecodingTurn()

    /// Waits for the turn, works, and passes it on; whoever waits longest is next.
    func whenever<Value, Failure: Error>(_ work: () throws(Failure) -> Value) async throws(Failure) -> Value {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isTaken {
                    state.waiters.append(continuation)
                    return false
                }
                state.isTaken = true
                return true
            }
            if isFree { continuation.resume() }
        }
        defer { passOn() }
        return try work()
    }

    private func passOn() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.firstWaiter < state.waiters.count else {
                state = State()
                return nil
            }
            defer { state.firstWaiter += 1 }
            return state.waiters[state.firstWaiter]
        }
        next?.resume()
    }
}
