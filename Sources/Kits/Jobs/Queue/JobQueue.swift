public import Storage
public import Support

/// Puts jobs into the database, together with whatever else the caller's transaction does.
///
/// ```swift
/// try await database.write { connection in
///     try connection.execute("UPDATE orders SET paid = 1 WHERE id = \(order)")
///     try queue.enqueue(Deliver(order: order), in: connection)
/// }
/// ```
public struct JobQueue: Sendable {
    package let database: any Database
    package let time: any TimeSource
    package let logger: Logger
    let wake = WakeSignal()

    /// A queue in the tables of this database; `migrate` makes them.
    public init(database: any Database, time: any TimeSource = SystemTime(), logger: Logger = .disabled) {
        self.database = database
        self.time = time
        self.logger = logger
    }

    /// The steps that make the tables, for programs that list all of theirs.
    public static var migrations: [Migration] { JobMigrations.list }

    /// Makes or updates the tables.
    public func migrate() async throws {
        try await database.migrate(JobMigrations.list, component: JobMigrations.component)
    }

    /// Stores a job inside the caller's transaction; nil where one with its unique key is not final yet.
    ///
    /// It comes from what `WorkOrigin` says there: what led to the work of whoever asked for the transaction.
    @discardableResult
    public func enqueue<J: Job>(
        _ job: J, _ options: JobOptions = JobOptions(), in connection: any SQLConnection
    ) throws -> JobID? {
        let stored = StoredJob(
            kind: J.kind, arguments: try JobCoding.encode(job), options: options, origin: WorkOrigin.current)
        return try enqueue(stored, in: connection)
    }

    /// Stores a job in a transaction of its own; nil where one with its unique key is not final yet.
    @discardableResult
    public func enqueue<J: Job>(_ job: J, _ options: JobOptions = JobOptions()) async throws -> JobID? {
        try await database.write { try enqueue(job, options, in: $0) }
    }

    func enqueue(_ job: StoredJob, in connection: any SQLConnection) throws -> JobID? {
        let id = try JobStore(connection).insert(job, now: time.now)
        if id != nil { connection.afterCommit { [wake] in wake.signal() } }
        return id
    }

    /// Calls off a job, or tells that it is final already.
    ///
    /// One that runs now is cancelled as soon as its runner hears of it.
    @discardableResult
    public func cancel(_ id: JobID, reason: String, in connection: any SQLConnection) throws -> Bool {
        let isChanged = try JobStore(connection).cancel("id = \(id)", reason: reason, now: time.now) > 0
        if isChanged { connection.afterCommit { [wake] in wake.signal(isCancellation: true) } }
        return isChanged
    }

    /// Calls off the job with this unique key; false where there is none that is not final.
    @discardableResult
    public func cancel(uniqueKey: String, reason: String, in connection: any SQLConnection) throws -> Bool {
        let isChanged = try JobStore(connection).cancel("unique_key = \(uniqueKey)", reason: reason, now: time.now) > 0
        if isChanged { connection.afterCommit { [wake] in wake.signal(isCancellation: true) } }
        return isChanged
    }

    /// What is stored about a job; nil for none, for example because it was done long ago.
    public func find(_ id: JobID) async throws -> JobRecord? {
        try await database.read { try JobStore($0).find(id) }
    }

    /// The jobs of a kind that have begun and are not final, each with what `JobContext.save` has stored of it.
    ///
    /// - Throws: `DecodingError` where the values or the state are of another form.
    public func begun<J: Job, State: Decodable>(
        _ type: J.Type, as state: State.Type = State.self, in connection: any SQLConnection
    ) throws -> [(job: J, state: State)] {
        try JobStore(connection).begun(kind: J.kind).compactMap { record in
            guard let state = record.stepState else { return nil }
            return (try JobCoding.decode(record.arguments), try JobCoding.decode(state))
        }
    }

    /// Counts for the metrics and the status page.
    public func statistics() async throws -> JobStatistics {
        let now = time.now
        return try await database.read { try JobStore($0).statistics(now: now) }
    }
}

/// A job as it is put into the table.
struct StoredJob: Sendable {
    var kind: String
    var arguments: String
    var options: JobOptions
    var scheduledFor: Timestamp?
    var origin: String?
}
