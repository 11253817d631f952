/// Reads the words of a phrase one after the other, in any order, and then says what they mean together.
struct SchedulePhraseReader {
    private(set) var count: Int?
    private(set) var isSilent = false
    private(set) var filterWords: [PhraseWord] = []

    private struct Time {
        var minute: Int
        var word: PhraseWord
        /// Whether “in the evening” may still move it.
        var isOpen: Bool
    }

    private var days: Weekdays?
    private var isEveryDay = false
    private var week: PhraseWord?
    private var interval: Int?
    private var part: ScheduleWord.DayPart?
    private var times: [Time] = []
    private var loose: [(number: Int, word: PhraseWord)] = []
    private var window: (from: Int?, until: Int?, word: PhraseWord)?
    /// What the last word was, for those that only mean something after it.
    private var last = Last.nothing

    private enum Last: Equatable {
        case nothing, at, from, until, time, hourByUnit, half, each, other
        case weekday(Int)
        case rangeFrom(Int)
    }

    private static let photoNouns: Set<String> = [
        "photo", "photos", "picture", "pictures", "pics", "фото", "фотографии", "фотографий", "фоток", "фотки",
        "снимка", "снимков", "штуки", "штук", "картинки", "картинок",
    ]
    private static let clipNouns: Set<String> = [
        "videos", "clips", "gifs", "видео", "клипа", "клипов", "ролика", "роликов",
    ]
    private static let silentWords: Set<String> = [
        "silent", "silently", "quietly", "mute", "muted", "тихо", "беззвучно", "молча",
    ]

    // MARK: Words

    /// Reads a plain phrase.
    mutating func read(_ words: [PhraseWord]) throws(ScheduleFault) {
        var rest = words[...]
        while let word = rest.first {
            if let used = try readOption(rest) {
                rest = rest.dropFirst(used)
                continue
            }
            if let used = try readTimes(rest) {
                rest = rest.dropFirst(used)
                continue
            }
            let parts = word.parts
            guard parts.count > 1, parts.allSatisfy({ Self.isAboutTimes($0.plain) }) else {
                filterWords.append(word)
                last = .other
                rest = rest.dropFirst()
                continue
            }
            rest = parts[...] + rest.dropFirst()
        }
    }

    /// Reads what may follow the fields of cron.
    mutating func readOptions(_ words: ArraySlice<PhraseWord>) throws(ScheduleFault) {
        var rest = words
        while let word = rest.first {
            if let used = try readOption(rest) {
                rest = rest.dropFirst(used)
            } else {
                filterWords.append(word)
                rest = rest.dropFirst()
            }
        }
    }

    private static func isAboutTimes(_ plain: String) -> Bool {
        ScheduleWord.meaning(of: plain) != nil || ClockTime.read(plain, bare: true) != nil
    }

    /// The number of photos, and silence; gives how many words that took.
    private mutating func readOption(_ words: ArraySlice<PhraseWord>) throws(ScheduleFault) -> Int? {
        guard let word = words.first else { return nil }
        let plain = word.plain
        let next = words.dropFirst().first?.plain
        if Self.silentWords.contains(plain) {
            isSilent = true
            return 1
        }
        if plain == "без", next == "звука" {
            isSilent = true
            return 2
        }
        var number: Int?
        // The Latin x and the Cyrillic х look the same.
        if let mark = plain.first, mark == "x" || mark == "х" { number = Self.digits(plain.dropFirst()) }
        if let mark = plain.last, mark == "x" || mark == "х" { number = Self.digits(plain.dropLast()) }
        if let number {
            try setCount(number, word)
            return 1
        }
        // “3 videos” are three, and videos.
        if let next, Self.clipNouns.contains(next), let number = Self.digits(plain[...]) {
            try setCount(number, word)
            return 1
        }
        if let next, Self.photoNouns.contains(next), let number = Self.digits(plain[...]) {
            try setCount(number, word)
            return 2
        }
        return nil
    }

    private mutating func setCount(_ number: Int, _ word: PhraseWord) throws(ScheduleFault) {
        guard SchedulePhrase.counts.contains(number) else { throw .count(word) }
        count = number
    }

    private static func digits(_ text: Substring) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// What says when; gives how many words that took.
    private mutating func readTimes(_ words: ArraySlice<PhraseWord>) throws(ScheduleFault) -> Int? {
        guard let word = words.first else { return nil }
        let plain = word.plain
        if let reading = ClockTime.read(plain, bare: false) {
            try add(reading, word)
            return 1
        }
        if try readSpan(plain, word) { return 1 }
        guard let meaning = ScheduleWord.meaning(of: plain) else { return nil }
        switch meaning {
        case .number(let number): return try readNumber(number, word, words.dropFirst().first)
        case .filler:
            // “с понедельника по пятницу” is a range; elsewhere the word says nothing.
            if case .rangeFrom = last { return 1 }
            if last != .at && last != .from && last != .until && last != .half {
                last = plain.hasPrefix("кажд") || plain == "every" || plain == "each" || plain == "раз" ? .each : .other
            }
        case .at:
            // “раз в час” is no time of day.
            if last != .each { last = .at }
        case .from:
            window = window ?? (nil, nil, word)
            last = .from
        case .until:
            if case .weekday(let day) = last {
                last = .rangeFrom(day)
            } else if case .rangeFrom = last {
            } else {
                last = .until
            }
        case .day:
            if plain == "дня", last == .time || last == .hourByUnit {
                adjustLast(.afternoon)
            } else {
                isEveryDay = true
                last = .other
            }
        case .week:
            week = word
            last = .other
        case .month: throw .monthly(word)
        case .weekdays(let days): add(days)
        case .hours:
            if last == .half {
                try add(interval: 30)
            } else if last == .at {
                times.append(Time(minute: 60, word: word, isOpen: true))
                last = .hourByUnit
            } else {
                try add(interval: 60)
            }
        case .minutes: try add(interval: 1)
        case .halfHour: try add(interval: 30)
        case .half: last = .half
        case .length(let minutes): try add(interval: minutes)
        case .part(let part):
            if last == .time || last == .hourByUnit {
                adjustLast(part)
            } else {
                self.part = part
                last = .other
            }
        case .noon: try add(.minute(720, isBare: false), word)
        case .midnight: try add(.minute(0, isBare: false), word)
        }
        return 1
    }

    /// `9-21`, `9:00-21:00`.
    private mutating func readSpan(_ plain: String, _ word: PhraseWord) throws(ScheduleFault) -> Bool {
        let ends = plain.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = ClockTime.read(ends[0], bare: true),
            let until = ClockTime.read(ends[1], bare: true)
        else { return false }
        guard case .minute(let first, _) = from, case .minute(let end, _) = until else { throw .notATime(word) }
        window = (first, end, word)
        last = .other
        return true
    }

    private mutating func readNumber(
        _ number: Int, _ word: PhraseWord, _ next: PhraseWord?
    ) throws(ScheduleFault) -> Int {
        let unit = next.map(\.plain)
        let meaning = unit.flatMap(ScheduleWord.meaning)
        let isAfterAt = last == .at || last == .from || last == .until
        switch meaning {
        case .hours?:
            // “каждый день 9 часов” tells the time, “каждые 9 часов” a length.
            let isRussian = unit?.utf8.first.map { $0 >= 0x80 } ?? false
            let hasDays = isEveryDay || days != nil
            guard isAfterAt || isRussian && hasDays && last != .each else {
                try add(interval: number * 60)
                return 2
            }
            try addHour(number, word)
            if last == .time { last = .hourByUnit }
            return 2
        case .minutes?:
            if last == .hourByUnit, var time = times.popLast() {
                guard number < 60 else { throw .notATime(word) }
                time.minute += number
                times.append(time)
                last = .time
            } else {
                try add(interval: number)
            }
            return 2
        case .day? where unit != "дня" || !(isAfterAt || isEveryDay || days != nil):
            guard number == 1 else { throw .everyFewDays(number) }
            isEveryDay = true
            last = .other
            return 2
        case .week?:
            guard number == 1 else { throw .everyFewDays(7 * number) }
            return 1
        default:
            if isAfterAt || isEveryDay || days != nil || part != nil || !times.isEmpty {
                try addHour(number, word)
            } else {
                loose.append((number, word))
                if number < 24, meaning.map(Self.isPartOrDay) ?? false {
                    loose.removeLast()
                    try addHour(number, word)
                }
            }
            return 1
        }
    }

    private static func isPartOrDay(_ meaning: ScheduleWord) -> Bool {
        if case .part = meaning { true } else { meaning == .day }
    }

    // MARK: Meanings

    private mutating func addHour(_ number: Int, _ word: PhraseWord) throws(ScheduleFault) {
        guard let reading = ClockTime.read(String(number), bare: true) else { throw .notATime(word) }
        try add(reading, word)
    }

    private mutating func add(_ reading: ClockTime.Reading, _ word: PhraseWord) throws(ScheduleFault) {
        guard case .minute(let minute, let isBare) = reading else { throw .notATime(word) }
        switch last {
        case .from:
            window = (minute, window?.until, word)
            last = .other
        case .until where window != nil:
            window?.until = minute
            last = .other
        default:
            let hasSuffix = word.plain.hasSuffix("m")
            times.append(Time(minute: minute, word: word, isOpen: isBare || !hasSuffix))
            last = .time
        }
    }

    private mutating func adjustLast(_ part: ScheduleWord.DayPart) {
        guard var time = times.popLast() else { return }
        if time.isOpen { time.minute = part.adjusted(time.minute) }
        time.isOpen = false
        times.append(time)
        last = .other
    }

    private mutating func add(_ more: Weekdays) {
        let single = more.days.count == 1 ? more.days.first : nil
        if case .rangeFrom(let first) = last, let day = single {
            days = (days ?? []).union(Weekdays(from: first, through: day))
            last = .other
            return
        }
        if last == .from, let day = single {
            // What “с” announced was a day, not a time.
            if window?.from == nil { window = nil }
            days = (days ?? []).union(more)
            last = .rangeFrom(day)
            return
        }
        days = (days ?? []).union(more)
        last = single.map(Last.weekday) ?? .other
    }

    private mutating func add(interval minutes: Int) throws(ScheduleFault) {
        interval = (interval ?? 0) + minutes
        last = .other
    }

    // MARK: The whole

    /// What the words say together.
    func times(first: PhraseWord) throws(ScheduleFault) -> ScheduleTimes {
        let chosen = days ?? .all
        if let interval { return try times(every: interval, on: chosen) }
        if let window { throw .notUnderstood(window.word) }
        var minutes = times.map { time in
            guard time.isOpen, let part else { return time.minute }
            return part.adjusted(time.minute)
        }
        let saysWhen = isEveryDay || days != nil || week != nil || part != nil
        guard saysWhen || !minutes.isEmpty || !loose.isEmpty else {
            if let word = filterWords.first { throw .notUnderstood(word) }
            guard count != nil || isSilent else { throw .notUnderstood(first) }
            throw .missingTime(days: Weekdays.all.phrase)
        }
        for number in loose {
            guard saysWhen || !minutes.isEmpty else { throw .missingUnit(number.word) }
            guard case .minute(let minute, _)? = ClockTime.read(String(number.number), bare: true) else {
                throw .notATime(number.word)
            }
            minutes.append(part?.adjusted(minute) ?? minute)
        }
        if let week, days == nil { throw .missingDay(week) }
        if minutes.isEmpty {
            guard let part else { throw .missingTime(days: chosen.phrase) }
            minutes = [part.usualMinute]
        }
        let sorted = Set(minutes).sorted()
        let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 } + [1440 - (sorted.last ?? 0) + (sorted.first ?? 0)]
        guard gaps.allSatisfy({ $0 >= ScheduleTimes.leastMinutes }) else {
            throw .tooOften(least: ScheduleTimes.leastMinutes)
        }
        return .clock(chosen, sorted)
    }

    private func times(every minutes: Int, on days: Weekdays) throws(ScheduleFault) -> ScheduleTimes {
        if let time = times.first { throw .timeBesideInterval(time.word) }
        if let number = loose.first { throw .timeBesideInterval(number.word) }
        guard minutes >= ScheduleTimes.leastMinutes else { throw .tooOften(least: ScheduleTimes.leastMinutes) }
        if let window {
            guard let from = window.from, let until = window.until, from != until else {
                throw .openWindow(window.word)
            }
            guard minutes <= (until - from + 1440) % 1440 else { throw .openWindow(window.word) }
            return .interval(minutes: minutes, days, ScheduleTimes.Window(from: from, until: until))
        }
        let even = ScheduleTimes.evenMinutes
        guard even.contains(minutes) else {
            let near = [even.last { $0 < minutes }, even.first { $0 > minutes }].compactMap(\.self)
            throw .uneven(minutes: minutes, near: near)
        }
        return .interval(minutes: minutes, days, nil)
    }
}
