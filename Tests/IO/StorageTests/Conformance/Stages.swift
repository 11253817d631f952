import Support
import Synchronization

/// Stops a body in its middle until the test lets it go on.
final class Stages: Sendable {
    private let arrival = Shutdown()
    private let permission = Semaphore()

    func reached() { arrival.trigger() }
    func waitUntilReached() async { await arrival.wait() }
    func allow() { permission.signal() }
    /// Blocks the database's own thread, never one of the test's.
    func waitUntilAllowed() { permission.wait() }
}
