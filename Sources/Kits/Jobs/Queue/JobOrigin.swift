/// What led to the work that is being done now: stored with each job that it stores, and set again while that runs.
///
/// So what a job does, and what jobs of jobs do, can be told from the same text as what stored the first of them. The
/// text says nothing to this kit; BotKit sets the trace of an update, in handlers and inside their transactions. Around
/// a transaction of its own, which runs on another thread, a handler sets it itself:
///
/// ```swift
/// try await database.write { connection in
///     try JobOrigin.$current.withValue(trace) { try queue.enqueue(Deliver(order: order), in: connection) }
/// }
/// ```
public enum JobOrigin {
    /// The origin; nil for what begins by itself, such as a schedule.
    @TaskLocal public static var current: String?
}
