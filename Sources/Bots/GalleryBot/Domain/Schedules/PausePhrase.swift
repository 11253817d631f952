internal import Support

/// What a person said after `/pause`: until when.
enum PausePhrase: Equatable, Sendable {
    /// Until they say otherwise.
    case untilResumed
    case until(Timestamp)

    /// Why a phrase is no pause.
    enum Fault: Error, Equatable, Sendable {
        case notUnderstood(PhraseWord)
        /// The moment is over.
        case past
        /// Longer than a year.
        case tooLong
    }

    /// Reads a phrase, as of `now` on the clocks of `zone`.
    static func parse(
        _ text: String, now: Timestamp, in zone: TimeZoneRules
    ) throws(Fault) -> PausePhrase {
        let words = PhraseWord.words(of: text)
        guard !words.isEmpty else { return .untilResumed }
        var reader = Reader()
        for (index, word) in words.enumerated() {
            try reader.take(word, next: words.dropFirst(index + 1).first)
        }
        guard let end = try reader.end(now: now, in: zone) else {
            guard let word = words.last else { return .untilResumed }
            throw .notUnderstood(word)
        }
        guard end > now else { throw .past }
        guard end.since(now) <= .seconds(366 * 86_400) else { throw .tooLong }
        return .until(end)
    }

    private struct Reader {
        private var length: Duration?
        private var number: Int?
        private var minute: Int?
        private var isBareHour = false
        private var weekday: Int?
        private var daysAhead: Int?
        private var date: (year: Int?, month: Int, day: Int)?
        private var isUntil = false

        mutating func take(_ word: PhraseWord, next: PhraseWord?) throws(Fault) {
            let plain = word.plain
            if plain == "for" || plain == "на" || plain == "next" { return }
            if let days = ["today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1, "послезавтра": 2][plain] {
                daysAhead = days
                return
            }
            if let days = Self.days(plain) { return add(days: days) }
            if let date = Self.date(plain) {
                self.date = date
                return
            }
            if let reading = ClockTime.read(plain, bare: false) {
                guard case .minute(let minute, _) = reading else { throw .notUnderstood(word) }
                self.minute = minute
                return
            }
            guard let meaning = ScheduleWord.meaning(of: plain) else { throw .notUnderstood(word) }
            switch meaning {
            case .until: isUntil = true
            case .filler, .at: break
            case .number(let number):
                if isUntil {
                    guard number < 24, minute == nil else { throw .notUnderstood(word) }
                    minute = number * 60
                    isBareHour = true
                } else {
                    guard next != nil else { throw .notUnderstood(word) }
                    self.number = number
                }
            case .hours: if !(isUntil && isBareHour) { add(.seconds(3600)) }
            case .minutes: add(.seconds(60))
            case .halfHour: add(.seconds(1800))
            case .length(let minutes): add(.seconds(60 * minutes))
            case .day:
                if plain == "дня", isUntil, let minute, isBareHour {
                    self.minute = ScheduleWord.DayPart.afternoon.adjusted(minute)
                } else {
                    add(days: 1)
                }
            case .week: add(days: 7)
            case .weekdays(let days):
                guard days.days.count == 1 else { throw .notUnderstood(word) }
                weekday = days.days.first
            case .part(let part):
                if let minute, isBareHour {
                    self.minute = part.adjusted(minute)
                } else {
                    minute = Self.usualMinute(of: part)
                }
            case .noon: minute = 720
            case .midnight: minute = 0
            case .from, .half, .month: throw .notUnderstood(word)
            }
        }

        /// The end that the words say together; nil where they say none.
        func end(now: Timestamp, in zone: TimeZoneRules) throws(Fault) -> Timestamp? {
            if let length { return now + length }
            let today = zone.localTime(at: now).date
            let start: CivilDate
            if let date {
                var found = CivilDate(year: date.year ?? today.year, month: date.month, day: date.day)
                if date.year == nil, found < today { found.year += 1 }
                guard date.day <= CivilDate.days(inMonth: date.month, of: found.year) else { throw .past }
                start = found
            } else if let daysAhead {
                start = CivilDate(daysSince1970: today.daysSince1970 + daysAhead)
            } else if let weekday {
                let ahead = (weekday - today.weekday + 7) % 7
                start = CivilDate(daysSince1970: today.daysSince1970 + (ahead == 0 ? 7 : ahead))
            } else {
                guard let minute else { return nil }
                let end = Self.moment(today, minute, zone)
                return end > now ? end : Self.moment(CivilDate(daysSince1970: today.daysSince1970 + 1), minute, zone)
            }
            return Self.moment(start, minute ?? 0, zone)
        }

        private mutating func add(days: Int) { add(.seconds(86_400 * days)) }

        private mutating func add(_ unit: Duration) {
            length = (length ?? .zero) + unit * (number ?? 1)
            number = nil
        }

        private static func moment(_ date: CivilDate, _ minute: Int, _ zone: TimeZoneRules) -> Timestamp {
            switch zone.moments(of: LocalTime(date: date, secondOfDay: minute * 60)) {
            case .once(let moment), .never(let moment), .twice(let moment, _): moment
            }
        }

        private static func usualMinute(of part: ScheduleWord.DayPart) -> Int {
            switch part {
            case .morning: 8 * 60
            case .afternoon: 14 * 60
            case .evening: 18 * 60
            case .night: 22 * 60
            }
        }

        /// `3d`, `2w`, `3д`.
        private static func days(_ word: String) -> Int? {
            let digits = word.prefix { ("0"..."9").contains($0) }
            guard (1...3).contains(digits.count), let number = Int(digits) else { return nil }
            return switch word.dropFirst(digits.count) {
            case "d", "д": number
            case "w", "н", "нед": 7 * number
            default: nil
            }
        }

        /// `25.12`, `25.12.2026`, `2026-12-25`; no times, which have no months.
        private static func date(_ word: String) -> (year: Int?, month: Int, day: Int)? {
            let dashed = word.split(separator: "-").map { Int($0) }
            if dashed.count == 3, let year = dashed[0], let month = dashed[1], let day = dashed[2],
                (2000...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
            {
                return (year, month, day)
            }
            let dotted = word.split(separator: ".", omittingEmptySubsequences: false)
            guard (2...3).contains(dotted.count), dotted[1].count == 2, let day = Int(dotted[0]),
                let month = Int(dotted[1]), (1...31).contains(day), (1...12).contains(month)
            else { return nil }
            if dotted.count == 2 { return (nil, month, day) }
            guard let year = Int(dotted[2]), (2000...9999).contains(year) else { return nil }
            return (year, month, day)
        }
    }
}

extension QuietHours {
    /// What a person said after `/quiet`.
    enum Phrase: Equatable, Sendable {
        case off
        case hours(QuietHours)

        /// Reads `23:00-08:00`, `23-8`, `from 23 to 8`, `с 23 до 8`, `off`; nil for anything else.
        init?(parsing text: String) {
            let words = PhraseWord.words(of: text).map(\.plain)
            if words.count == 1, ["off", "none", "no", "выкл", "нет", "отключить", "выключить"].contains(words[0]) {
                self = .off
                return
            }
            var minutes: [Int] = []
            for part in words.flatMap({ $0.split(separator: "-").map(String.init) }) {
                if let reading = ClockTime.read(part, bare: true) {
                    guard case .minute(let minute, _) = reading else { return nil }
                    minutes.append(minute)
                    continue
                }
                switch ScheduleWord.meaning(of: part) {
                case .part(let part)?:
                    guard let last = minutes.popLast() else { return nil }
                    minutes.append(part.adjusted(last))
                case .from?, .until?, .filler?, .at?, .hours?: continue
                case .midnight?: minutes.append(0)
                default: return nil
                }
            }
            guard minutes.count == 2, let hours = QuietHours(from: minutes[0], until: minutes[1]) else { return nil }
            self = .hours(hours)
        }
    }
}
