internal import BotKit
internal import JSON
internal import Storage
internal import Support
internal import TelegramAPI

/// When photos come by themselves, by chat, and what comes next.
struct ScheduleQuery: Sendable {
    let scheduler: ChatScheduler
    /// Who gets photos by the configured schedule.
    let people: @Sendable () -> Set<UserID>

    func json(_ language: Language, in connection: any SQLConnection) throws -> JSONValue {
        let now = scheduler.time.now
        let names = try ChatNames(in: connection)
        var chats: [ChatID: ChatSettings] = [:]
        for settings in try scheduler.chats.all(in: connection) { chats[settings.chat] = settings }
        var rules: [ChatID: [JSONValue]] = [:]
        if let configured = scheduler.configured {
            for person in people() {
                let chat = ChatID(person)
                let isPaused = chats[chat]?.isConfiguredPaused ?? false
                rules[chat, default: []].append([
                    "words": .null, "cron": .string(configured.cron), "zone": .string(configured.zone), "count": 1,
                    "configured": true, "paused": .bool(isPaused),
                    "next": isPaused ? [] : next(configured.cron, configured.zone),
                ])
            }
        }
        for schedule in try scheduler.schedules.all(in: connection) {
            rules[schedule.chat, default: []].append(json(of: schedule, language))
        }
        let order = rules.keys.sorted {
            (names[$0.rawValue] ?? "", $0.rawValue) < (names[$1.rawValue] ?? "", $1.rawValue)
        }
        return .array(
            order.map { chat in
                let settings = chats[chat] ?? ChatSettings(chat: chat)
                let isPaused = settings.isPaused(at: now)
                let end = isPaused && settings.pausedUntil != ChatSettings.untilResumed ? settings.pausedUntil : nil
                return [
                    "chat": names.json(of: chat.rawValue), "paused": .bool(isPaused),
                    "pausedUntil": end.map { .integer($0.seconds) } ?? .null,
                    "quiet": settings.quietHours.map {
                        [.string(ClockTime.text($0.from)), .string(ClockTime.text($0.until))]
                    } ?? .null,
                    "unreachable": .text(settings.unreachable), "schedules": .array(rules[chat] ?? []),
                ]
            })
    }

    private func json(of schedule: ChatSchedule, _ language: Language) -> JSONValue {
        // Five fields are shown as such, everything else in words.
        var words: String?
        if let times = schedule.times, case .cron = times {} else { words = schedule.times?.text(in: language) }
        return [
            "id": .integer(schedule.id), "words": .text(words), "cron": .string(schedule.phrase),
            "zone": .string(schedule.zone), "count": .integer(Int64(schedule.count)),
            "silent": .bool(schedule.isSilent), "paused": .bool(schedule.isPaused),
            "filter": schedule.filter.isEmpty ? .null : .string(schedule.filter.description(in: language)),
            "next": schedule.isPaused ? [] : next(schedule.cron, schedule.zone),
        ]
    }

    /// The next three times; none where they cannot be read.
    private func next(_ cron: String, _ zone: String) -> JSONValue {
        do throws(CronError) {
            return .array(
                try CronTimetable(cron).upcoming(3, after: scheduler.time.now, in: ChatScheduler.rules(zone))
                    .map { .integer($0.seconds) })
        } catch {
            return []
        }
    }
}
