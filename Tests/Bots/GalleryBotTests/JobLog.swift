import Jobs
import Synchronization

/// What a scene's runner reports, for tests to wait for.
final class JobLog: Sendable {
    private struct State {
        var events: [JobEvent] = []
        /// Jobs to which nothing more happens, and who waits for that.
        var ended: Set<JobID> = []
        var waitingForEnds: [(id: JobID, continuation: CheckedContinuation<Void, Never>)] = []
        var waiters: [(fits: @Sendable (JobEvent) -> Bool, continuation: CheckedContinuation<JobEvent, Never>)] = []
    }

    private let state = Mutex(State())

    func note(_ event: JobEvent) {
        if ["completed", "cancelled", "discarded"].contains(event.change.label) {
            let waitingForEnds = state.withLock { state in
                state.ended.insert(event.id)
                defer { state.waitingForEnds.removeAll { $0.id == event.id } }
                return state.waitingForEnds.filter { $0.id == event.id }
            }
            for waiter in waitingForEnds { waiter.continuation.resume() }
        }
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

    /// Returns when nothing more happens to a job.
    func end(of id: JobID) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.ended.contains(id) { return true }
                state.waitingForEnds.append((id, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    /// How often something happened that nobody has waited for.
    func count(_ label: String) -> Int { state.withLock { $0.events.count { $0.change.label == label } } }
}
