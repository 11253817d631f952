extension CronExpression {
    /// The first moment after `moment` at which the schedule fires in `zone`.
    ///
    /// Where clocks jump, Vixie cron is followed. A fixed time that is skipped fires at the moment of the jump,
    /// one that comes twice fires the first time only. A schedule with `*` in minute or hour goes by what the
    /// clock shows: not at all for skipped times, twice for repeated ones. Fixed times that fall on one moment
    /// fire once. A date that a zone left out altogether (Samoa had no 30 December 2011) has no firing.
    ///
    /// Never nil in practice: an expression that cannot fire is not made.
    public func next(after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        // Clocks that go back over midnight show yesterday's date again.
        var days = zone.localTime(at: moment).date.daysSince1970 - 1
        // The calendar repeats after 400 years.
        let limit = days + 146_097 + 2
        while let date = firstMatch(from: days, before: limit) {
            if let found = firstMoment(on: date, after: moment, in: zone) {
                let tomorrow = CivilDate(daysSince1970: date.daysSince1970 + 1)
                guard matches(tomorrow), changesClock(around: tomorrow, in: zone),
                    let other = firstMoment(on: tomorrow, after: moment, in: zone)
                else { return found }
                return min(found, other)
            }
            days = date.daysSince1970 + 1
        }
        return nil
    }

    /// The next `count` moments after `moment`.
    public func upcoming(_ count: Int, after moment: Timestamp, in zone: TimeZoneRules) -> [Timestamp] {
        var moments: [Timestamp] = []
        var last = moment
        while moments.count < count, let next = next(after: last, in: zone) {
            moments.append(next)
            last = next
        }
        return moments
    }

    /// The first matching date; whole months that cannot match are skipped.
    private func firstMatch(from days: Int, before limit: Int) -> CivilDate? {
        var days = days
        while days < limit {
            let date = CivilDate(daysSince1970: days)
            if !month.contains(date.month) {
                days += CivilDate.days(inMonth: date.month, of: date.year) - date.day + 1
            } else if matches(date) {
                return date
            } else {
                days += 1
            }
        }
        return nil
    }

    /// Whether the clocks of the zone change on this date or within a day of it.
    private func changesClock(around date: CivilDate, in zone: TimeZoneRules) -> Bool {
        let midnight = Int64(date.daysSince1970) * 86_400
        let offsets = [-86_400, 43_200, 172_800].map { zone.offset(at: Timestamp(seconds: midnight + $0)) }
        return offsets[0] != offsets[1] || offsets[1] != offsets[2]
    }

    private func firstMoment(on date: CivilDate, after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        guard changesClock(around: date, in: zone) else {
            return firstMomentOfPlainDay(date, after: moment, in: zone)
        }
        var best: Timestamp?
        for slot in slots {
            let time = LocalTime(date: date, secondOfDay: slot * 60)
            for fire in firings(of: time, in: zone) where fire > moment && fire < (best ?? fire.adding(.seconds(1))) {
                best = fire
            }
        }
        return best
    }

    /// On most days clocks run evenly, and the first fitting slot is found without trying any.
    private func firstMomentOfPlainDay(
        _ date: CivilDate, after moment: Timestamp, in zone: TimeZoneRules
    ) -> Timestamp? {
        let midnight = Int64(date.daysSince1970) * 86_400
        let offset = Int64(zone.offset(at: Timestamp(seconds: midnight)))
        let passed = moment.seconds + offset - midnight
        // Slots are whole minutes; the first one wanted starts after the minute that `moment` is in.
        let from = passed < 0 ? 0 : Int(passed / 60) + 1
        guard from < 1440, var hour = hour.first(from: from / 60) else { return nil }
        var minute = hour == from / 60 ? self.minute.first(from: from % 60) : self.minute.first(from: 0)
        if minute == nil {
            guard let later = self.hour.first(from: hour + 1) else { return nil }
            hour = later
            minute = self.minute.first(from: 0)
        }
        return minute.map { Timestamp(seconds: midnight - offset + Int64(hour * 3600 + $0 * 60)) }
    }

    /// Minutes of the day at which the schedule fires, in order.
    private var slots: [Int] {
        (0..<24).filter(hour.contains).flatMap { hour in
            (0..<60).filter(minute.contains).map { hour * 60 + $0 }
        }
    }

    private func firings(of time: LocalTime, in zone: TimeZoneRules) -> [Timestamp] {
        switch zone.moments(of: time) {
        case .once(let moment): return [moment]
        case .twice(let first, let second): return followsClock ? [first, second] : [first]
        case .never(let next):
            guard !followsClock else { return [] }
            // The jump ends on the slot's own date, or at the next midnight; otherwise the whole date is missing.
            let resumed = zone.localTime(at: next)
            let isWholeDateMissing =
                resumed.date > time.date
                && zone.localTime(at: next.adding(.seconds(-1))).date < time.date
            return isWholeDateMissing ? [] : [next]
        }
    }
}
