/// One of the five parts of a schedule.
public enum CronField: String, Sendable, CaseIterable {
    /// Minute of the hour.
    case minute
    /// Hour of the day.
    case hour
    /// Day of the month.
    case day
    /// Month of the year.
    case month
    /// Day of the week.
    case weekday

    /// The numbers that may be written; 0 and 7 are both Sunday.
    public var bounds: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .day: 1...31
        case .month: 1...12
        case .weekday: 0...7
        }
    }

    /// The numbers that `*` stands for.
    var full: ClosedRange<Int> { self == .weekday ? 0...6 : bounds }

    /// Three-letter names, the first of which stands for the first number.
    var names: [String] {
        switch self {
        case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        case .minute, .hour, .day: []
        }
    }

    var english: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .day: "day"
        case .month: "month"
        case .weekday: "weekday"
        }
    }

    var russian: String {
        switch self {
        case .minute: "минута"
        case .hour: "час"
        case .day: "день"
        case .month: "месяц"
        case .weekday: "день недели"
        }
    }

    var englishExample: String {
        switch self {
        case .minute: "Examples: 30, */15, 0-20, 5,35."
        case .hour: "Examples: 9, */2, 9-18, 8,20."
        case .day: "Examples: 1, */2, 1-7, 1,15."
        case .month: "Examples: 6, jan, jun-aug, */3."
        case .weekday: "Examples: 1, mon, mon-fri, sat,sun."
        }
    }

    var russianExample: String { "Примеры" + englishExample.dropFirst("Examples".count) }

    /// How a range over the end of the field is written.
    var splitExample: String {
        switch self {
        case .minute: "50-59,0-10"
        case .hour: "20-23,0-8"
        case .day: "25-31,1-5"
        case .month: "nov-dec,jan-feb"
        case .weekday: "fri-sat,sun-mon"
        }
    }
}
