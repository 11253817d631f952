import Support
import Testing

@testable import GalleryBot

@Suite struct PausePhraseTests {
    private let berlin: TimeZoneRules
    /// A Monday.
    private let now: Timestamp

    init() throws {
        berlin = try .named("Europe/Berlin")
        now = try #require(Timestamp(iso8601: "2026-03-02T08:30:00+01:00"))
    }

    @Test(arguments: [
        ("2h", "2026-03-02T10:30"), ("2 hours", "2026-03-02T10:30"), ("for 2 hours", "2026-03-02T10:30"),
        ("на 2 часа", "2026-03-02T10:30"), ("час", "2026-03-02T09:30"), ("30 minutes", "2026-03-02T09:00"),
        ("полчаса", "2026-03-02T09:00"), ("3 days", "2026-03-05T08:30"), ("3d", "2026-03-05T08:30"),
        ("3 дня", "2026-03-05T08:30"), ("на неделю", "2026-03-09T08:30"), ("2 weeks", "2026-03-16T08:30"),
        ("1 day 2 hours", "2026-03-03T10:30"), ("until 18:00", "2026-03-02T18:00"), ("until 7:00", "2026-03-03T07:00"),
        ("до 18", "2026-03-02T18:00"), ("до 9 вечера", "2026-03-02T21:00"), ("до 2 часов дня", "2026-03-02T14:00"),
        ("до утра", "2026-03-03T08:00"), ("до вечера", "2026-03-02T18:00"), ("until tomorrow", "2026-03-03T00:00"),
        ("до завтра", "2026-03-03T00:00"), ("until tomorrow 9:00", "2026-03-03T09:00"),
        ("до послезавтра", "2026-03-04T00:00"), ("until monday", "2026-03-09T00:00"),
        ("до пятницы 18:00", "2026-03-06T18:00"), ("until 25.12", "2026-12-25T00:00"), ("до 01.03", "2027-03-01T00:00"),
        ("until 2026-04-01 10:00", "2026-04-01T10:00"), ("until noon", "2026-03-02T12:00"),
    ])
    func `until when`(text: String, end: String) throws {
        let offset = end >= "2026-03-29" && end < "2026-10-25" ? "+02:00" : "+01:00"
        let moment = try #require(Timestamp(iso8601: end + ":00" + offset))
        #expect(try PausePhrase.parse(text, now: now, in: berlin) == .until(moment))
    }

    @Test func `nothing said is no end`() throws {
        #expect(try PausePhrase.parse("  ", now: now, in: berlin) == .untilResumed)
    }

    @Test(arguments: [
        ("for ever", PausePhrase.Fault.notUnderstood(PhraseWord(text: "ever", offset: 4))),
        ("until", .notUnderstood(PhraseWord(text: "until", offset: 0))),
        ("25:00", .notUnderstood(PhraseWord(text: "25:00", offset: 0))),
        ("7", .notUnderstood(PhraseWord(text: "7", offset: 0))),
        ("until 2025-01-01", .past), ("0 hours", .past), ("until today", .past), ("until 31.02", .past),
        ("400 days", .tooLong), ("until 2030-01-01", .tooLong),
    ])
    func `what is no pause is told`(text: String, fault: PausePhrase.Fault) {
        #expect(throws: fault) { try PausePhrase.parse(text, now: now, in: berlin) }
    }
}
