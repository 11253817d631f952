import BotKit
import FoundationEssentials
import Support
import Testing

@testable import GalleryBot

@Suite struct ScheduleTextTests {
    @Test(arguments: [
        ("day 9:00", "every day at 9:00", "каждый день в 9:00"),
        ("day 9:00 12:00 21:30", "every day at 9:00, 12:00 and 21:30", "каждый день в 9:00, 12:00 и 21:30"),
        ("weekday 8:00", "on weekdays at 8:00", "по будням в 8:00"),
        ("weekend 11:00", "on weekends at 11:00", "по выходным в 11:00"),
        ("mon fri 9:30", "on Mondays and Fridays at 9:30", "по понедельникам и пятницам в 9:30"),
        ("hour", "every hour", "каждый час"), ("3 hours", "every 3 hours", "каждые 3 часа"),
        ("6 hours", "every 6 hours", "каждые 6 часов"), ("30 minutes", "every 30 minutes", "каждые 30 минут"),
        (
            "2 hours from 9 to 21", "every 2 hours from 9:00 to 21:00", "каждые 2 часа с 9:00 до 21:00"
        ),
        ("weekday 2 hours", "every 2 hours on weekdays", "каждые 2 часа по будням"),
        ("21 minutes from 9 to 10", "every 21 minutes from 9:00 to 10:00", "каждую 21 минуту с 9:00 до 10:00"),
        ("0 10 * * mon", "0 10 * * mon", "0 10 * * mon"),
    ])
    func `times in words`(phrase: String, english: String, russian: String) throws {
        let times = try SchedulePhrase(parsing: phrase).times
        #expect(times.text(in: .english) == english)
        #expect(times.text(in: .russian) == russian)
    }

    @Test(arguments: [
        ("day 10:00 whenever", "/every day 10:00 👉whenever"), ("whenever", "/every 👉whenever"),
        ("каждый день в 25:00 x3", "/every каждый день в 👉25:00 x3"),
    ])
    func `the word that was not understood stands out`(phrase: String, text: String) throws {
        let words = PhraseWord.words(of: phrase)
        let word = try #require(words.first { ["whenever", "25:00"].contains($0.text) })
        let marked = ScheduleTexts.marked(phrase, word)
        #expect(marked.text == text)
        #expect(marked.entities.count == 1)
    }

    @Test func `moments are those of the chat's clock`() throws {
        let now = Timestamp(seconds: 1_772_436_600)
        let moment = now + .seconds(3600 * 24 * 365)
        let berlin = LocalMoment(zone: try .named("Europe/Berlin"), language: .english, now: now)
        #expect(berlin.text(now) == "Mon 2 Mar, 8:30")
        #expect(berlin.text(moment) == "Tue 2 Mar 2027, 8:30")
        #expect(berlin.zoneText() == "Europe/Berlin (UTC+1)")
        let kolkata = LocalMoment(zone: try .named("Asia/Kolkata"), language: .russian, now: now)
        #expect(kolkata.text(now) == "пн 2 марта, 13:00")
        #expect(kolkata.zoneText() == "Asia/Kolkata (UTC+5:30)")
        #expect(LocalMoment.offset(-12_600) == "UTC−3:30")
    }

    @Test(arguments: [Language.english, .russian])
    func `every fault has words, and an example that works`(language: Language) throws {
        let word = PhraseWord(text: "x", offset: 0)
        let faults: [ScheduleFault] = [
            .empty, .cron(.fieldCount(4)), .notUnderstood(word), .notATime(word), .missingTime(days: "mon wed"),
            .missingDay(word), .missingUnit(word), .monthly(word), .everyFewDays(2), .tooOften(least: 5),
            .uneven(minutes: 420, near: [360, 480]), .timeBesideInterval(word), .openWindow(word), .count(word),
        ]
        for fault in faults {
            let text = ScheduleTexts.all[language].fault(fault, "x")
            let examples = text.entities.filter { $0.kind == .code }.map { entity in
                let start = text.text.utf16.index(text.text.startIndex, offsetBy: entity.offset)
                let end = text.text.utf16.index(start, offsetBy: entity.length)
                return String(text.text[start..<end])
            }
            #expect(!examples.isEmpty, "\(text.text)")
            for example in examples {
                #expect(throws: Never.self, "\(example)") {
                    try SchedulePhrase(parsing: String(example.dropFirst("/every ".count)))
                }
            }
        }
    }

    @Test func `an old choice that waits with its job is still understood`() throws {
        let old = try Self.decode(#"{"photoID":"4","remark":"repeated","round":2}"#)
        #expect(old.choices == [PhotoChooser.Choice(photoID: "4", round: 2, remark: .repeated)])
        var state = DeliveryState()
        state.choices = old.choices
        state.sent = 1
        state.troubleSince = 7
        #expect(try Self.decode(Self.encode(state)) == state)
    }

    @Test func `the waits grow to ten minutes`() {
        var state = DeliveryState()
        let waits = (1...8).map { failures in
            state.failures = failures
            return state.backoff
        }
        #expect(waits == [15, 30, 60, 120, 240, 480, 600, 600].map { .seconds($0) })
    }

    private static func decode(_ text: String) throws -> DeliveryState {
        try JSONDecoder().decode(DeliveryState.self, from: Data(text.utf8))
    }

    private static func encode(_ state: DeliveryState) throws -> String {
        String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
    }
}
