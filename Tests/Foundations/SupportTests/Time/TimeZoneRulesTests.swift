import Glibc
import Testing

@testable import Support

@Suite struct TimeZoneRulesTests {
    private static let names = [
        "Europe/Berlin", "Europe/Moscow", "America/New_York", "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin", "America/Nuuk", "Asia/Gaza", "Antarctica/Troll",
        "Etc/GMT+5",
    ]

    @Test(.enabled(if: python("print(1)") == "1\n"))
    func `agrees with Python's zoneinfo`() throws {
        // Odd steps meet every hour of the day; the years before 1970 and after 2037 take other paths in the file.
        let range = stride(from: Int64(-1_500_000_000), to: 4_500_000_000, by: 1_234_567)
        for name in Self.names {
            let script = """
                import zoneinfo, datetime
                z = zoneinfo.ZoneInfo('\(name)')
                e = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
                for s in range(-1500000000, 4500000000, 1234567):
                    d = (e + datetime.timedelta(seconds=s)).astimezone(z)
                    print(int(d.utcoffset().total_seconds()), d.tzname())
                """
            let expected = python(script).split(separator: "\n").map(String.init)
            let zone = try TimeZoneRules.named(name)
            let actual = range.map { seconds in
                let moment = Timestamp(seconds: seconds)
                return "\(zone.offset(at: moment)) \(zone.abbreviation(at: moment))"
            }
            #expect(expected.count == actual.count)
            let difference = zip(range, zip(expected, actual)).first { $1.0 != $1.1 }
            #expect(difference == nil, "\(name): \(String(describing: difference))")
        }
    }

    @Test(arguments: [
        "../etc/passwd", "/etc/passwd", "Europe/../UTC", "Europe//Berlin", "", ".", "Europe/", "Europe/Ber lin",
        "UTC\0",
        "Европа/Москва", String(repeating: "a", count: 65), "-x",
    ])
    func `refuses what cannot be a name`(_ name: String) {
        #expect(throws: TimeZoneError.invalidName(name)) { try TimeZoneRules.named(name) }
    }

    @Test(arguments: ["Mars/Olympus", "Europe", "zone.tab", "tzdata"])
    func `refuses what is no zone`(_ name: String) {
        #expect(throws: TimeZoneError.self) { try TimeZoneRules.named(name) }
    }

    @Test func `UTC works without files`() throws {
        let files = TimeZoneFiles(directory: "/nonexistent")
        for name in ["UTC", "Etc/UTC", "GMT"] {
            #expect(try files.zone(named: name).offset(at: Timestamp(seconds: 1)) == 0)
        }
        #expect(throws: TimeZoneError.unknown("Europe/Berlin")) { try files.zone(named: "Europe/Berlin") }
    }

    @Test func `tells skipped and repeated local times`() throws {
        let zone = try TimeZoneRules.named("Europe/Berlin")
        func moments(_ day: Int, _ month: Int, _ hour: Int, _ minute: Int) -> LocalMoments {
            zone.moments(of: LocalTime(CivilDate(year: 2026, month: month, day: day), hour: hour, minute: minute))
        }
        #expect(moments(29, 3, 1, 59) == .once(try moment("2026-03-29T00:59:00Z")))
        #expect(moments(29, 3, 2, 0) == .never(next: try moment("2026-03-29T01:00:00Z")))
        #expect(moments(29, 3, 2, 59) == .never(next: try moment("2026-03-29T01:00:00Z")))
        #expect(moments(29, 3, 3, 0) == .once(try moment("2026-03-29T01:00:00Z")))
        #expect(moments(25, 10, 2, 0) == .twice(try moment("2026-10-25T00:00:00Z"), try moment("2026-10-25T01:00:00Z")))
        #expect(moments(25, 10, 3, 0) == .once(try moment("2026-10-25T02:00:00Z")))
    }

    @Test func `local time goes there and back`() throws {
        for name in Self.names {
            let zone = try TimeZoneRules.named(name)
            for seconds in stride(from: Int64(1_700_000_000), to: 1_800_000_000, by: 98_765) {
                let moment = Timestamp(seconds: seconds)
                switch zone.moments(of: zone.localTime(at: moment)) {
                case .once(let found): #expect(found == moment)
                case .twice(let first, let second): #expect(first == moment || second == moment)
                case .never: Issue.record("\(name) at \(moment) is not on its own clock")
                }
            }
        }
    }

    @Test(
        arguments: [
            [], Array("TZif".utf8), Array("not a zone".utf8), Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39),
            Array("TZif2".utf8) + [UInt8](repeating: 255, count: 60),
        ] as [[UInt8]])
    func `refuses damaged files`(_ bytes: [UInt8]) {
        #expect(throws: TZif.Fault.self) { try TZif.parse(bytes) }
    }
}

@Suite struct POSIXTimeZoneTests {
    @Test(arguments: [
        ("UTC0", "2026-07-01T00:00:00Z", 0, "UTC"), ("<+0330>-3:30", "2026-07-01T00:00:00Z", 12_600, "+0330"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T00:59:59Z", 3600, "CET"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T01:00:00Z", 7200, "CEST"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-10-30T01:00:00Z", 3600, "CET"),
        // South of the equator summer goes over the new year.
        ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2050-01-01T00:00:00Z", -10_800, "-03"),
        ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2050-07-01T00:00:00Z", -14_400, "-04"),
        // A negative hour lies on the day before; a negative summer time is winter time.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-01-01T00:00:00Z", 0, "GMT"),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", -7200, "-02"),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", -3600, "-01"),
        ("AAA3BBB,J60/0,J61/0", "2024-03-01T03:00:00Z", -7200, "BBB"),
        ("AAA3BBB,59/0,60/0", "2024-02-29T03:00:00Z", -7200, "BBB"),
        // Summer all year round (RFC 8536 section 3.3.1).
        ("EST5EDT,0/0,J365/25", "2050-01-01T00:00:00Z", -14_400, "EDT"),
        ("EST5EDT", "2026-03-08T07:00:00Z", -14_400, "EDT"),
    ])
    func `follows a rule`(_ rule: String, _ at: String, _ offset: Int, _ name: String) throws {
        let type = try #require(POSIXTimeZone(rule)).type(at: try moment(at).seconds)
        #expect(type.offset == offset)
        #expect(type.abbreviation == name)
    }

    @Test(arguments: [
        "", "UT0", "UTC", "UTC25", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,M3.5.0/168,M10.5.0", "<+03-3",
        "CET-1CEST,M3.5.0,M10.5.0x",
    ])
    func `refuses what is no rule`(_ rule: String) {
        #expect(POSIXTimeZone(rule) == nil)
    }
}

/// What a Python program prints.
private func python(_ script: String) -> String {
    let quoted = "'" + script.replacing("'", with: "'\\''") + "'"
    guard let pipe = unsafe popen("python3 -c \(quoted) 2>/dev/null", "r") else { return "" }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe fread(&buffer, 1, buffer.count, pipe), count > 0 { output += buffer[..<count] }
    unsafe pclose(pipe)
    return String(decoding: output, as: UTF8.self)
}
