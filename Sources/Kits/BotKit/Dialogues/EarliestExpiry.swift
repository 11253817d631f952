import Support
import Synchronization

/// When the next dialogue expires whose person is to be told, and who waits for that.
final class EarliestExpiry: Sendable {
    private struct State {
        /// The earliest that the one who waits knows of.
        var known = Timestamp(microseconds: .max)
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Has somebody woken when one is stored that expires earlier than they know.
    func onEarlier(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// Notes one that is stored.
    func note(_ moment: Timestamp) {
        let wake = state.withLock { state -> (@Sendable () -> Void)? in
            guard moment < state.known else { return nil }
            state.known = moment
            return state.wake
        }
        wake?()
    }

    /// Begins to look which is the earliest in the table; what is stored from now on counts.
    func beginLook() { state.withLock { $0.known = Timestamp(microseconds: .max) } }

    /// Notes the earliest that was found; nil where there is none.
    func endLook(_ moment: Timestamp?) {
        guard let moment else { return }
        state.withLock { $0.known = min($0.known, moment) }
    }
}
