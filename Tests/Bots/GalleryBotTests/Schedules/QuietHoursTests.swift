import Support
import Testing

@testable import GalleryBot

@Suite struct QuietHoursTests {
    private let berlin: TimeZoneRules

    init() throws { berlin = try .named("Europe/Berlin") }

    private func at(_ text: String) throws -> Timestamp {
        try #require(Timestamp(iso8601: text))
    }

    @Test(arguments: [
        ("2026-03-02T22:59:59+01:00", nil), ("2026-03-02T23:00:00+01:00", "2026-03-03T08:00:00+01:00"),
        ("2026-03-03T00:00:00+01:00", "2026-03-03T08:00:00+01:00"),
        ("2026-03-03T07:59:59+01:00", "2026-03-03T08:00:00+01:00"), ("2026-03-03T08:00:00+01:00", nil),
        // The night in which clocks jump from 2:00 to 3:00, and the one in which they go back.
        ("2026-03-28T23:30:00+01:00", "2026-03-29T08:00:00+02:00"),
        ("2026-10-24T23:30:00+02:00", "2026-10-25T08:00:00+01:00"),
    ])
    func `over midnight`(moment: String, end: String?) throws {
        let hours = try #require(QuietHours(from: 23 * 60, until: 8 * 60))
        #expect(hours.end(at: try at(moment), in: berlin) == (try end.map(at)))
    }

    @Test(arguments: [
        ("2026-03-02T12:59:59+01:00", nil), ("2026-03-02T13:00:00+01:00", "2026-03-02T15:30:00+01:00"),
        ("2026-03-02T15:30:00+01:00", nil),
    ])
    func `within a day`(moment: String, end: String?) throws {
        let hours = try #require(QuietHours(from: 13 * 60, until: 15 * 60 + 30))
        #expect(hours.end(at: try at(moment), in: berlin) == (try end.map(at)))
    }

    @Test func `an end that the clocks jump over is the moment of the jump`() throws {
        let hours = try #require(QuietHours(from: 23 * 60, until: 2 * 60 + 30))
        #expect(hours.end(at: try at("2026-03-29T01:59:00+01:00"), in: berlin) == (try at("2026-03-29T03:00:00+02:00")))
    }

    @Test func `an end that the clocks show twice comes after the moment it is asked for`() throws {
        let hours = try #require(QuietHours(from: 23 * 60, until: 2 * 60 + 30))
        #expect(hours.end(at: try at("2026-10-25T02:10:00+02:00"), in: berlin) == (try at("2026-10-25T02:30:00+02:00")))
        #expect(hours.end(at: try at("2026-10-25T02:10:00+01:00"), in: berlin) == (try at("2026-10-25T02:30:00+01:00")))
    }

    @Test(arguments: [(0, 0), (8, 8), (-1, 5), (5, 1440)])
    func `hours that are none`(from: Int, until: Int) { #expect(QuietHours(from: from, until: until) == nil) }

    @Test(arguments: [
        ("23:00-08:00", 1380, 480), ("23-8", 1380, 480), ("from 23 to 8", 1380, 480), ("с 23 до 8", 1380, 480),
        ("23:30 – 7:15", 1410, 435), ("10pm-7am", 1320, 420), ("с 11 вечера до 8 утра", 1380, 480),
        ("0:00 9:00", 0, 540),
    ])
    func `hours in words`(text: String, from: Int, until: Int) {
        #expect(QuietHours.Phrase(parsing: text) == QuietHours(from: from, until: until).map { .hours($0) })
    }

    @Test(arguments: ["off", "Off", "выкл"])
    func `no hours in words`(text: String) { #expect(QuietHours.Phrase(parsing: text) == .off) }

    @Test(arguments: ["", "23", "23-25", "at night", "1 2 3", "8-8"])
    func `words that are none`(text: String) { #expect(QuietHours.Phrase(parsing: text) == nil) }
}
