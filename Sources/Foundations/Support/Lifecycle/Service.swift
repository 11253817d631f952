/// Something that runs for as long as the process does: a server, a poller, a worker.
public protocol Service: Sendable {
    /// The name under which the service appears in logs and errors.
    var name: String { get }

    /// Works until asked to stop, finishes what is under way, and returns.
    ///
    /// `shutdown` is the polite request; cancellation of the task is the impolite one, and comes when the
    /// service has not returned within the group's drain limit. Returning before `shutdown` is triggered is
    /// a fault: the group then stops every other service.
    func run(until shutdown: Shutdown) async throws
}
