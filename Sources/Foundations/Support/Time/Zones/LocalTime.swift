/// What a clock on a wall shows: a date and a time of day, without a zone.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// The calendar date.
    public var date: CivilDate
    /// Seconds since midnight, 0 to 86 399.
    public var secondOfDay: Int

    /// Puts a date and a time of day together.
    public init(date: CivilDate, secondOfDay: Int) {
        self.date = date
        self.secondOfDay = secondOfDay
    }

    /// Puts a date, an hour and a minute together.
    public init(_ date: CivilDate, hour: Int, minute: Int, second: Int = 0) {
        self.init(date: date, secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// Seconds that a clock which showed 1970-01-01 00:00 has counted.
    init(secondsSince1970 seconds: Int64) {
        let days = seconds.dividedDown(by: 86_400)
        date = CivilDate(daysSince1970: Int(days))
        secondOfDay = Int(seconds - days * 86_400)
    }

    var secondsSince1970: Int64 { Int64(date.daysSince1970) * 86_400 + Int64(secondOfDay) }

    /// The hour, 0 to 23.
    public var hour: Int { secondOfDay / 3600 }
    /// The minute, 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// The second, 0 to 59.
    public var second: Int { secondOfDay % 60 }

    /// Whether `left` comes before `right`.
    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
    }
}
