import Synchronization

/// One long poll that waits for updates.
final class PollWaiter: Sendable {
    /// Why the wait is over.
    enum Outcome: Sendable, Equatable {
        case updates, timeout, cancelled
        /// Another caller wants the updates.
        case terminated
        case terminatedByWebhook
        case loggedOut
    }

    private struct State {
        var outcome: Outcome?
        var continuation: CheckedContinuation<Outcome, Never>?
    }

    private let state = Mutex(State())

    /// Returns when the wait is over; only one task may wait.
    func wait() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLock { state -> Outcome? in
                    if state.outcome == nil { state.continuation = continuation }
                    return state.outcome
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            resume(.cancelled)
        }
    }

    /// Ends the wait; the first reason counts.
    func resume(_ outcome: Outcome) {
        let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: outcome)
    }
}
