internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// `/schedule`: what comes by itself, with a page for each schedule and buttons to change it.
struct ScheduleRoutes: Sendable {
    let desk: ScheduleDesk

    func declare(in bot: inout Routes) {
        bot.command("schedule", ScheduleTexts.all.map(\.menu.schedule)) { ctx in try await list(ctx) }
        bot.press(SchedulesPress.self, handler: press)
        bot.press(SchedulePress.self, handler: press)
    }

    func list(_ ctx: Context) async throws {
        guard let view = try await desk.view(ctx) else { return }
        let (text, keyboard) = Self.listPage(view)
        try await desk.show(text, keyboard, ctx)
    }

    func press(_ ctx: Context, _ press: SchedulesPress) async throws {
        let texts = ScheduleTexts.all[ctx]
        guard let chat = ctx.chat else { return }
        switch press.action {
        case .list: break
        case .add:
            guard try await desk.admits(ctx) else { return }
            return try await desk.show(texts.everyHelp, EveryRoutes.keyboard(ctx.language, texts), ctx)
        case .pause, .resume:
            guard try await desk.admits(ctx) else { return }
            let end = press.action == .pause ? ChatSettings.untilResumed : nil
            try await desk.change(chat, ctx) { $0.pausedUntil = end }
            try await ctx.answer(press.action == .pause ? texts.paused : texts.resumed)
        }
        try await list(ctx)
    }

    func press(_ ctx: Context, _ press: SchedulePress) async throws {
        if press.action != .open, press.action != .askDelete {
            guard try await desk.admits(ctx) else { return }
        }
        if press.schedule == SchedulePress.configured { return try await pressConfigured(ctx, press.action) }
        guard let view = try await desk.view(ctx) else { return }
        // The number alone proves nothing: it must be one of this chat's.
        guard var schedule = view.schedules.first(where: { $0.id == press.schedule }) else {
            try await ctx.answer(view.texts.gone, alert: true)
            return try await list(ctx)
        }
        let scheduler = desk.scheduler
        switch press.action {
        case .open: break
        case .askDelete:
            let (text, keyboard) = Self.deletePage(schedule, view)
            return try await desk.show(text, keyboard, ctx)
        case .delete:
            try await ctx.commit { [schedule] in try scheduler.remove(schedule, in: $0) }
            try await ctx.answer(view.texts.deleted)
            return try await list(ctx)
        case .now:
            try await ctx.commit { [schedule] in try scheduler.runNow(schedule, in: $0) }
            // The page stays as it is: nothing about the schedule has changed.
            return try await ctx.answer(view.texts.onItsWay)
        case .pause, .resume:
            schedule.isPaused = press.action == .pause
            try await store(schedule, ctx)
            try await ctx.answer(schedule.isPaused ? view.texts.paused : view.texts.resumed)
        case .silent, .loud:
            schedule.isSilent = press.action == .silent
            try await store(schedule, ctx)
            try await ctx.answer(schedule.isSilent ? view.texts.silentOn : view.texts.silentOff)
        }
        let (text, keyboard) = Self.page(schedule, view)
        try await desk.show(text, keyboard, ctx)
    }

    private func store(_ schedule: ChatSchedule, _ ctx: Context) async throws {
        try await ctx.commit { [scheduler = desk.scheduler] in try scheduler.update(schedule, in: $0) }
    }

    /// The owner's schedule can be paused for a chat, and not deleted.
    private func pressConfigured(_ ctx: Context, _ action: SchedulePress.Action) async throws {
        guard let chat = ctx.chat, let before = try await desk.view(ctx), before.configured != nil else {
            return try await ctx.answer(ScheduleTexts.all[ctx].gone, alert: true)
        }
        switch action {
        case .pause, .resume:
            try await desk.change(chat, ctx) { $0.isConfiguredPaused = action == .pause }
            try await ctx.answer(action == .pause ? before.texts.paused : before.texts.resumed)
        case .now:
            try await ctx.commit { [scheduler = desk.scheduler] in
                try scheduler.runConfiguredNow(for: UserID(chat.id.rawValue), in: $0)
            }
            return try await ctx.answer(before.texts.onItsWay)
        case .open, .silent, .loud, .askDelete, .delete: break
        }
        guard let view = try await desk.view(ctx), let configured = view.configured else { return }
        let (text, keyboard) = Self.page(configured, view)
        try await desk.show(text, keyboard, ctx)
    }

    // MARK: Pages

    static func listPage(_ view: ScheduleDesk.View) -> (FormattedText, InlineKeyboard) {
        let texts = view.texts
        var text = texts.title(view.clock.zoneText())
        var number = 0
        func add(_ line: FormattedText, isPaused: Bool, next: [String]) {
            number += 1
            text += "\n\n\(number). " + line
            text += isPaused ? "\n⏸ \(texts.isPaused)" : next.isEmpty ? "" : "\n\(texts.next(next))"
        }
        if let configured = view.configured {
            add(
                view.line(configured), isPaused: view.settings.isConfiguredPaused,
                next: view.next(configured.cron, in: configured.zone))
        }
        for schedule in view.schedules {
            add(view.line(schedule), isPaused: schedule.isPaused, next: view.next(schedule.cron, in: schedule.zone))
        }
        if number == 0 { text = texts.empty }
        if let note = view.note { text += "\n\n\(note)" }
        var buttons: [Button] = []
        if view.configured != nil {
            let mark = view.settings.isConfiguredPaused ? "⏸ " : ""
            buttons.append(
                Button(
                    "\(mark)\(buttons.count + 1). \(view.configured?.cron ?? "")",
                    SchedulePress(schedule: SchedulePress.configured, action: .open)))
        }
        for schedule in view.schedules {
            buttons.append(
                Button(
                    "\(buttons.count + 1). \(view.label(schedule))",
                    SchedulePress(schedule: schedule.id, action: .open)))
        }
        let isPaused = view.settings.isPaused(at: view.clock.now)
        return (
            text,
            InlineKeyboard {
                InlineKeyboard(buttons, columns: 1)
                Button(texts.buttons.add, SchedulesPress(action: .add))
                Row {
                    if isPaused {
                        Button(texts.buttons.resumeAll, SchedulesPress(action: .resume))
                    } else if number > 0 {
                        Button(texts.buttons.pauseAll, SchedulesPress(action: .pause))
                    }
                    Button(texts.buttons.settings, SettingsPress(action: .show))
                }
            }
        )
    }

    static func page(_ schedule: ChatSchedule, _ view: ScheduleDesk.View) -> (FormattedText, InlineKeyboard) {
        let texts = view.texts
        let buttons = texts.buttons
        var text: FormattedText = "⏰ " + view.line(schedule) + "\n🌍 \(view.clock.zoneText())"
        if schedule.isPaused {
            text += "\n\n⏸ \(texts.isPaused)"
        } else {
            text += "\n"
            for time in view.next(schedule.cron, in: schedule.zone) { text += "\n• \(time)" }
        }
        if let note = view.note { text += "\n\n\(note)" }
        func press(_ title: String, _ action: SchedulePress.Action) -> Button {
            Button(title, SchedulePress(schedule: schedule.id, action: action))
        }
        return (
            text,
            InlineKeyboard {
                Row {
                    schedule.isPaused ? press(buttons.resume, .resume) : press(buttons.pause, .pause)
                    schedule.isSilent ? press(buttons.makeLoud, .loud) : press(buttons.makeSilent, .silent)
                }
                Row {
                    press(buttons.now, .now)
                    press(buttons.delete, .askDelete)
                }
                Button(buttons.back, SchedulesPress(action: .list))
            }
        )
    }

    private static func page(
        _ configured: GallerySettings.Timetable, _ view: ScheduleDesk.View
    ) -> (FormattedText, InlineKeyboard) {
        let buttons = view.texts.buttons
        let isPaused = view.settings.isConfiguredPaused
        var text: FormattedText = "⏰ " + view.line(configured)
        if isPaused {
            text += "\n\n⏸ \(view.texts.isPaused)"
        } else {
            text += "\n"
            for time in view.next(configured.cron, in: configured.zone) { text += "\n• \(time)" }
        }
        if let note = view.note { text += "\n\n\(note)" }
        func press(_ title: String, _ action: SchedulePress.Action) -> Button {
            Button(title, SchedulePress(schedule: SchedulePress.configured, action: action))
        }
        return (
            text,
            InlineKeyboard {
                Row {
                    isPaused ? press(buttons.resume, .resume) : press(buttons.pause, .pause)
                    press(buttons.now, .now)
                }
                Button(buttons.back, SchedulesPress(action: .list))
            }
        )
    }

    private static func deletePage(
        _ schedule: ChatSchedule, _ view: ScheduleDesk.View
    ) -> (FormattedText, InlineKeyboard) {
        (
            view.texts.deleteQuestion(view.line(schedule)),
            InlineKeyboard {
                Row {
                    Button(
                        view.texts.buttons.deleteYes, SchedulePress(schedule: schedule.id, action: .delete))
                    Button(view.texts.buttons.keep, SchedulePress(schedule: schedule.id, action: .open))
                }
            }
        )
    }
}
