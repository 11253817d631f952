/// One or more cron expressions, separated by `;`: it fires whenever one of them does.
///
/// Five fields cannot say "at 9:00 and at 21:30"; `0 9 * * *; 30 21 * * *` can.
public struct CronTimetable: Sendable, Hashable, CustomStringConvertible {
    /// The expressions, at least one.
    public let expressions: [CronExpression]

    /// Reads a timetable, or says why one of its expressions is refused.
    public init(_ text: String) throws(CronError) {
        var expressions: [CronExpression] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            expressions.append(try CronExpression(String(part)))
        }
        self.expressions = expressions
    }

    /// The timetable as it is stored, with single spaces.
    public var text: String { expressions.map(\.text).joined(separator: "; ") }

    /// The timetable.
    public var description: String { text }

    /// The first moment after `moment` at which one of the expressions fires in `zone`.
    public func next(after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        var first: Timestamp?
        for expression in expressions {
            guard let next = expression.next(after: moment, in: zone) else { continue }
            if let known = first, known <= next { continue }
            first = next
        }
        return first
    }

    /// The next `count` moments after `moment`; one at which several expressions fire comes once.
    public func upcoming(_ count: Int, after moment: Timestamp, in zone: TimeZoneRules) -> [Timestamp] {
        var moments: [Timestamp] = []
        var last = moment
        while moments.count < count, let next = next(after: last, in: zone) {
            moments.append(next)
            last = next
        }
        return moments
    }
}
