internal import Support

/// When photos come, as a person says it.
enum ScheduleTimes: Equatable, Sendable {
    /// On some days, at minutes of the day in ascending order.
    case clock(Weekdays, [Int])
    /// Every so many minutes, on some days, all day or from one minute of the day to another.
    case interval(minutes: Int, Weekdays, Window?)
    /// The five fields of cron.
    case cron(CronExpression)

    /// A part of the day, both ends included; it may go over midnight.
    struct Window: Equatable, Sendable {
        var from: Int
        var until: Int
    }

    /// Photos come no closer together than this.
    static let leastMinutes = 5

    /// The times in cron's words; several expressions where five fields do not do.
    var cron: String {
        switch self {
        case .cron(let expression): return expression.text
        case .clock(let days, let times): return Self.cron(for: times, on: days)
        case .interval(let minutes, let days, .some(let window)):
            return Self.cron(for: Self.times(every: minutes, in: window), on: days)
        case .interval(let minutes, let days, nil):
            if minutes < 60 { return "*/\(minutes) * * * \(days.cronField)" }
            if minutes == 60 { return "0 * * * \(days.cronField)" }
            if minutes == 1440 { return "0 0 * * \(days.cronField)" }
            return "0 */\(minutes / 60) * * \(days.cronField)"
        }
    }

    /// The times as they may be written again, in English; `SchedulePhrase` reads it back to the same.
    var phrase: String {
        switch self {
        case .cron(let expression): return expression.text
        case .clock(let days, let times):
            return days.phrase + " " + times.map(ClockTime.text).joined(separator: " ")
        case .interval(let minutes, let days, let window):
            var words: [String] = []
            if days != .all { words.append(days.phrase) }
            words.append(
                minutes.isMultiple(of: 60)
                    ? (minutes == 60 ? "1 hour" : "\(minutes / 60) hours") : "\(minutes) minutes")
            if let window { words.append("from \(ClockTime.text(window.from)) to \(ClockTime.text(window.until))") }
            return words.joined(separator: " ")
        }
    }

    /// Lengths without a window that go evenly into the hour or the day.
    static let evenMinutes = [5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440]

    /// The minutes of the day from the window's start to its end.
    static func times(every minutes: Int, in window: Window) -> [Int] {
        let length = (window.until - window.from + 1440) % 1440
        return stride(from: 0, through: length, by: max(1, minutes)).map { (window.from + $0) % 1440 }.sorted()
    }

    /// Minutes of the day in as few cron expressions as have the same hours.
    private static func cron(for times: [Int], on days: Weekdays) -> String {
        var hours: [Int: [Int]] = [:]
        for time in times { hours[time % 60, default: []].append(time / 60) }
        var minutes: [[Int]: [Int]] = [:]
        for (minute, hours) in hours { minutes[hours.sorted(), default: []].append(minute) }
        return minutes.map { hours, minutes in (hours, minutes.sorted()) }
            .sorted { ($0.1.first ?? 0, $0.0.first ?? 0) < ($1.1.first ?? 0, $1.0.first ?? 0) }
            .map { hours, minutes in
                let minuteField = minutes.map(String.init).joined(separator: ",")
                let hourField = hours.map(String.init).joined(separator: ",")
                return "\(minuteField) \(hourField) * * \(days.cronField)"
            }
            .joined(separator: "; ")
    }
}

/// Minutes of the day as a clock shows them.
enum ClockTime {
    /// `9:05`.
    static func text(_ minute: Int) -> String {
        let rest = minute % 60
        return "\(minute / 60):\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Reads a time such as `9:05`, `09.05`, `9am` or `9:30pm`, and a bare hour where asked; nil where it is no time.
    static func read(_ text: some StringProtocol, bare: Bool) -> Reading? {
        var digits = text[...]
        var half: Int?
        for (suffix, offset) in [("am", 0), ("a.m", 0), ("pm", 12), ("p.m", 12)] where digits.hasSuffix(suffix) {
            digits = digits.dropLast(suffix.count)
            half = offset
            break
        }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            var hour = Int(parts[0])
        else { return nil }
        guard bare || half != nil || parts.count == 2 else { return nil }
        if parts.count == 2, parts[1].utf8.count != 2 { return .impossible }
        let minute = parts.count == 2 ? Int(parts[1]) ?? 60 : 0
        if let half {
            guard (1...12).contains(hour) else { return .impossible }
            hour = hour % 12 + half
        }
        if hour == 24, minute == 0 { hour = 0 }
        guard hour < 24, minute < 60 else { return .impossible }
        return .minute(hour * 60 + minute, isBare: parts.count == 1 && half == nil)
    }

    /// What was read.
    enum Reading: Equatable {
        case minute(Int, isBare: Bool)
        /// The shape of a time that no clock shows.
        case impossible
    }
}
