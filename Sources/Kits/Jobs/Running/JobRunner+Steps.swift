import Storage
package import Support
import Synchronization

/// One job after the other, for whoever turns the clock: in place of `run`, never beside it.
///
/// There are no leases to prolong and no deadlines here, since the clock may go faster than the work.
extension JobRunner {
    /// Whether no job is being done.
    package var isIdle: Bool { state.withLock { $0.isIdle } }

    /// Takes up what an earlier process of the same name has left, as `run` does at its start.
    package func prepareSteps() async throws { try await takeUpLeftBehind() }

    /// Begins the job that is next in line, also one that a schedule makes now; false where none is due.
    ///
    /// To be called while it is idle.
    package func beginNext() async throws -> Bool {
        guard try await outlook().isDue else { return false }
        try await reap()
        try await fireSchedules()
        var room = state.withLock(\.room)
        room.total = 1
        return try await take(room).total == 0
    }

    /// When something falls due that is not due yet; nil for never.
    ///
    /// To be called while it is idle.
    package func nextDue() async throws -> Timestamp? { try await outlook().next }

    private func outlook() async throws -> (isDue: Bool, next: Timestamp?) {
        let (queues, kinds, now) = (configuration.queues, handlers.kinds, time.now)
        guard !kinds.isEmpty else { return (false, nil) }
        return try await database.read { try JobStore($0).outlook(queues: queues, kinds: kinds, now: now) }
    }
}
