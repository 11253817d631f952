public import Storage

/// Something that does the jobs of one kind.
public protocol JobHandler<Work>: Sendable {
    /// The jobs it does.
    associatedtype Work: Job

    /// How its jobs are run.
    var policy: JobPolicy { get }

    /// Does a job; it may have been begun before. An error means: again, after the back-off.
    func run(_ job: Work, context: JobContext) async throws -> JobOutcome

    /// Called in the transaction that discards a job after its last attempt.
    func discard(_ job: Work, reason: String, in connection: any SQLConnection) throws
}

extension JobHandler {
    /// The usual policy.
    public var policy: JobPolicy { JobPolicy() }

    /// Does nothing more.
    public func discard(_ job: Work, reason: String, in connection: any SQLConnection) throws {}
}

/// How the jobs of a kind are run.
public struct JobPolicy: Sendable {
    /// How many run at the same time in one runner.
    public var concurrency: Int
    /// After how long a run is cancelled and counts as failed.
    public var deadline: Duration
    /// How long to wait after a failed run.
    public var backoff: Backoff

    /// A policy; the usual one runs 4 at a time, for 5 minutes at most.
    public init(concurrency: Int = 4, deadline: Duration = .seconds(300), backoff: Backoff = Backoff()) {
        self.concurrency = concurrency
        self.deadline = deadline
        self.backoff = backoff
    }
}

/// The handlers of a runner, one for each kind.
public struct JobHandlers: Sendable {
    struct Entry: Sendable {
        var policy: JobPolicy
        var run: @Sendable (_ arguments: String, JobContext) async throws -> JobOutcome
        var discard: @Sendable (_ arguments: String, _ reason: String, any SQLConnection) throws -> Void
    }

    private(set) var entries: [String: Entry] = [:]

    /// No handlers yet.
    public init() {}

    /// The names of the kinds that have a handler.
    public var kinds: [String] { entries.keys.sorted() }

    /// Adds a handler; a second one for the same kind is a programming error and traps.
    public mutating func add<Handler: JobHandler>(_ handler: Handler) {
        let kind = Handler.Work.kind
        precondition(entries[kind] == nil, "two handlers for jobs of kind \(kind)")
        entries[kind] = Entry(
            policy: handler.policy,
            run: { arguments, context in
                try await handler.run(JobCoding.decode(arguments, as: Handler.Work.self), context: context)
            },
            discard: { arguments, reason, connection in
                try handler.discard(JobCoding.decode(arguments, as: Handler.Work.self), reason: reason, in: connection)
            })
    }

    /// Adds a handler that is just a function.
    public mutating func on<Work: Job>(
        _ type: Work.Type, policy: JobPolicy = JobPolicy(),
        _ run: @escaping @Sendable (Work, JobContext) async throws -> JobOutcome
    ) {
        add(FunctionHandler(policy: policy, body: run))
    }
}

private struct FunctionHandler<Work: Job>: JobHandler {
    let policy: JobPolicy
    let body: @Sendable (Work, JobContext) async throws -> JobOutcome

    func run(_ job: Work, context: JobContext) async throws -> JobOutcome { try await body(job, context) }
}
