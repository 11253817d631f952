internal import Support

/// The part of each day in which a chat gets no photo by schedule; it may go over midnight.
struct QuietHours: Codable, Equatable, Hashable, Sendable {
    /// The first quiet minute of the day, 0 to 1439.
    var from: Int
    /// The minute of the day at which the quiet ends; never `from`.
    var until: Int

    /// Quiet hours between two minutes of the day; nil where they are the same or no minutes of a day.
    init?(from: Int, until: Int) {
        guard (0..<1440).contains(from), (0..<1440).contains(until), from != until else { return nil }
        self.from = from
        self.until = until
    }

    /// The quiet goes on past midnight.
    var crossesMidnight: Bool { until < from }

    /// When the quiet that `moment` falls into ends; nil where it is not quiet.
    ///
    /// It goes by what clocks show: an end that they jump over is the moment of the jump, and one that they show twice
    /// is the next of the two.
    func end(at moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        let local = zone.localTime(at: moment)
        let minute = local.secondOfDay / 60
        let isQuiet = crossesMidnight ? minute >= from || minute < until : minute >= from && minute < until
        guard isQuiet else { return nil }
        var date = local.date
        if crossesMidnight && minute >= from { date = CivilDate(daysSince1970: date.daysSince1970 + 1) }
        let end: Timestamp
        switch zone.moments(of: LocalTime(date: date, secondOfDay: until * 60)) {
        case .once(let only): end = only
        case .never(let next): end = next
        case .twice(let first, let second): end = first > moment ? first : second
        }
        return end > moment ? end : nil
    }
}
