import Support

/// Something that was waited for did not come.
struct NothingCame: Error, CustomStringConvertible {
    let description: String
}

/// Waits for a signal, but not for ever: the limit is there for the day on which something is broken.
func deadline<Value: Sendable>(
    _ limit: Duration, _ what: @autoclosure @escaping @Sendable () -> String,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await SystemTime().sleep(for: limit)
            throw NothingCame(description: "not within \(limit): \(what())")
        }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
