import Testing

/// Waits for a condition that gives no signal of its own.
enum Until {
    struct NeverHeld: Error {}

    /// Asks again and again, for ten seconds at most.
    static func holds(_ condition: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(10)
        while clock.now < deadline {
            if try await condition() { return }
            await Task.yield()
        }
        throw NeverHeld()
    }
}
