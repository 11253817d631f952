import Support
import Testing

@testable import GalleryBot

/// What people write after `/every`, in both languages.
@Suite struct SchedulePhraseTests {
    @Test(arguments: [
        ("day 10:00", "0 10 * * *"), ("every day 10:00", "0 10 * * *"), ("Every Day at 10:00", "0 10 * * *"),
        ("daily 9.30", "30 9 * * *"), ("daily at 9am", "0 9 * * *"), ("day 9:15pm", "15 21 * * *"),
        ("day 9 pm", "0 21 * * *"), ("day 12am", "0 0 * * *"), ("day 12pm", "0 12 * * *"), ("10:00", "0 10 * * *"),
        ("day 9:00 21:00", "0 9,21 * * *"), ("day 9:00, 21:00", "0 9,21 * * *"), ("day 9:00,21:00", "0 9,21 * * *"),
        ("day 9 and 21", "0 9,21 * * *"), ("day 9:00 21:30", "0 9 * * *; 30 21 * * *"),
        ("day 21:00 9:00 9:00", "0 9,21 * * *"), ("monday 9:30", "30 9 * * 1"), ("mondays at 9", "0 9 * * 1"),
        ("weekday 8:00", "0 8 * * 1-5"), ("every weekday 8:00", "0 8 * * 1-5"), ("workdays 8:00", "0 8 * * 1-5"),
        ("weekend 11:00", "0 11 * * 6,0"), ("mon wed fri 9:00", "0 9 * * 1,3,5"),
        ("mon,wed,fri 9:00", "0 9 * * 1,3,5"), ("mon-thu 9:00", "0 9 * * 1,2,3,4"), ("mon to fri 9", "0 9 * * 1-5"),
        ("fri-mon 9:00", "0 9 * * 1,5,6,0"), ("9:00 on tuesdays", "0 9 * * 2"),
        ("every week on sunday 18:00", "0 18 * * 0"),
        ("3 hours", "0 */3 * * *"), ("every 3 hours", "0 */3 * * *"), ("3h", "0 */3 * * *"), ("hour", "0 * * * *"),
        ("hourly", "0 * * * *"), ("30 minutes", "*/30 * * * *"), ("30m", "*/30 * * * *"),
        ("half an hour", "*/30 * * * *"), ("24 hours", "0 0 * * *"), ("60 minutes", "0 * * * *"),
        ("weekday 2 hours", "0 */2 * * 1-5"), ("2 hours from 9 to 21", "0 9,11,13,15,17,19,21 * * *"),
        ("2 hours 9-21", "0 9,11,13,15,17,19,21 * * *"), ("3 hours 20:30-3:00", "30 2,20,23 * * *"),
        ("45 minutes from 9:00 to 10:30", "0,45 9 * * *; 30 10 * * *"),
        ("30 minutes 9-11", "0 9,10,11 * * *; 30 9,10 * * *"), ("morning", "0 9 * * *"), ("evening at 8", "0 20 * * *"),
        ("day noon", "0 12 * * *"), ("day at midnight", "0 0 * * *"),
        ("0 10 * * *", "0 10 * * *"), ("0 10 * * mon-fri", "0 10 * * mon-fri"), ("@daily", "@daily"),
        ("*/15 9-18 * * 1-5", "*/15 9-18 * * 1-5"), ("0 9 1,15 jan,jul *", "0 9 1,15 jan,jul *"),
    ])
    func `English`(text: String, cron: String) throws {
        try expect(text, cron)
    }

    @Test(
        arguments: [
            ("каждый день 10:00", "0 10 * * *"), ("день 10:00", "0 10 * * *"), ("Каждый день в 10:00", "0 10 * * *"),
            ("ежедневно в 10", "0 10 * * *"), ("каждый день в 9 утра", "0 9 * * *"), ("день в 9 вечера", "0 21 * * *"),
            ("в 9 вечера каждый день", "0 21 * * *"), ("9 утра каждый день", "0 9 * * *"),
            ("каждый день 9 часов", "0 9 * * *"),
            ("каждый день в 2 часа дня", "0 14 * * *"), ("каждый день в 12 ночи", "0 0 * * *"),
            ("каждый день в 9 часов 30 минут", "30 9 * * *"), ("каждый день в час дня", "0 13 * * *"),
            ("в полдень", "0 12 * * *"), ("каждое утро", "0 9 * * *"), ("каждый вечер в 8", "0 20 * * *"),
            ("по вечерам", "0 20 * * *"), ("утром и вечером в 8", nil), ("день 9:00 и 21:00", "0 9,21 * * *"),
            ("будни 8:00", "0 8 * * 1-5"), ("по будням в 8", "0 8 * * 1-5"), ("по будням в 8:30", "30 8 * * 1-5"),
            ("по выходным в 11", "0 11 * * 6,0"), ("по понедельникам в 9", "0 9 * * 1"),
            ("понедельник 9:30", "30 9 * * 1"),
            ("каждый вторник в 9", "0 9 * * 2"), ("каждую среду в 9", "0 9 * * 3"),
            ("каждую пятницу 18:00", "0 18 * * 5"),
            ("по субботам и воскресеньям в 10:00", "0 10 * * 6,0"), ("пн ср пт 9:00", "0 9 * * 1,3,5"),
            ("пн, ср, пт 9:00", "0 9 * * 1,3,5"), ("пн,ср,пт в 9", "0 9 * * 1,3,5"), ("пн-пт 8:00", "0 8 * * 1-5"),
            ("с понедельника по пятницу в 8", "0 8 * * 1-5"), ("с пятницы до воскресенья 9:00", "0 9 * * 5,6,0"),
            ("каждую неделю в понедельник в 9", "0 9 * * 1"), ("каждые 3 часа", "0 */3 * * *"),
            ("3 часа", "0 */3 * * *"),
            ("каждый час", "0 * * * *"), ("раз в час", "0 * * * *"), ("раз в 3 часа", "0 */3 * * *"),
            ("каждые 30 минут", "*/30 * * * *"), ("полчаса", "*/30 * * * *"), ("каждые полчаса", "*/30 * * * *"),
            ("каждые 2 часа с 9 до 21", "0 9,11,13,15,17,19,21 * * *"), ("по будням каждые 2 часа", "0 */2 * * 1-5"),
            ("раз в день в 10:00", "0 10 * * *"), ("3 ч", "0 */3 * * *"),
        ] as [(String, String?)])
    func `Russian`(text: String, cron: String?) throws {
        guard let cron else {
            #expect(throws: Never.self) { try SchedulePhrase(parsing: text) }
            return
        }
        try expect(text, cron)
    }

    @Test(arguments: [
        ("day 10:00 x3", 3, false, []), ("day 10:00 3x", 3, false, []), ("day 10:00 ×3", 3, false, []),
        ("день 10:00 х3", 3, false, []), ("day 10:00 5 photos", 5, false, []),
        ("3 фото каждый день в 10:00", 3, false, []),
        ("day 10:00 silent", 1, true, []), ("каждый день 10:00 без звука", 1, true, []),
        ("тихо день 10:00", 1, true, []),
        ("day 10:00 fav tag:beach", 1, false, ["fav", "tag:beach"]),
        ("день 10:00 x2 избранное тихо", 2, true, ["избранное"]),
        ("day 10:00 gallery:\"Summer 2019\" ★4 portrait", 1, false, ["gallery:\"Summer 2019\"", "★4", "portrait"]),
        ("0 10 * * * x4 silent rating>=80", 4, true, ["rating>=80"]), ("@daily fav", 1, false, ["fav"]),
        ("fav every monday 9:30", 1, false, ["fav"]),
    ])
    func `how many, how loud and which`(text: String, count: Int, isSilent: Bool, filter: [String]) throws {
        let phrase = try SchedulePhrase(parsing: text)
        #expect(phrase.count == count)
        #expect(phrase.isSilent == isSilent)
        #expect(phrase.filterWords.map(\.text) == filter)
    }

    @Test(arguments: [
        ("", ScheduleFault.empty), ("   ", .empty),
        ("whenever", .notUnderstood(PhraseWord(text: "whenever", offset: 0))),
        ("иногда", .notUnderstood(PhraseWord(text: "иногда", offset: 0))),
        ("day 25:00", .notATime(PhraseWord(text: "25:00", offset: 4))),
        ("day 9:7", .notATime(PhraseWord(text: "9:7", offset: 4))),
        ("каждый день в 13pm", .notATime(PhraseWord(text: "13pm", offset: 14))),
        ("day at 30", .notATime(PhraseWord(text: "30", offset: 7))),
        ("day", .missingTime(days: "day")), ("every monday", .missingTime(days: "mon")),
        ("по будням", .missingTime(days: "weekday")), ("x3", .missingTime(days: "day")),
        ("week 10:00", .missingDay(PhraseWord(text: "week", offset: 0))),
        ("10", .missingUnit(PhraseWord(text: "10", offset: 0))),
        ("каждый месяц 10:00", .monthly(PhraseWord(text: "месяц", offset: 7))),
        ("2 days 10:00", .everyFewDays(2)), ("каждые 3 дня", .everyFewDays(3)), ("2 недели", .everyFewDays(14)),
        ("1 minute", .tooOften(least: 5)), ("every minute", .tooOften(least: 5)), ("4 minutes", .tooOften(least: 5)),
        ("* * * * *", .tooOften(least: 5)), ("*/3 * * * *", .tooOften(least: 5)), ("0,2 9 * * *", .tooOften(least: 5)),
        ("58,0 0,23 * * *", .tooOften(least: 5)), ("day 9:00 9:02", .tooOften(least: 5)),
        ("day 23:58 0:00", .tooOften(least: 5)), ("каждую минуту", .tooOften(least: 5)),
        ("7 hours", .uneven(minutes: 420, near: [360, 480])), ("45 minutes", .uneven(minutes: 45, near: [30, 60])),
        ("48 hours", .uneven(minutes: 2880, near: [1440])),
        ("3 hours 9:00", .timeBesideInterval(PhraseWord(text: "9:00", offset: 8))),
        ("3 hours from 9", .openWindow(PhraseWord(text: "9", offset: 13))),
        ("day 10:00 x11", .count(PhraseWord(text: "x11", offset: 10))),
        ("day 10:00 0 photos", .count(PhraseWord(text: "0", offset: 10))),
        ("0 10 * *", .cron(.fieldCount(4))), ("0 0 10 * * *", .cron(.fieldCount(6))), ("@reboot", .cron(.reboot)),
        ("0 9 30 2 *", .cron(.neverFires)), ("61 * * * *", .cron(.outOfRange(61, field: .minute))),
        ("0 10 * * fri-mon", .cron(.backwardRange("fri-mon", field: .weekday))),
        ("0 10 L * *", .cron(.unsupportedSign("L", field: .day))),
        ("@sometimes", .cron(.unknownNickname("@sometimes"))),
    ])
    func `what cannot be understood is told, with its place`(text: String, fault: ScheduleFault) {
        #expect(throws: fault) { try SchedulePhrase(parsing: text) }
    }

    @Test(arguments: [
        "day 9:00 21:30", "weekday 8:00", "weekend 11:00", "mon thu 9:30", "3 hours", "1 hour", "30 minutes",
        "weekday 2 hours", "2 hours from 9:00 to 21:00", "45 minutes from 20:00 to 2:00", "0 10 * * mon-fri", "@daily",
    ])
    func `the phrase that is stored is read back to the same`(text: String) throws {
        let times = try SchedulePhrase(parsing: text).times
        #expect(times.phrase == text)
        #expect(try SchedulePhrase(parsing: times.phrase).times == times)
    }

    @Test func `every interval without a window goes evenly into a day`() throws {
        for minutes in ScheduleTimes.evenMinutes {
            let cron = try CronExpression(ScheduleTimes.interval(minutes: minutes, .all, nil).cron)
            let moments = cron.upcoming(300, after: Timestamp(seconds: 1_767_225_599), in: .utc)
            let gaps = Set(zip(moments, moments.dropFirst()).map { $1.since($0) })
            #expect(gaps == [.seconds(minutes * 60)])
        }
    }

    @Test func `no text of people makes the reader fall over`() {
        var random = SeededRandom(seed: 3)
        let words = [
            "day", "9", "9:00", "с", "до", "в", "по", "x3", "каждые", "час", "часов", "2", "half", "evening", "дня",
            "-",
            ",", ":", "mon", "пн-пт", "from", "to", "*", "99:99", "9-21", "week", "\"", "«a", "0", "24", "м", "@",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 1...7, using: &random))
                .map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            do {
                let times = try SchedulePhrase(parsing: text).times
                // Whatever is taken can be stored, and fires.
                _ = try CronTimetable(times.cron)
                #expect(try SchedulePhrase(parsing: times.phrase).times == times, "\(text)")
            } catch let fault as ScheduleFault {
                if let word = fault.word { #expect(text.contains(word.text)) }
            } catch {
                Issue.record("\(text): \(error)")
            }
        }
    }

    private func expect(_ text: String, _ cron: String) throws {
        let phrase = try SchedulePhrase(parsing: text)
        #expect(phrase.times.cron == cron)
        #expect(phrase.filterWords == [], "\(text)")
        #expect(phrase.count == 1)
        _ = try CronTimetable(phrase.times.cron)
    }
}
