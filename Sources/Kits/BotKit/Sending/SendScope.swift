import Support

/// For whom calls are made: read by the rules of sending, set around handlers and jobs.
struct SendScope: Sendable {
    var priority: SendPriority
    /// The trace id of the update that is being handled.
    var trace: String?

    @TaskLocal static var current = SendScope(priority: .push, trace: nil)
}
