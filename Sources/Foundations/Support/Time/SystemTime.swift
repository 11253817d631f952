import Glibc

/// The machine's own clocks.
public struct SystemTime: TimeSource {
    /// Makes the one time source of a real process.
    public init() {}

    /// The wall clock (`CLOCK_REALTIME`).
    public var now: Timestamp {
        let reading = read(CLOCK_REALTIME)
        return Timestamp(microseconds: Int64(reading.tv_sec) * 1_000_000 + Int64(reading.tv_nsec) / 1000)
    }

    /// Time since the machine started (`CLOCK_MONOTONIC`).
    public var uptime: Duration {
        let reading = read(CLOCK_MONOTONIC)
        return .seconds(reading.tv_sec) + .nanoseconds(reading.tv_nsec)
    }

    /// Sleeps without holding a thread.
    public func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        try await Task.sleep(for: duration)
    }

    private func read(_ clock: clockid_t) -> timespec {
        var reading = timespec()
        unsafe clock_gettime(clock, &reading)
        return reading
    }
}
