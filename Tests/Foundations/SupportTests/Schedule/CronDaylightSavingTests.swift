import Support
import Testing

/// Berlin: 2026-03-29 clocks jump from 02:00 to 03:00 (01:00Z), 2026-10-25 back from 03:00 to 02:00 (01:00Z).
@Suite struct CronDaylightSavingTests {
    @Test(arguments: [
        // Skipped fixed time: at the jump, once; the next day as ever.
        ("30 2 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        // Two skipped times come at one moment, as does the time at which clocks go on.
        ("15,45 2 * * *", "2026-03-28T12:00:00Z", ["2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z"]),
        (
            "0 2,3 * * *", "2026-03-28T12:00:00Z",
            ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T01:00:00Z"]
        ),
        // Restricted to the date of the change.
        ("30 2 29 3 *", "2026-01-01T00:00:00Z", ["2026-03-29T01:00:00Z", "2027-03-29T00:30:00Z"]),
        ("30 2 * * sun", "2026-03-23T00:00:00Z", ["2026-03-29T01:00:00Z", "2026-04-05T00:30:00Z"]),
        // With * in minute or hour, the clock decides: nothing between 02:00 and 03:00.
        ("*/30 2 * * *", "2026-03-28T12:00:00Z", ["2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z"]),
        ("0 */2 * * *", "2026-03-28T22:30:00Z", ["2026-03-28T23:00:00Z", "2026-03-29T02:00:00Z"]),
        (
            "0 * * * *", "2026-03-28T23:30:00Z",
            ["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"]
        ),
    ])
    func `clocks jump ahead`(_ text: String, _ after: String, _ expected: [String]) throws {
        try check(text, "Europe/Berlin", after, expected)
    }

    @Test(arguments: [
        // Fixed time: the first pass only.
        ("30 2 * * *", "2026-10-24T12:00:00Z", ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        ("30 2 * * *", "2026-10-25T00:30:00Z", ["2026-10-26T01:30:00Z"]),
        (
            "0 1-3 * * *", "2026-10-24T22:00:00Z",
            ["2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"]
        ),
        // Every minute of fixed hours: none in the second pass.
        ("0-59 2 25 10 *", "2026-10-25T00:59:00Z", ["2027-10-25T00:00:00Z"]),
        // With * both passes.
        (
            "*/30 2 * * *", "2026-10-24T22:30:00Z",
            [
                "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
                "2026-10-26T01:00:00Z",
            ]
        ),
        (
            "0 * * * *", "2026-10-24T23:30:00Z",
            ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"]
        ),
    ])
    func `clocks go back`(_ text: String, _ after: String, _ expected: [String]) throws {
        try check(text, "Europe/Berlin", after, expected)
    }

    @Test(arguments: [
        // Havana jumps at midnight: 2026-03-08 begins at 01:00 (05:00Z).
        ("0 0 * * *", "America/Havana", "2026-03-07T12:00:00Z", ["2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"]),
        ("30 0 8 3 *", "America/Havana", "2026-03-01T00:00:00Z", ["2026-03-08T05:00:00Z"]),
        // Nuuk jumps from 23:00 on Saturday to Sunday's midnight: the Saturday slot fires at that midnight.
        ("30 23 * * sat", "America/Nuuk", "2026-03-27T00:00:00Z", ["2026-03-29T01:00:00Z", "2026-04-05T00:30:00Z"]),
        // Azores go back from 01:00 to midnight: midnight comes twice, a fixed one fires once.
        ("0 0 * * *", "Atlantic/Azores", "2026-10-24T12:00:00Z", ["2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"]),
        (
            "0 * 25 10 *", "Atlantic/Azores", "2026-10-24T12:00:00Z",
            ["2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"]
        ),
        // Santiago goes back from midnight to 23:00 of the day before.
        ("30 23 * * *", "America/Santiago", "2026-04-04T12:00:00Z", ["2026-04-05T02:30:00Z", "2026-04-06T03:30:00Z"]),
        (
            "30 * * * sat", "America/Santiago", "2026-04-05T02:00:00Z",
            ["2026-04-05T02:30:00Z", "2026-04-05T03:30:00Z", "2026-04-11T04:30:00Z"]
        ),
        // Lord Howe shifts by half an hour: 02:00 to 02:30 on 2026-10-04 (15:30Z the day before).
        (
            "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z",
            ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"]
        ),
        // Samoa had no 30 December 2011.
        ("0 10 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", ["2011-12-29T20:00:00Z", "2011-12-30T20:00:00Z"]),
        ("0 10 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", ["2012-12-29T20:00:00Z"]),
    ])
    func `other zones`(_ text: String, _ zone: String, _ after: String, _ expected: [String]) throws {
        try check(text, zone, after, expected)
    }

    /// Every local date has one firing of a fixed time, whatever the clocks do.
    @Test(arguments: [
        "Europe/Berlin", "America/Havana", "America/Santiago", "Africa/Casablanca", "Australia/Lord_Howe",
        "Africa/Cairo",
    ])
    func `a fixed time fires once per date`(_ name: String) throws {
        let zone = try TimeZoneRules.named(name)
        let start = try moment("2026-01-01T12:00:00Z")
        for slot in ["0 0 * * *", "30 1 * * *", "15 2 * * *", "30 23 * * *"] {
            let end = try moment("2028-01-01T12:00:00Z")
            let firings = try CronExpression(slot).upcoming(740, after: start, in: zone).filter { $0 <= end }
            #expect(firings.count == 730, "\(slot) in \(name)")
        }
    }

    private func check(_ text: String, _ zone: String, _ after: String, _ expected: [String]) throws {
        let moments = try CronExpression(text).upcoming(
            expected.count, after: try moment(after), in: try .named(zone))
        #expect(moments.map { $0.iso8601(milliseconds: false) } == expected)
    }
}
