/// A schedule in the five fields of Vixie cron: minute, hour, day of month, month, day of week.
///
/// Names, ranges, lists, steps and the nicknames `@hourly` to `@yearly` are understood; 0 and 7 are Sunday.
/// Days: when both day fields are restricted either may match; when one starts with `*`, both must (`cron(8)`).
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The expression as it was written, with single spaces.
    public let text: String

    let minute: CronFieldSet
    let hour: CronFieldSet
    let day: CronFieldSet
    let month: CronFieldSet
    let weekday: CronFieldSet

    private static let nicknames = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]

    /// Reads an expression, or says why it is refused.
    public init(_ text: String) throws(CronError) {
        let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        guard let first = words.first else { throw .empty }
        self.text = words.joined(separator: " ")
        var fields = words
        if first.hasPrefix("@") {
            let nickname = first.lowercased()
            guard nickname != "@reboot" else { throw .reboot }
            guard words.count == 1, let meaning = Self.nicknames[nickname] else {
                throw .unknownNickname(String(self.text.prefix(20)))
            }
            fields = meaning.split(separator: " ")
        }
        guard fields.count == 5 else { throw .fieldCount(fields.count) }
        minute = try CronFieldParser(field: .minute).parse(fields[0])
        hour = try CronFieldParser(field: .hour).parse(fields[1])
        day = try CronFieldParser(field: .day).parse(fields[2])
        month = try CronFieldParser(field: .month).parse(fields[3])
        weekday = try CronFieldParser(field: .weekday).parse(fields[4])
        guard canFire else { throw .neverFires }
    }

    /// The expression.
    public var description: String { text }

    /// Whether the schedule turns with the clock (`*` in minute or hour) instead of naming fixed times of day.
    var followsClock: Bool { minute.isStar || hour.isStar }

    private var needsBothDays: Bool { day.isStar || weekday.isStar }

    /// Whether any date of any year matches; every weekday falls on 29 February in some year.
    private var canFire: Bool {
        guard needsBothDays else { return true }
        return (1...12).contains { month in
            self.month.contains(month)
                && (day.first(from: 1) ?? 32) <= CivilDate.days(inMonth: month, of: 2000)
        }
    }

    /// Whether the schedule fires on this date at all.
    func matches(_ date: CivilDate) -> Bool {
        guard month.contains(date.month) else { return false }
        let isDay = day.contains(date.day)
        let isWeekday = weekday.contains(date.weekday)
        return needsBothDays ? isDay && isWeekday : isDay || isWeekday
    }
}
