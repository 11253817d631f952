internal import Support

/// Whole days up to today, as the clocks of a zone have them.
struct Days: Sendable {
    let zone: TimeZoneRules
    /// The first day.
    let first: CivilDate
    let count: Int
    /// The moment at which each day begins, and at last the one at which the days are over.
    let boundaries: [Timestamp]

    /// The last `count` days, of which today is the last.
    init(_ count: Int, until now: Timestamp, in zone: TimeZoneRules) {
        let today = zone.localTime(at: now).date.daysSince1970
        self.zone = zone
        self.count = count
        first = CivilDate(daysSince1970: today - count + 1)
        boundaries = (0...count).map { index in
            Self.start(of: CivilDate(daysSince1970: today - count + 1 + index), in: zone)
        }
    }

    /// Where the days begin.
    var start: Timestamp { boundaries[0] }

    /// The place of the day that a moment is in; nil for one before the first day.
    func index(of moment: Timestamp) -> Int? {
        guard moment >= start else { return nil }
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if boundaries[middle] <= moment { low = middle } else { high = middle }
        }
        return low
    }

    /// The first moment of a day: midnight, or the change of clocks that skips it.
    static func start(of day: CivilDate, in zone: TimeZoneRules) -> Timestamp {
        switch zone.moments(of: LocalTime(day, hour: 0, minute: 0)) {
        case .once(let moment), .twice(let moment, _), .never(let moment): moment
        }
    }
}
