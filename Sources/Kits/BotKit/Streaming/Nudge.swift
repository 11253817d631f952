import Support
import Synchronization

/// Wakes one task that waits, or lets its next wait return at once.
final class Nudge: Sendable {
    private struct State {
        var isDue = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wake() {
        let waiter = state.withLock { state in
            guard let waiter = state.waiter else {
                state.isDue = true
                return nil as CheckedContinuation<Void, Never>?
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Waits for a nudge or the task's cancellation.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isDue || Task.isCancelled {
                        state.isDue = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                let waiter = state.waiter
                state.waiter = nil
                return waiter
            }?.resume()
        }
    }

    /// Waits for a nudge, but not longer than to a moment of the clock's uptime.
    func wait(until moment: Duration, time: any TimeSource) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask {
                // Cancelled when the nudge comes first; that is what the race is for.
                do { try await time.sleep(for: moment - time.uptime) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
