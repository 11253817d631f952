/// A `TZ` rule such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017 section 8.3, with RFC 8536's wider hours).
struct POSIXTimeZone: Sendable, Equatable {
    private enum Day: Sendable, Equatable {
        /// `Jn`: 1 to 365, 29 February never counted.
        case julian(Int)
        /// `n`: 0 to 365, 29 February counted.
        case ordinal(Int)
        /// `Mm.w.d`: the w-th (5 = last) weekday d of month m.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    private struct Change: Sendable, Equatable {
        var day: Day
        /// Seconds after midnight by the clock before the change; may be negative or beyond a day.
        var second: Int
    }

    private var standard: TimeZoneTable.LocalType
    private var summer: (type: TimeZoneTable.LocalType, start: Change, end: Change)?

    static func == (left: POSIXTimeZone, right: POSIXTimeZone) -> Bool {
        left.standard == right.standard && left.summer?.type == right.summer?.type
            && left.summer?.start == right.summer?.start && left.summer?.end == right.summer?.end
    }

    /// Reads a rule; nil when it is not one.
    init?(_ text: String) {
        var reader = Reader(text)
        guard let name = reader.name(), let offset = reader.time(maximumHours: 24) else { return nil }
        standard = .init(offset: -offset, isDaylightSaving: false, abbreviation: name)
        guard !reader.isAtEnd else { return }
        guard let summerName = reader.name() else { return nil }
        var summerOffset = standard.offset + 3600
        if !reader.isAtEnd && !reader.isNext(",") {
            guard let offset = reader.time(maximumHours: 24) else { return nil }
            summerOffset = -offset
        }
        if reader.isAtEnd { reader = Reader(",M3.2.0,M11.1.0") }
        guard reader.skip(","), let start = reader.change(), reader.skip(","), let end = reader.change(),
            reader.isAtEnd
        else { return nil }
        summer = (.init(offset: summerOffset, isDaylightSaving: true, abbreviation: summerName), start, end)
    }

    /// The kind of local time at a moment.
    func type(at seconds: Int64) -> TimeZoneTable.LocalType {
        guard let summer else { return standard }
        let year = LocalTime(secondsSince1970: seconds + Int64(standard.offset)).date.year
        let start = Self.local(summer.start, in: year) - Int64(standard.offset)
        let end = Self.local(summer.end, in: year) - Int64(summer.type.offset)
        let isSummer = start < end ? start <= seconds && seconds < end : !(end <= seconds && seconds < start)
        return isSummer ? summer.type : standard
    }

    private static func local(_ change: Change, in year: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).daysSince1970
        let days: Int
        switch change.day {
        case .julian(let day):
            let isLeap = CivilDate.days(inMonth: 2, of: year) == 29
            days = newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
        case .ordinal(let day):
            days = newYear + day
        case .weekday(let month, let week, let weekday):
            let first = CivilDate(year: year, month: month, day: 1)
            var day = 1 + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
            while day > CivilDate.days(inMonth: month, of: year) { day -= 7 }
            days = first.daysSince1970 + day - 1
        }
        return Int64(days) * 86_400 + Int64(change.second)
    }

    private struct Reader {
        private var rest: Substring

        init(_ text: String) { rest = text[...] }

        var isAtEnd: Bool { rest.isEmpty }

        func isNext(_ character: Character) -> Bool { rest.first == character }

        mutating func skip(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        mutating func name() -> String? {
            if skip("<") {
                guard let end = rest.firstIndex(of: ">") else { return nil }
                defer { rest = rest[rest.index(after: end)...] }
                return String(rest[..<end])
            }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            guard name.count >= 3 else { return nil }
            rest = rest[name.endIndex...]
            return String(name)
        }

        mutating func number(in range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let value = Int(digits), range.contains(value) else { return nil }
            rest = rest[digits.endIndex...]
            return value
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time(maximumHours: Int) -> Int? {
            let isNegative = skip("-")
            if !isNegative { _ = skip("+") }
            guard let hours = number(in: 0...maximumHours) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] where skip(":") {
                guard let value = number(in: 0...59) else { return nil }
                seconds += value * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            let day: Day
            if skip("M") {
                guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
                    let weekday = number(in: 0...6)
                else { return nil }
                day = .weekday(month: month, week: week, weekday: weekday)
            } else if skip("J") {
                guard let number = number(in: 1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(in: 0...365) else { return nil }
                day = .ordinal(number)
            }
            guard skip("/") else { return Change(day: day, second: 7200) }
            guard let second = time(maximumHours: 167) else { return nil }
            return Change(day: day, second: second)
        }
    }
}
