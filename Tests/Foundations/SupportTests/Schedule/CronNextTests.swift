import Support
import Testing

@Suite struct CronNextTests {
    /// 2026-01-01 is a Thursday.
    @Test(arguments: [
        ("* * * * *", "2026-01-01T00:00:00Z", ["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z"]),
        ("* * * * *", "2026-01-01T00:00:59.999999Z", ["2026-01-01T00:01:00Z"]),
        ("0 9 * * *", "2026-01-01T08:59:59Z", ["2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z"]),
        ("0 9 * * *", "2026-01-01T09:00:00Z", ["2026-01-02T09:00:00Z"]),
        (
            "30 4 1,15 * fri", "2026-01-01T05:00:00Z",
            ["2026-01-02T04:30:00Z", "2026-01-09T04:30:00Z", "2026-01-15T04:30:00Z"]
        ),
        ("0 12 * * 1-5", "2026-01-02T12:00:00Z", ["2026-01-05T12:00:00Z", "2026-01-06T12:00:00Z"]),
        ("0 0 * * 0", "2026-01-01T00:00:00Z", ["2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z"]),
        ("0 0 * * 7", "2026-01-01T00:00:00Z", ["2026-01-04T00:00:00Z"]),
        ("0 0 * * sun,wed", "2026-01-01T00:00:00Z", ["2026-01-04T00:00:00Z", "2026-01-07T00:00:00Z"]),
        ("0 0 29 2 *", "2026-01-01T00:00:00Z", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        ("0 0 29 2 *", "2096-03-01T00:00:00Z", ["2104-02-29T00:00:00Z"]),
        // Starred day field: both must match. The 1st, 8th, 15th, 22nd, 29th, and a Monday.
        ("0 0 */7 * mon", "2026-01-01T00:00:00Z", ["2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z"]),
        // 29 February that is a Sunday comes every 28 years.
        ("0 0 29 2 */7", "2026-01-01T00:00:00Z", ["2032-02-29T00:00:00Z", "2060-02-29T00:00:00Z"]),
        ("0 0 30 2 mon", "2026-01-01T00:00:00Z", ["2026-02-02T00:00:00Z"]),
        ("0 0 31 * *", "2026-01-31T00:00:00Z", ["2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"]),
        ("59 23 31 12 *", "2026-12-31T23:59:00Z", ["2027-12-31T23:59:00Z"]),
        ("23 0-20/2 * * *", "2026-01-01T19:00:00Z", ["2026-01-01T20:23:00Z", "2026-01-02T00:23:00Z"]),
        (
            "5/20 22 * * *", "2026-01-01T22:05:00Z",
            ["2026-01-01T22:25:00Z", "2026-01-01T22:45:00Z", "2026-01-02T22:05:00Z"]
        ),
        ("@hourly", "2026-01-01T23:30:00Z", ["2026-01-02T00:00:00Z"]),
        ("@weekly", "2026-01-01T00:00:00Z", ["2026-01-04T00:00:00Z"]),
        ("@monthly", "2026-01-01T00:00:00Z", ["2026-02-01T00:00:00Z"]),
        ("@yearly", "2026-01-01T00:00:00Z", ["2027-01-01T00:00:00Z"]),
        ("0 0 1 1 *", "1969-06-01T00:00:00Z", ["1970-01-01T00:00:00Z"]),
    ])
    func `fires in UTC`(_ text: String, _ after: String, _ expected: [String]) throws {
        let moments = try CronExpression(text).upcoming(expected.count, after: try moment(after), in: .utc)
        #expect(moments == (try expected.map(moment)))
    }

    @Test(arguments: [
        ("0 9 * * *", "Europe/Moscow", "2026-01-01T06:00:00Z", ["2026-01-02T06:00:00Z"]),
        ("0 9 * * *", "Asia/Kolkata", "2026-01-01T00:00:00Z", ["2026-01-01T03:30:00Z"]),
        ("0 9 * * *", "America/New_York", "2026-01-01T00:00:00Z", ["2026-01-01T14:00:00Z"]),
        ("0 0 1 1 *", "Pacific/Kiritimati", "2025-12-01T00:00:00Z", ["2025-12-31T10:00:00Z"]),
        ("0 9 * * mon", "Asia/Tokyo", "2026-01-04T23:00:00Z", ["2026-01-05T00:00:00Z"]),
        ("0 9 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T07:00:00Z"]),
    ])
    func `fires by the clocks of a zone`(_ text: String, _ zone: String, _ after: String, _ expected: [String]) throws {
        let moments = try CronExpression(text).upcoming(
            expected.count, after: try moment(after), in: try .named(zone))
        #expect(moments == (try expected.map(moment)))
    }

    @Test(arguments: ["17 3,15 * * *", "*/7 * * * *", "0 */5 */3 * mon-wed", "1 2 3 4 5", "0 0 29 2 *", "59 23 * * 6"])
    func `never goes back and always moves on`(_ text: String) throws {
        let expression = try CronExpression(text)
        for name in ["Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"] {
            let zone = try TimeZoneRules.named(name)
            var last = try moment("2025-12-31T23:59:30Z")
            for next in expression.upcoming(600, after: last, in: zone) {
                #expect(next > last)
                #expect(next.microseconds % 60_000_000 == 0)
                last = next
            }
        }
    }

    @Test func `gives nothing for a preview of none`() throws {
        #expect(try CronExpression("* * * * *").upcoming(0, after: Timestamp(seconds: 0), in: .utc).isEmpty)
    }
}

/// Reads a moment in a test's table.
func moment(_ text: String) throws -> Timestamp {
    try #require(Timestamp(iso8601: text))
}
