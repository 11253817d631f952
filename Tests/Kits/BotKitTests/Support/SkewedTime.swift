import Support
import Synchronization

/// The machine's clocks, which a test may set: the wall clock alone, or both as if time had passed.
///
/// Sleeps take their real time.
final class SkewedTime: TimeSource {
    private let skew = Mutex((wall: Duration.zero, uptime: Duration.zero))
    private let system = SystemTime()

    var now: Timestamp { system.now.adding(skew.withLock { $0.wall }) }
    var uptime: Duration { system.uptime + skew.withLock { $0.uptime } }

    func sleep(for duration: Duration) async throws { try await system.sleep(for: duration) }

    /// Sets the wall clock forward or, with a negative duration, back.
    func setWall(by duration: Duration) { skew.withLock { $0.wall += duration } }

    /// Lets time pass on both clocks.
    func advance(by duration: Duration) {
        skew.withLock {
            $0.wall += duration
            $0.uptime += duration
        }
    }
}
