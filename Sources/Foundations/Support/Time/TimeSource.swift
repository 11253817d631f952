/// The clock as a parameter: everything that waits or expires takes one, so that tests can turn it.
public protocol TimeSource: Sendable {
    /// The wall clock.
    var now: Timestamp { get }

    /// Time since some fixed point, never set back; for measuring and for deadlines.
    var uptime: Duration { get }

    /// Returns after `duration`, at once when it is not positive; throws `CancellationError` when cancelled.
    func sleep(for duration: Duration) async throws
}

extension TimeSource {
    /// Returns when the wall clock has reached `moment`, at once when that has passed.
    public func sleep(until moment: Timestamp) async throws {
        try await sleep(for: moment.since(now))
    }
}
