import Glibc
import Synchronization

/// SIGTERM and SIGINT as a request to finish.
public enum TerminationSignals {
    /// Posted by the handler, which may do little more than that (`signal-safety(7)`).
    private static let arrived = Semaphore()
    private static let last = Atomic<Int32>(0)

    /// Triggers `shutdown` on the first signal; the second ends the process at once with 128 + its number.
    ///
    /// Call it once per process. It also makes SIGPIPE harmless: writing to a closed socket then fails instead.
    public static func handle(triggering shutdown: Shutdown) {
        // Both globals exist before a handler can run, since making them is not safe inside one.
        _ = (arrived, last.load(ordering: .relaxed))
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGTERM, SIGINT] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { number in
                TerminationSignals.last.store(number, ordering: .relaxed)
                TerminationSignals.arrived.signal()
            }
            action.sa_flags = SA_RESTART
            unsafe sigaction(number, &action, nil)
        }
        OSThread.start(name: "signals") {
            arrived.wait()
            shutdown.trigger()
            arrived.wait()
            _exit(128 + last.load(ordering: .relaxed))
        }.detach()
    }
}
