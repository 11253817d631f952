import Jobs
import Synchronization

/// What a scene's runner reports, for tests to wait for.
final class JobLog: Sendable {
    private struct State {
        var events: [JobEvent] = []
        var waiters: [(fits: @Sendable (JobEvent) -> Bool, continuation: CheckedContinuation<JobEvent, Never>)] = []
    }

    private let state = Mutex(State())

    func note(_ event: JobEvent) {
        let waiter = state.withLock { state -> CheckedContinuation<JobEvent, Never>? in
            if let index = state.waiters.firstIndex(where: { $0.fits(event) }) {
                return state.waiters.remove(at: index).continuation
            }
            state.events.append(event)
            return nil
        }
        waiter?.resume(returning: event)
    }

    /// The next event that nobody has waited for yet, of jobs of a kind and with such a change.
    func next(_ label: String, of kinds: String...) async -> JobEvent {
        let fits = { @Sendable (event: JobEvent) in event.change.label == label && kinds.contains(event.kind) }
        return await withCheckedContinuation { continuation in
            let found = state.withLock { state -> JobEvent? in
                if let index = state.events.firstIndex(where: fits) { return state.events.remove(at: index) }
                state.waiters.append((fits, continuation))
                return nil
            }
            if let found { continuation.resume(returning: found) }
        }
    }

    /// How often something happened that nobody has waited for.
    func count(_ label: String) -> Int { state.withLock { $0.events.count { $0.change.label == label } } }
}
