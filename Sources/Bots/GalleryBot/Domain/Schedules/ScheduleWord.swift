/// What a word can mean in a schedule, in either language.
enum ScheduleWord: Equatable {
    /// Says nothing: every, each, the.
    case filler
    /// Announces a time: at, в.
    case at
    case from
    case until
    case day
    case week
    case month
    case weekdays(Weekdays)
    case hours
    case minutes
    /// Half an hour.
    case halfHour
    case half
    /// A length in one word: 3h, 30min.
    case length(minutes: Int)
    /// Morning, evening.
    case part(DayPart)
    case noon
    case midnight
    case number(Int)

    enum DayPart: Equatable {
        case morning, afternoon, evening, night

        /// The time that is meant where none is given.
        var usualMinute: Int {
            switch self {
            case .morning: 9 * 60
            case .afternoon: 14 * 60
            case .evening: 20 * 60
            case .night: 22 * 60
            }
        }

        /// A time on a twelve-hour clock as one of this part: 9 in the evening is 21:00.
        func adjusted(_ minute: Int) -> Int {
            let hour = minute / 60
            guard (1...12).contains(hour) else { return minute }
            let isLate =
                switch self {
                case .morning: false
                case .afternoon: true
                case .evening: hour < 12
                case .night: (7...11).contains(hour)
                }
            if isLate { return hour == 12 ? minute : minute + 720 }
            return hour == 12 ? minute - 720 : minute
        }
    }

    /// The meaning of a word in its plain form; nil where it has none.
    static func meaning(of word: String) -> ScheduleWord? {
        if let known = dictionary[word] { return known }
        if let number = number(word) { return .number(number) }
        if let days = weekdays(word) { return .weekdays(days) }
        return length(word)
    }

    private static let dictionary: [String: ScheduleWord] = {
        var words: [String: ScheduleWord] = [:]
        func add(_ meaning: ScheduleWord, _ list: String) {
            for word in list.split(separator: " ") { words[String(word)] = meaning }
        }
        add(.filler, "every each the and & , on in of a an o'clock once per")
        add(.filler, "каждый каждую каждое каждые каждого каждым и по раз")
        add(.at, "at @ в во ровно")
        add(.from, "from between с со")
        add(.until, "to until till до")
        add(.day, "day days daily everyday день дня дни дням дней ежедневно сутки")
        add(.week, "week weeks weekly неделю неделя недели неделе еженедельно")
        add(.month, "month months monthly year yearly месяц месяца месяцев ежемесячно год")
        add(.weekdays(.workdays), "weekday weekdays workday workdays будни будням будний будние будней буднях")
        add(.weekdays(.weekend), "weekend weekends выходные выходным выходной выходных")
        add(.hours, "h hour hours hourly hrs час часа часов часы ч ежечасно")
        add(.minutes, "m min mins minute minutes мин минут минуту минуты м")
        add(.halfHour, "полчаса half-hour")
        add(.half, "half")
        add(.part(.morning), "morning mornings am a.m утро утром утра утрам")
        add(.part(.afternoon), "afternoon afternoons pm p.m днем")
        add(.part(.evening), "evening evenings вечер вечером вечера вечерам")
        add(.part(.night), "night nights tonight ночь ночью ночи ночам")
        add(.noon, "noon midday полдень")
        add(.midnight, "midnight полночь")
        return words
    }()

    private static func number(_ word: String) -> Int? {
        guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(word)
    }

    /// `mon`, `mondays`, `понедельникам`, and ranges such as `mon-fri`.
    private static func weekdays(_ word: String) -> Weekdays? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        switch ends.count {
        case 1: return day(word).map(Weekdays.init(day:))
        case 2:
            guard let first = day(String(ends[0])), let last = day(String(ends[1])) else { return nil }
            return Weekdays(from: first, through: last)
        default: return nil
        }
    }

    /// The number of a day by its name, short or long; Russian names in any case.
    private static func day(_ word: String) -> Int? {
        for (number, names) in dayNames.enumerated() {
            if names.short.contains(word) { return number }
            if names.stems.contains(where: { word.hasPrefix($0) && word.count <= $0.count + 4 }) { return number }
        }
        return nil
    }

    private static let dayNames: [(short: Set<String>, stems: [String])] = [
        (["sun", "вс", "вск"], ["sunday", "воскресень"]),
        (["mon", "пн", "пнд"], ["monday", "понедельник"]),
        (["tue", "tues", "вт", "втр"], ["tuesday", "вторник"]),
        (["wed", "weds", "ср", "срд"], ["wednesday", "сред"]),
        (["thu", "thur", "thurs", "чт", "чтв"], ["thursday", "четверг"]),
        (["fri", "пт", "птн"], ["friday", "пятниц"]),
        (["sat", "сб", "сбт"], ["saturday", "суббот"]),
    ]

    /// `3h`, `30min`, `2ч`.
    private static func length(_ word: String) -> ScheduleWord? {
        let digits = word.prefix { ("0"..."9").contains($0) }
        guard let number = number(String(digits)) else { return nil }
        return switch dictionary[String(word.dropFirst(digits.count))] {
        case .hours: .length(minutes: number * 60)
        case .minutes: .length(minutes: number)
        default: nil
        }
    }
}
