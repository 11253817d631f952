import Support
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-31T08:05:00.25Z", 1_769_846_700_250_000),
            ("2026-01-31T10:05:00+02:00", 1_769_846_700_000_000),
            ("2026-01-31T02:35:00.000001-05:30", 1_769_846_700_000_001),
            ("2000-02-29t23:59:59z", 951_868_799_000_000), ("1969-12-31 23:59:59.999999Z", -1),
            ("2026-01-31T08:05:00.123456789Z", 1_769_846_700_123_456),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
        ] as [(String, Int64)])
    func `reads ISO 8601`(_ text: String, _ microseconds: Int64) {
        #expect(Timestamp(iso8601: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-01-31", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T08:05:00", "2026-01-31T08:05:00.Z", "2026-01-31T08:05:00Zx", "2026-01-31T08:05:00+2:00",
        "2026-01-31T08:61:00Z", "26-01-31T08:05:00Z", "2026-01-31T08:05:00.1234567890Z",
    ])
    func `refuses what is no moment`(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999Z"),
            (1_769_846_700_250_000, "2026-01-31T08:05:00.250Z"),
        ] as [(Int64, String)])
    func `writes ISO 8601`(_ microseconds: Int64, _ text: String) {
        #expect("\(Timestamp(microseconds: microseconds))" == text)
    }

    @Test func `writes the clock of an offset`() throws {
        let moment = try moment("2026-01-31T23:05:00Z")
        #expect(moment.iso8601(milliseconds: false, offset: 3 * 3600) == "2026-02-01T02:05:00+03:00")
        #expect(moment.iso8601(milliseconds: false, offset: -12_600) == "2026-01-31T19:35:00-03:30")
    }

    @Test func `seconds are rounded down`() {
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(microseconds: -1_000_000).seconds == -1)
        #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
    }

    @Test func `adds and subtracts lengths of time`() {
        let moment = Timestamp(seconds: 100)
        #expect(moment.adding(.milliseconds(1500)).microseconds == 101_500_000)
        #expect(moment - .seconds(101) == Timestamp(seconds: -1))
        #expect(moment.since(Timestamp(seconds: 130)) == .seconds(-30))
    }

    @Test func `calendar arithmetic goes there and back over four centuries`() {
        var date = CivilDate(year: 1800, month: 3, day: 1)
        for days in date.daysSince1970..<(date.daysSince1970 + 146_097 * 2) {
            #expect(date == CivilDate(daysSince1970: days))
            #expect(date.daysSince1970 == days)
            date.day += 1
            if date.day > CivilDate.days(inMonth: date.month, of: date.year) {
                (date.day, date.month) = (1, date.month + 1)
            }
            if date.month > 12 { (date.month, date.year) = (1, date.year + 1) }
        }
    }

    @Test func `knows weekdays`() {
        #expect(CivilDate(year: 1970, month: 1, day: 1).weekday == 4)
        #expect(CivilDate(year: 2026, month: 3, day: 29).weekday == 0)
        #expect(CivilDate(year: 1969, month: 12, day: 27).weekday == 6)
    }
}
