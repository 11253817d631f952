internal import Support

/// Why a phrase is no schedule, with the word where reading ended.
enum ScheduleFault: Error, Equatable, Sendable {
    /// Nothing was written.
    case empty
    /// The five fields of cron are wrong.
    case cron(CronError)
    /// A word that means nothing here.
    case notUnderstood(PhraseWord)
    /// Something like a time that no clock shows, such as 25:00.
    case notATime(PhraseWord)
    /// Days without a time; the days as they may be written again.
    case missingTime(days: String)
    /// “Every week” without a day.
    case missingDay(PhraseWord)
    /// A number that could be an hour, or a number of hours or minutes.
    case missingUnit(PhraseWord)
    /// “Every month”, which only cron can say.
    case monthly(PhraseWord)
    /// “Every 2 days”, which months of different lengths do not allow.
    case everyFewDays(Int)
    /// Closer together than the least number of minutes.
    case tooOften(least: Int)
    /// Minutes that do not go evenly into a day, with those near it that do.
    case uneven(minutes: Int, near: [Int])
    /// A time beside “every 3 hours”.
    case timeBesideInterval(PhraseWord)
    /// A start without an end: “from 9”.
    case openWindow(PhraseWord)
    /// More or fewer photos at once than an album holds.
    case count(PhraseWord)

    /// The word where reading ended.
    var word: PhraseWord? {
        switch self {
        case .notUnderstood(let word), .notATime(let word), .missingDay(let word), .missingUnit(let word),
            .monthly(let word), .timeBesideInterval(let word), .openWindow(let word), .count(let word):
            word
        case .empty, .cron, .missingTime, .everyFewDays, .tooOften, .uneven: nil
        }
    }
}
