/// What the clocks of a time zone show at each moment, past and future.
public struct TimeZoneRules: Sendable, Hashable, CustomStringConvertible {
    /// The IANA name, such as `Europe/Berlin`.
    public let name: String
    private let table: TimeZoneTable

    /// Coordinated universal time, which needs no time zone files.
    public static let utc = TimeZoneRules(name: "UTC", table: .fixed(offset: 0, abbreviation: "UTC"))

    init(name: String, table: TimeZoneTable) {
        self.name = name
        self.table = table
    }

    /// Reads the rules of an IANA zone from the system's time zone files (`TZDIR`, else `/usr/share/zoneinfo`).
    ///
    /// `UTC` and its other names work without any file. Throws `TimeZoneError`.
    public static func named(_ name: String) throws(TimeZoneError) -> TimeZoneRules {
        try TimeZoneFiles.system.zone(named: name)
    }

    /// Seconds that local clocks are ahead of UTC at `moment`.
    public func offset(at moment: Timestamp) -> Int { table.type(at: moment.seconds).offset }

    /// Whether local clocks show summer time at `moment`.
    public func isDaylightSaving(at moment: Timestamp) -> Bool { table.type(at: moment.seconds).isDaylightSaving }

    /// The zone's short name at `moment`, such as `CEST`.
    public func abbreviation(at moment: Timestamp) -> String { table.type(at: moment.seconds).abbreviation }

    /// What local clocks show at `moment`.
    public func localTime(at moment: Timestamp) -> LocalTime {
        LocalTime(secondsSince1970: moment.seconds + Int64(offset(at: moment)))
    }

    /// When local clocks show `time`: once, never (they jump over it) or twice (they go back).
    public func moments(of time: LocalTime) -> LocalMoments {
        let local = time.secondsSince1970
        // A day either side is further than any offset, so these are the offsets before and after a change nearby.
        let before = Int64(table.type(at: local - 86_400).offset)
        let after = Int64(table.type(at: local + 86_400).offset)
        let isValidBefore = Int64(table.type(at: local - before).offset) == before
        if before == after && isValidBefore { return .once(Timestamp(seconds: local - before)) }
        let isValidAfter = Int64(table.type(at: local - after).offset) == after
        switch (isValidBefore, isValidAfter) {
        case (true, true): return .twice(Timestamp(seconds: local - before), Timestamp(seconds: local - after))
        case (true, false): return .once(Timestamp(seconds: local - before))
        case (false, true): return .once(Timestamp(seconds: local - after))
        case (false, false): return .never(next: firstMoment(after: local, before: before, after: after))
        }
    }

    /// The first moment whose clocks show more than the skipped `local`: the moment of the change.
    private func firstMoment(after local: Int64, before: Int64, after: Int64) -> Timestamp {
        var low = local - max(before, after)
        var high = local - min(before, after)
        while low < high {
            let middle = low + (high - low) / 2
            if middle + Int64(table.type(at: middle).offset) > local { high = middle } else { low = middle + 1 }
        }
        return Timestamp(seconds: low)
    }

    /// The name.
    public var description: String { name }

    /// Zones are the same when their names are.
    public static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool { left.name == right.name }

    /// Feeds the name to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The answer to the question when local clocks show a time.
public enum LocalMoments: Sendable, Equatable {
    /// At one moment.
    case once(Timestamp)
    /// Never: clocks jump over it; `next` is the moment of the jump.
    case never(next: Timestamp)
    /// Twice, because clocks go back.
    case twice(Timestamp, Timestamp)
}
