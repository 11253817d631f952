/// Some days of the week; Sunday is 0.
struct Weekdays: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let all = Weekdays(rawValue: 0b111_1111)
    static let workdays = Weekdays(rawValue: 0b011_1110)
    static let weekend = Weekdays(rawValue: 0b100_0001)

    init(rawValue: UInt8) { self.rawValue = rawValue & 0b111_1111 }

    /// One day, 0 for Sunday to 6 for Saturday.
    init(day: Int) { self.init(rawValue: 1 << UInt8(day % 7)) }

    /// The days from one to another, also over the end of the week.
    init(from first: Int, through last: Int) {
        self = []
        var day = first % 7
        while true {
            insert(Weekdays(day: day))
            if day == last % 7 { return }
            day = (day + 1) % 7
        }
    }

    /// The days from Monday on.
    var days: [Int] { [1, 2, 3, 4, 5, 6, 0].filter { contains(Weekdays(day: $0)) } }

    /// The weekday field of cron.
    var cronField: String {
        switch self {
        case .all: "*"
        case .workdays: "1-5"
        default: days.map(String.init).joined(separator: ",")
        }
    }

    /// As a person may write it, read back by `SchedulePhrase`.
    var phrase: String {
        switch self {
        case .all: "day"
        case .workdays: "weekday"
        case .weekend: "weekend"
        default: days.map { ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][$0] }.joined(separator: " ")
        }
    }
}
