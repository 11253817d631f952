internal import BotKit
internal import Markup
internal import Support

/// The schedule and moments in words, in the schedule's time zone.
struct TimetableText: Sendable {
    let timetable: GallerySettings.Timetable?
    let rules: TimeZoneRules
    let time: any TimeSource

    /// The expression with its next time; nil where nothing comes by itself.
    func text(in language: Language) -> FormattedText? {
        guard let timetable else { return nil }
        let next: Timestamp?
        do throws(CronError) {
            next = try CronExpression(timetable.cron).next(after: time.now, in: rules)
        } catch {
            // The settings were checked at the start; a text without the next time is better than none.
            next = nil
        }
        guard let next else { return "\(code: timetable.cron) (\(timetable.zone))" }
        return switch language {
        case .english: "\(code: timetable.cron) (\(timetable.zone)), next \(moment(next, in: language))"
        case .russian: "\(code: timetable.cron) (\(timetable.zone)), ближайшее – \(moment(next, in: language))"
        }
    }

    /// A moment as people of the language write it.
    func moment(_ moment: Timestamp, in language: Language) -> String {
        let local = moment.iso8601(milliseconds: false, offset: rules.offset(at: moment))
        let date = local.prefix(10).split(separator: "-")
        let clock = local.dropFirst(11).prefix(5)
        guard date.count == 3 else { return local }
        return switch language {
        case .english: "\(date[0])-\(date[1])-\(date[2]) \(clock)"
        case .russian: "\(date[2]).\(date[1]).\(date[0]) \(clock)"
        }
    }
}
