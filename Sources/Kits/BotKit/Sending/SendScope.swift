import Storage
import Support
import Synchronization

/// For whom calls are made: read by the rules of sending, set around handlers and jobs.
struct SendScope: Sendable {
    var priority: SendPriority
    /// The longest `retry_after` that is waited for, where it differs from the policy's.
    var patience: Duration?
    /// Learns when a call goes out.
    var departure: Departure?
    /// The update that is being handled, or that stored the job which is being done.
    var trace: TraceID?

    /// What is set around handlers and broadcasts.
    @TaskLocal static var given = SendScope(priority: .push)

    /// What is set here; a job's calls have the trace of the update that led to it.
    static var current: SendScope {
        var scope = given
        if scope.trace == nil { scope.trace = WorkOrigin.current.flatMap(TraceID.init) }
        return scope
    }

    /// What a log says of a call.
    func fields(_ method: String) -> [String: LogValue] {
        var fields: [String: LogValue] = ["method": .string(method)]
        if let trace { fields["trace"] = .string(trace.description) }
        return fields
    }

    /// Whether a call has gone out, so that it may have had its effect whatever came of it.
    final class Departure: Sendable {
        private enum Stage: UInt8, AtomicRepresentable {
            case waiting, left, recalled
        }

        private let stage = Atomic(Stage.waiting)

        var hasLeft: Bool { stage.load(ordering: .acquiring) == .left }

        /// The call goes out; false where it was recalled before.
        func leave() -> Bool { settle(.left) }

        /// The call is not to go out; false where it has left.
        func recall() -> Bool { settle(.recalled) }

        private func settle(_ end: Stage) -> Bool {
            let (isFirst, before) = stage.compareExchange(
                expected: .waiting, desired: end, ordering: .acquiringAndReleasing)
            return isFirst || before == end
        }
    }
}
