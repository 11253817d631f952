import Storage
public import Support

/// What is stored about a job.
public struct JobRecord: Sendable, Equatable {
    /// Its number.
    public var id: JobID
    /// The name of its kind.
    public var kind: String
    /// Where it stands.
    public var state: JobState
    /// The run that is under way, or how many have failed.
    public var attempt: Int
    /// After how many failed runs it is discarded.
    public var maxAttempts: Int
    /// How often it was put off without that being an attempt.
    public var snoozes: Int
    /// When it may run next.
    public var runAt: Timestamp
    /// The key that no other job that is not final has.
    public var uniqueKey: String?
    /// For a job of a schedule, the time for which it was planned.
    public var scheduledFor: Timestamp?
    /// What led to it, see `WorkOrigin`.
    public var origin: String?
    /// The last failures, oldest first.
    public var errors: [Failure]
    /// When it was stored.
    public var created: Timestamp
    /// When it became final.
    public var finished: Timestamp?
    /// What a cancellation was asked with.
    public var cancelReason: String?

    var arguments: String
    var stepState: String?
    var leaseToken: Int64

    /// One failed run.
    public struct Failure: Sendable, Equatable, Codable {
        /// Which run.
        public var attempt: Int
        /// Microseconds since 1970 UTC.
        public var at: Int64
        /// What was thrown or told.
        public var message: String
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        state = try row.get("state")
        attempt = try row.get("attempt")
        maxAttempts = try row.get("max_attempts")
        snoozes = try row.get("snoozes")
        runAt = try row.get("run_at")
        uniqueKey = try row.get("unique_key")
        scheduledFor = try row.get("scheduled_for")
        origin = try row.get("origin")
        let failures: String = try row.get("errors")
        errors = failures == "[]" ? [] : try JobCoding.decode(failures)
        created = try row.get("created")
        finished = try row.get("finished")
        cancelReason = try row.get("cancel_reason")
        arguments = try row.get("args")
        stepState = try row.get("step_state")
        leaseToken = try row.get("lease_token")
    }
}

/// Counts of the stored jobs.
public struct JobStatistics: Sendable, Equatable {
    /// How many jobs of a kind stand in a state.
    public struct Count: Sendable, Equatable {
        /// The name of the kind.
        public var kind: String
        /// The state.
        public var state: JobState
        /// How many.
        public var count: Int
    }

    /// The counts, without those that are zero.
    public var counts: [Count]
    /// How long the longest waiting job that may run has waited.
    public var lag: Duration

    /// How many jobs stand in a state, of any kind.
    public func count(_ state: JobState) -> Int {
        counts.reduce(0) { $0 + ($1.state == state ? $1.count : 0) }
    }
}
