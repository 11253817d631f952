/// Who waits for whom when a budget is short.
public enum SendPriority: Int, Sendable, Comparable, CaseIterable {
    /// Something a person did not just ask for: schedules, broadcasts.
    case push
    /// Somebody waits for it.
    case answer

    /// Orders by urgency.
    public static func < (first: SendPriority, second: SendPriority) -> Bool { first.rawValue < second.rawValue }
}
