import Storage

/// A body that waits for a thread, with the continuation of its caller; the result's type is erased.
struct PendingCall: Sendable {
    /// Runs the body; the returned closure hands the result to the caller.
    let perform: @Sendable (SQLiteConnection) throws -> @Sendable () -> Void
    /// Hands an error to the caller instead.
    let fail: @Sendable (any Error) -> Void
    /// What the result has to survive before the caller gets it.
    let durability: Durability

    init<Value: Sendable>(
        _ continuation: CheckedContinuation<Value, any Error>, surviving loss: Durability = .processEnd,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) {
        perform = { connection in
            let (value, actions) = try LentConnection.lend(connection, to: body)
            return {
                for action in actions { action() }
                continuation.resume(returning: value)
            }
        }
        durability = loss
        fail = { continuation.resume(throwing: $0) }
    }
}
