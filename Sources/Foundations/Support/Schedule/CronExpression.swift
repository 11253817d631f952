/// A schedule in the five fields of Vixie cron: minute, hour, day of month, month, day of week.
public struct CronExpression: Sendable, Hashable {
    /// The expression as it was written.
    public let text: String

    /// Reads an expression, or says why it is refused.
    public init(_ text: String) throws(CronError) {
        guard !text.isEmpty else { throw .empty }
        self.text = text
    }

    /// The first moment after `moment` at which the schedule fires in `zone`, or nil when there is none.
    public func next(after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? { nil }

    /// The next `count` moments after `moment`.
    public func upcoming(_ count: Int, after moment: Timestamp, in zone: TimeZoneRules) -> [Timestamp] { [] }
}
