public import Support

/// What a runner tells its observer, after it is stored.
public struct JobEvent: Sendable, Equatable {
    /// The job.
    public var id: JobID
    /// The name of its kind.
    public var kind: String
    /// Which run.
    public var attempt: Int
    /// What led to the job, see `WorkOrigin`.
    public var origin: String?
    /// What happened.
    public var change: Change

    /// What can happen.
    public enum Change: Sendable, Equatable {
        /// A run began.
        case started
        /// The work is done.
        case completed
        /// It was put off.
        case snoozed(until: Timestamp)
        /// The run failed; there will be another.
        case retried(at: Timestamp, reason: String)
        /// It was called off.
        case cancelled(reason: String)
        /// It failed for the last time; somebody should look at it.
        case discarded(reason: String)
        /// The runner stops and gave it back.
        case released
        /// Another runner has taken it over; what this run did is not stored.
        case leaseLost

        /// A short name from a fixed set, fit for a metric's label.
        public var label: String {
            switch self {
            case .started: "started"
            case .completed: "completed"
            case .snoozed: "snoozed"
            case .retried: "retried"
            case .cancelled: "cancelled"
            case .discarded: "discarded"
            case .released: "released"
            case .leaseLost: "lease_lost"
            }
        }
    }

    init(_ job: JobRecord, _ change: Change) {
        id = job.id
        kind = job.kind
        attempt = job.attempt
        origin = job.origin
        self.change = change
    }

    init(_ job: JobRecord, _ change: JobLifecycle.Change) {
        let reason = change.failure?.message ?? ""
        let told: Change =
            switch change.state {
            case .completed, .running: .completed
            case .scheduled: .snoozed(until: change.runAt)
            case .available: .released
            case .retryable: .retried(at: change.runAt, reason: reason)
            case .cancelled: .cancelled(reason: change.cancelReason ?? "")
            case .discarded: .discarded(reason: reason)
            }
        self.init(job, told)
    }
}
