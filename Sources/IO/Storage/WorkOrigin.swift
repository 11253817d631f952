/// What led to the work that is being done now, as a text; the layers above decide what it says.
///
/// Transactions run on a database's own threads, which know no task: a driver sets the origin there of whoever asked.
/// So what is stored there can tell what led to it, and a job does.
public enum WorkOrigin {
    /// The origin; nil for what begins by itself, such as a schedule.
    @TaskLocal public static var current: String?

    /// The body of a transaction, which finds the origin of whoever asks for it now on any thread.
    package static func carried<Value>(
        into body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) -> @Sendable (any SQLConnection) throws -> Value {
        guard let origin = current else { return body }
        return { connection in try $current.withValue(origin) { try body(connection) } }
    }
}
