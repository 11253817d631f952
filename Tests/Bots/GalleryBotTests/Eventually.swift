import Testing

/// Looks again and again, for half a minute at most: for what the bot does by itself and tells nobody.
func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(30)
    while try await !condition() {
        try #require(clock.now < deadline, what)
        await Task.yield()
    }
}
