public import Storage
public import Support
import Synchronization

/// What a handler knows about the run it does, and how it stores what it has reached.
///
/// Every write goes through the run's lease: once another run has taken over, it throws `JobLeaseLost`
/// and stores nothing, so two runs of one job never both commit.
public struct JobContext: Sendable {
    let job: JobRecord
    let database: any Database
    let time: any TimeSource
    let progress = Progress()

    /// The job's number.
    public var id: JobID { job.id }
    /// Which run this is, from 1; put-offs do not count, nor does a run that a loss of power has made forgotten.
    public var attempt: Int { job.attempt }
    /// Whether a failure of this run discards the job.
    public var isLastAttempt: Bool { job.attempt >= job.maxAttempts }
    /// How often the job was put off.
    public var snoozes: Int { job.snoozes }
    /// When the job was stored.
    public var created: Timestamp { job.created }
    /// For a job of a schedule, the time for which it was planned.
    public var scheduledFor: Timestamp? { job.scheduledFor }
    /// What led to it, see `WorkOrigin`; set while it runs, so that its jobs inherit it.
    public var origin: String? { job.origin }

    /// What `save` has stored, in this run or an earlier one; nil at the beginning.
    public func savedState<State: Decodable>(as type: State.Type = State.self) throws -> State? {
        try progress.state.withLock { $0.savedState ?? job.stepState }.map { try JobCoding.decode($0) }
    }

    /// Stores how far the job has come, together with what `body` writes, in one transaction.
    @discardableResult
    public func save<Result: Sendable>(
        _ state: some Encodable & Sendable,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let text = try JobCoding.encode(state)
        let job = job
        let result = try await database.write { connection in
            guard try JobStore(connection).saveState(text, of: job) else { throw JobLeaseLost(id: job.id) }
            return try body(connection)
        }
        progress.state.withLock { $0.savedState = text }
        return result
    }

    /// Stores how far the job has come.
    public func save(_ state: some Encodable & Sendable) async throws {
        try await save(state) { _ in }
    }

    /// Writes something that counts only while this run has the job.
    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let job = job
        return try await database.write { connection in
            guard try JobStore(connection).isHeld(job) else { throw JobLeaseLost(id: job.id) }
            return try body(connection)
        }
    }

    /// Marks the job as done together with what `body` writes, in one transaction.
    ///
    /// What the handler returns afterwards no longer matters.
    @discardableResult
    public func complete<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let job = job
        let now = time.now
        let result = try await database.write { connection in
            guard try JobStore(connection).complete(job, now: now) else { throw JobLeaseLost(id: job.id) }
            return try body(connection)
        }
        progress.state.withLock { $0.isCompleted = true }
        return result
    }

    /// What a run has stored so far.
    final class Progress: Sendable {
        struct State {
            var savedState: String?
            var isCompleted = false
        }

        let state = Mutex(State())

        var isCompleted: Bool { state.withLock { $0.isCompleted } }
    }
}

/// Another run has taken the job over, or it was called off: this one must not write any more.
public struct JobLeaseLost: Error, Sendable, Equatable, CustomStringConvertible {
    /// The job.
    public var id: JobID

    /// One line for the log.
    public var description: String { "job \(id.rawValue) is no longer held by this run" }
}
