import Support

/// For whom calls are made: read by the rules of sending, set around handlers and jobs.
struct SendScope: Sendable {
    var priority: SendPriority
    /// The update that is being handled.
    var trace: TraceID?

    @TaskLocal static var current = SendScope(priority: .push, trace: nil)

    /// What a log says of a call.
    func fields(_ method: String) -> [String: LogValue] {
        var fields: [String: LogValue] = ["method": .string(method)]
        if let trace { fields["trace"] = .string(trace.description) }
        return fields
    }
}
