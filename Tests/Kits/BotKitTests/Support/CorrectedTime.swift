import Support
import Synchronization

/// A clock that goes as the system's does, with a wall clock that a test puts forward.
final class CorrectedTime: TimeSource {
    private let correction = Mutex(Duration.zero)

    var now: Timestamp { SystemTime().now.adding(correction.withLock(\.self)) }
    var uptime: Duration { SystemTime().uptime }

    func setWallClock(_ now: Timestamp) { correction.withLock { $0 = now.since(SystemTime().now) } }

    func sleep(for duration: Duration) async throws { try await SystemTime().sleep(for: duration) }
}
