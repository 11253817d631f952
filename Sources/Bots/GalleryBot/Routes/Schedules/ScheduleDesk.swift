internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// What the routes about schedules and settings share: who may, what there is, and how it reads.
struct ScheduleDesk: Sendable {
    let scheduler: ChatScheduler
    let chooser: PhotoChooser
    /// Who is behind an update; nil for anonymous administrators.
    let person: @Sendable (Context) -> User?
    /// Whether somebody may change the chat's settings.
    let mayManage: @Sendable (Context) async throws -> Bool
    /// Notes the language of a person for what is sent unasked.
    let noteLanguage: @Sendable (Context) async throws -> Void

    /// What a chat has decided, with the words and the clock to tell it.
    struct View: Sendable {
        var settings: ChatSettings
        var schedules: [ChatSchedule]
        var clock: LocalMoment
        var texts: ScheduleTexts
        var language: Language
        var isPrivate: Bool
        /// The owner's schedule, where it reaches this chat.
        var configured: GallerySettings.Timetable?

        /// What holds photos back at present, or will; nil for nothing.
        var note: String? {
            if settings.isPaused(at: clock.now), let end = settings.pausedUntil {
                return texts.pausedNote(end == ChatSettings.untilResumed ? nil : clock.text(end))
            }
            return settings.quietHours.map { texts.quietNote(ClockTime.text($0.from), ClockTime.text($0.until)) }
        }

        /// The end of the pause in words; nil for one without an end.
        var pauseEnd: String? {
            guard let end = settings.pausedUntil, end != ChatSettings.untilResumed else { return nil }
            return clock.text(end)
        }

        /// A schedule in a line: when, how many, which, how loud.
        func line(_ schedule: ChatSchedule) -> FormattedText {
            var text: FormattedText
            switch schedule.times {
            case .cron?, nil: text = "\(code: schedule.phrase)"
            case let times?: text = "\(bold: times.text(in: language))"
            }
            if schedule.count > 1 { text += " · \(texts.photos(schedule.count))" }
            if !schedule.filter.isEmpty { text += " · \(schedule.filter.description(in: language))" }
            if schedule.isSilent { text += " · \(texts.silent)" }
            return text
        }

        /// A schedule in a few words, for a button.
        func label(_ schedule: ChatSchedule) -> String {
            let times = schedule.times?.text(in: language) ?? schedule.phrase
            return (schedule.isPaused ? "⏸ " : "") + (times.count > 40 ? times.prefix(39) + "…" : times)
        }

        /// The owner's schedule in a line.
        func line(_ timetable: GallerySettings.Timetable) -> FormattedText {
            texts.configured(timetable.cron, timetable.zone)
        }

        /// The next times of a schedule on the chat's clock; none for what cannot be read.
        func next(_ cron: String, in zone: String, count: Int = 3) -> [String] {
            do throws(CronError) {
                return try CronTimetable(cron)
                    .upcoming(count, after: clock.now, in: ChatScheduler.rules(zone)).map(clock.text)
            } catch {
                return []
            }
        }
    }

    /// Reads everything about the chat of an update; nil where there is none.
    func view(_ ctx: Context) async throws -> View? {
        guard let chat = ctx.chat else { return nil }
        let (settings, schedules) = try await ctx.database.read { [scheduler] connection in
            (
                try scheduler.chats.settings(of: chat.id, in: connection),
                try scheduler.schedules.all(of: chat.id, in: connection)
            )
        }
        return view(settings, schedules, ctx, chat)
    }

    /// The same from what was just stored.
    func view(_ settings: ChatSettings, _ schedules: [ChatSchedule], _ ctx: Context, _ chat: Chat) -> View {
        View(
            settings: settings, schedules: schedules,
            clock: LocalMoment(zone: scheduler.rules(of: settings), language: ctx.language, now: ctx.time.now),
            texts: ScheduleTexts.all[ctx], language: ctx.language, isPrivate: chat.type == .private,
            configured: chat.type == .private ? scheduler.configured : nil)
    }

    /// Changes a chat's settings, and notes what the chat is called.
    func change(
        _ chat: Chat, _ ctx: Context, _ change: @escaping @Sendable (inout ChatSettings) -> Void
    ) async throws {
        let now = ctx.time.now
        _ = try await ctx.commit { [scheduler] connection in
            try scheduler.chats.update(chat.id, now: now, in: connection) { settings in
                settings.kind = chat.type.rawValue
                settings.title = chat.title ?? chat.firstName
                change(&settings)
            }
        }
    }

    /// Whether whoever wrote or pressed may change things here; tells them where not.
    func admits(_ ctx: Context) async throws -> Bool {
        guard ctx.chat != nil else { return false }
        if try await mayManage(ctx) { return true }
        let text = ScheduleTexts.all[ctx].notYours
        if ctx.kind == .callbackQuery {
            try await ctx.answer(text, alert: true)
        } else {
            try await ctx.reply(text)
        }
        return false
    }

    /// Shows a page: in place of the message under a pressed button, else as a new one.
    func show(_ text: FormattedText, _ keyboard: InlineKeyboard?, _ ctx: Context) async throws {
        if ctx.kind == .callbackQuery {
            try await ctx.edit(text, keyboard: keyboard)
        } else {
            try await ctx.reply(text, keyboard: keyboard)
        }
    }
}
