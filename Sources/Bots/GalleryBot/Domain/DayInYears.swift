internal import PhotoLibraries
internal import Support

/// The photos of a day in other years, from the index alone.
struct DayInYears: Equatable, Sendable {
    /// A photo with its year.
    struct Found: Equatable, Sendable {
        var photoID: String
        var date: CivilDate
    }

    /// In the order in which they are shown: every year gets its turn, the last one first.
    private(set) var photos: [Found]

    /// Looks through a library.
    ///
    /// - Parameters:
    ///   - today: The day in the chat's time zone; its own year does not count.
    ///   - reach: How many days before and after it count too.
    ///   - hidden: Galleries, by identifier, that the chat does not want to see.
    init(around today: CivilDate, reach: Int = 0, in snapshot: Catalogue.Snapshot, hidden: Set<String> = []) {
        let index = snapshot.index
        let hiddenGalleries = Set(hidden.compactMap { index.galleries.index(of: $0) })
        var years: [Int: [(position: Int, date: CivilDate)]] = [:]
        for position in 0..<index.count {
            guard let date = index.date(at: position), date.year < today.year,
                Self.isNear(date, today, reach: reach), !snapshot.gone.contains(position)
            else { continue }
            if !hiddenGalleries.isEmpty, !hiddenGalleries.isDisjoint(with: index.galleries(at: position)) { continue }
            years[date.year, default: []].append((position, date))
        }
        // The best of each year first; the same every time, so that pages follow one another.
        func rank(_ position: Int) -> Int {
            index.rating(at: position) + (index.isFavourite(at: position) ? 1000 : 0)
        }
        let sorted = years.sorted { $0.key > $1.key }.map { year in
            year.value.sorted { (rank($0.position), $1.position) > (rank($1.position), $0.position) }
        }
        photos = []
        let longest = sorted.map(\.count).max() ?? 0
        for turn in 0..<longest {
            for year in sorted where turn < year.count {
                photos.append(Found(photoID: index.id(at: year[turn].position), date: year[turn].date))
            }
        }
    }

    /// Whether a date is the day, or near it, whatever the year.
    ///
    /// Who was born on the 29th of February has a day in every year: in common ones it is the 28th.
    private static func isNear(_ date: CivilDate, _ today: CivilDate, reach: Int) -> Bool {
        if reach == 0 {
            if date.month == today.month, date.day == today.day { return true }
            return date.month == 2 && date.day == 29 && today.month == 2 && today.day == 28
                && CivilDate.days(inMonth: 2, of: today.year) == 28
        }
        let days = CivilDate.days(inMonth: date.month, of: today.year)
        // Around New Year the day may be near in the year before or after.
        return (-1...1).contains { shift in
            let day = CivilDate(year: today.year + shift, month: date.month, day: min(date.day, days))
            return abs(day.daysSince1970 - today.daysSince1970) <= reach
        }
    }
}
