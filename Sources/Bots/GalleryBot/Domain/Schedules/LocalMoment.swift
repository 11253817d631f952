internal import BotKit
internal import Support

/// Moments as the clock of a chat's time zone shows them, in words of a language.
struct LocalMoment: Sendable {
    let zone: TimeZoneRules
    let language: Language
    /// The year that goes without saying.
    let now: Timestamp

    /// `Sat 21 Nov, 10:00`; the year where it is another one.
    func text(_ moment: Timestamp) -> String { "\(date(moment)), \(time(moment))" }

    /// `10:00`.
    func time(_ moment: Timestamp) -> String { ClockTime.text(zone.localTime(at: moment).secondOfDay / 60) }

    /// `Sat 21 Nov`, `сб 21 ноября`.
    func date(_ moment: Timestamp) -> String {
        let date = zone.localTime(at: moment).date
        let year = date.year == zone.localTime(at: now).date.year ? "" : " \(date.year)"
        return switch language {
        case .english: "\(Self.englishDays[date.weekday]) \(date.day) \(Self.englishMonths[date.month - 1])\(year)"
        case .russian: "\(Self.russianDays[date.weekday]) \(date.day) \(Self.russianMonths[date.month - 1])\(year)"
        }
    }

    /// The zone with its distance from UTC at a moment: `Europe/Berlin (UTC+1)`.
    func zoneText() -> String {
        zone.name == "UTC" ? "UTC" : "\(zone.name) (\(Self.offset(zone.offset(at: now))))"
    }

    /// `UTC+1`, `UTC-3:30`, `UTC`.
    static func offset(_ seconds: Int) -> String {
        guard seconds != 0 else { return "UTC" }
        let minutes = abs(seconds) / 60
        let rest = minutes % 60 == 0 ? "" : ":\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        return "UTC\(seconds < 0 ? "−" : "+")\(minutes / 60)\(rest)"
    }

    private static let englishDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let russianDays = ["вс", "пн", "вт", "ср", "чт", "пт", "сб"]
    private static let englishMonths = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let russianMonths = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ]
}
