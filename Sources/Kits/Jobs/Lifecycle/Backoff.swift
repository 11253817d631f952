/// How long to wait after a failed run: doubled each time, up to a limit, with a random part.
public struct Backoff: Sendable {
    /// The delay after the first failure.
    public var first: Duration
    /// The longest delay.
    public var limit: Duration
    /// The random part: a delay varies by up to this share to either side.
    public var jitter: Double

    /// A back-off; the usual one waits 5 s, 10 s, 20 s … up to an hour, give or take a fifth.
    public init(first: Duration = .seconds(5), limit: Duration = .seconds(3600), jitter: Double = 0.2) {
        self.first = first
        self.limit = limit
        self.jitter = jitter
    }

    /// The delay after run number `attempt`, from 1.
    public func delay(after attempt: Int, random: inout some RandomNumberGenerator) -> Duration {
        var delay = first
        for _ in 1..<max(1, min(attempt, 64)) where delay < limit { delay = delay * 2 }
        delay = min(delay, limit)
        return delay * Double.random(in: (1 - jitter)...(1 + jitter), using: &random)
    }
}
