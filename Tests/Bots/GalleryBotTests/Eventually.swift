import Support
import Testing

/// Looks again and again, for a minute at most: for what the bot does by itself and tells nobody.
func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while try await !condition() {
        try #require(clock.now < deadline, what)
        // A look without a pause would take the time from the bot.
        try await SystemTime().sleep(for: .milliseconds(5))
    }
}
