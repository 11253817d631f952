import Synchronization

/// Tells a waiting runner that there may be something to do; signals before the wait are not lost.
final class WakeSignal: Sendable {
    private struct State {
        var generation: UInt64 = 0
        var cancellations: UInt64 = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Where the signals stand; to be read before looking for work.
    var generation: UInt64 { state.withLock { $0.generation } }

    func signal(isCancellation: Bool = false) {
        let waiting = state.withLock { state in
            state.generation += 1
            if isCancellation { state.cancellations += 1 }
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.resume() }
    }

    /// How often a job was called off, so that a runner sees that it was.
    var cancellations: UInt64 { state.withLock { $0.cancellations } }

    /// Returns when there was a signal after `generation`.
    func wait(after generation: UInt64) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.generation != generation { return true }
                state.waiting.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
