import Support
import Testing

/// Waits for a condition that gives no signal of its own.
enum Until {
    struct NeverHeld: Error {}

    /// Asks again and again, for a minute at most.
    static func holds(_ condition: () async throws -> Bool) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(60)
        while clock.now < deadline {
            if try await condition() { return }
            // A look without a pause would take the time from the simulator.
            try await SystemTime().sleep(for: .milliseconds(5))
        }
        throw NeverHeld()
    }
}
