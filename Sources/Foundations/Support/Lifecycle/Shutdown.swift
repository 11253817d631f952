import Synchronization

/// A switch that asks everything that holds it to finish; it can be thrown once and never goes back.
///
/// It is not cancellation: whoever is asked may still send, write and commit while it finishes.
public final class Shutdown: Sendable {
    private struct State {
        var isTriggered = false
        var nextID: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Makes a switch that has not been thrown.
    public init() {}

    /// Whether the switch has been thrown.
    public var isTriggered: Bool { state.withLock { $0.isTriggered } }

    /// Throws the switch; calling it again does nothing.
    public func trigger() {
        let waiting = state.withLock { state in
            state.isTriggered = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Returns when the switch is thrown, or when the waiting task is cancelled.
    public func wait() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isTriggered || Task.isCancelled { return true }
                    state.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            // Cancellation may come before the continuation is stored; then `Task.isCancelled` above sees it.
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
