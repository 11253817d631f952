internal import BotKit
internal import JSON
internal import Storage
internal import Support
internal import TelegramAPI

/// When photos come by themselves, by chat, and what comes next.
struct ScheduleQuery: Sendable {
    let timetable: GallerySettings.Timetable?
    /// Who gets photos by the configured schedule.
    let users: [Int64]
    let time: any TimeSource

    func json(_ language: Language, in connection: any SQLConnection) throws -> JSONValue {
        let names = try ChatNames(in: connection)
        let settings = try ChatSettingsStore().all(in: connection)
        let chats = Dictionary(uniqueKeysWithValues: settings.map { ($0.chat.rawValue, $0) })
        let now = time.now
        var schedules: [Int64: [JSONValue]] = [:]
        if let timetable {
            let rule: JSONValue = [
                "cron": .string(timetable.cron), "zone": .string(timetable.zone), "count": 1, "configured": true,
                "next": .array(try next(timetable.cron, timetable.zone)),
            ]
            for user in users { schedules[user, default: []].append(rule) }
        }
        let order = schedules.keys.sorted { (names[$0] ?? "", $0) < (names[$1] ?? "", $1) }
        return .array(
            order.map { chat in
                let settings = chats[chat]
                let isPaused = settings?.isPaused(at: now) ?? false
                let until = isPaused && settings?.pausedUntil != ChatSettings.untilResumed ? settings?.pausedUntil : nil
                return [
                    "chat": names.json(of: chat), "paused": .bool(isPaused),
                    "pausedUntil": until.map { .integer($0.seconds) } ?? .null,
                    "unreachable": .text(settings?.unreachable), "schedules": .array(schedules[chat] ?? []),
                ]
            })
    }

    private func next(_ cron: String, _ zone: String) throws -> [JSONValue] {
        try CronExpression(cron).upcoming(3, after: time.now, in: .named(zone)).map { .integer($0.seconds) }
    }
}
