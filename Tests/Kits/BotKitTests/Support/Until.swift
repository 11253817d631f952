import Testing

/// Looks again and again for a condition that gives no signal of its own, for a minute at most.
func until(
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "it does not come to that", sourceLocation: sourceLocation)
        await Task.yield()
    }
}
