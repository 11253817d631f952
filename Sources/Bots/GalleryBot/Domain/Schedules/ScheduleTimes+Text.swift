internal import BotKit

extension ScheduleTimes {
    /// The times in words: `on Mondays and Fridays at 9:30`, `каждые 3 часа`; cron stays as it is.
    func text(in language: Language) -> String {
        switch (self, language) {
        case (.cron(let expression), _): expression.text
        case (.clock(let days, let times), .english):
            "\(days.text(in: .english)) at \(Self.list(times.map(ClockTime.text), "and"))"
        case (.clock(let days, let times), .russian):
            "\(days.text(in: .russian)) в \(Self.list(times.map(ClockTime.text), "и"))"
        case (.interval(let minutes, let days, let window), .english):
            Self.englishInterval(minutes) + (days == .all ? "" : " \(days.text(in: .english))")
                + (window.map { " from \(ClockTime.text($0.from)) to \(ClockTime.text($0.until))" } ?? "")
        case (.interval(let minutes, let days, let window), .russian):
            Self.russianInterval(minutes) + (days == .all ? "" : " \(days.text(in: .russian))")
                + (window.map { " с \(ClockTime.text($0.from)) до \(ClockTime.text($0.until))" } ?? "")
        }
    }

    private static func englishInterval(_ minutes: Int) -> String {
        switch minutes {
        case 60: "every hour"
        case _ where minutes.isMultiple(of: 60): "every \(minutes / 60) hours"
        default: "every \(minutes) minutes"
        }
    }

    private static func russianInterval(_ minutes: Int) -> String {
        if minutes == 60 { return "каждый час" }
        if minutes.isMultiple(of: 60) {
            let hours = minutes / 60
            let each = Plural.russian(hours, one: "каждый", few: "каждые", many: "каждые")
            return "\(each) \(hours) \(Plural.russian(hours, one: "час", few: "часа", many: "часов"))"
        }
        let each = Plural.russian(minutes, one: "каждую", few: "каждые", many: "каждые")
        return "\(each) \(minutes) \(Plural.russian(minutes, one: "минуту", few: "минуты", many: "минут"))"
    }

    /// `a, b and c`.
    static func list(_ items: [String], _ and: String) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(and) \(last)"
    }
}

extension Weekdays {
    /// `every day`, `on weekdays`, `по понедельникам и пятницам`.
    func text(in language: Language) -> String {
        switch (self, language) {
        case (.all, .english): "every day"
        case (.workdays, .english): "on weekdays"
        case (.weekend, .english): "on weekends"
        case (_, .english): "on " + ScheduleTimes.list(days.map { Self.english[$0] }, "and")
        case (.all, .russian): "каждый день"
        case (.workdays, .russian): "по будням"
        case (.weekend, .russian): "по выходным"
        case (_, .russian): "по " + ScheduleTimes.list(days.map { Self.russian[$0] }, "и")
        }
    }

    private static let english = [
        "Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
    ]
    private static let russian = [
        "воскресеньям", "понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам",
    ]
}
