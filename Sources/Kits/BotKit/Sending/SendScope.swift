import Support

/// For whom calls are made: read by the rules of sending, set around handlers and jobs.
struct SendScope: Sendable {
    var priority: SendPriority
    /// Bot and number of the update that is being handled.
    var update: (bot: Int64, number: Int)?

    @TaskLocal static var current = SendScope(priority: .push, update: nil)

    /// What a log says of a call.
    func fields(_ method: String) -> [String: LogValue] {
        var fields: [String: LogValue] = ["method": .string(method)]
        if let update { fields["trace"] = .string("\(update.bot)-\(update.number)") }
        return fields
    }
}
