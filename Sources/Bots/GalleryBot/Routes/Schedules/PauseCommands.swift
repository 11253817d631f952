internal import BotKit
internal import Markup
internal import Support
internal import TelegramAPI

/// `/pause`, `/resume` and `/quiet`: when photos do not come although they are due.
struct PauseCommands: Sendable {
    let desk: ScheduleDesk

    func declare(in bot: inout Routes) {
        bot.command("pause", handler: pause)
        bot.command("resume") { ctx in try await resume(ctx) }
        bot.command("quiet", handler: quiet)
    }

    func pause(_ ctx: Context, _ text: String?) async throws {
        guard try await desk.admits(ctx), let chat = ctx.chat, let view = try await desk.view(ctx) else { return }
        let texts = view.texts
        let end: Timestamp
        do throws(PausePhrase.Fault) {
            switch try PausePhrase.parse(text ?? "", now: ctx.time.now, in: view.clock.zone) {
            case .untilResumed: end = ChatSettings.untilResumed
            case .until(let moment): end = moment
            }
        } catch {
            return _ = try await ctx.reply(texts.pauseFault(error, text ?? ""))
        }
        try await desk.change(chat, ctx) { $0.pausedUntil = end }
        try await ctx.reply(
            end == ChatSettings.untilResumed ? texts.pausedForGood : texts.pausedUntil(view.clock.text(end)),
            keyboard: InlineKeyboard { Button(texts.buttons.resumeAll, SchedulesPress(action: .resume)) })
    }

    func resume(_ ctx: Context) async throws {
        guard try await desk.admits(ctx), let chat = ctx.chat, let view = try await desk.view(ctx) else { return }
        guard view.settings.isPaused(at: ctx.time.now) else { return _ = try await ctx.reply(view.texts.notPaused) }
        try await desk.change(chat, ctx) { $0.pausedUntil = nil }
        try await ctx.reply(view.texts.allResumed)
    }

    func quiet(_ ctx: Context, _ text: String?) async throws {
        guard try await desk.admits(ctx), let chat = ctx.chat, let view = try await desk.view(ctx) else { return }
        let texts = view.texts
        guard let text else {
            let (question, keyboard) = SettingsRoutes.quietPage(view)
            return _ = try await ctx.reply(question, keyboard: keyboard)
        }
        switch QuietHours.Phrase(parsing: text) {
        case .off?:
            try await desk.change(chat, ctx) { $0.quietHours = nil }
            try await ctx.reply(texts.quietOff)
        case .hours(let hours)?:
            try await desk.change(chat, ctx) { $0.quietHours = hours }
            try await ctx.reply(
                texts.quietSet(ClockTime.text(hours.from), ClockTime.text(hours.until), view.clock.zoneText()))
        case nil: try await ctx.reply(texts.quietFault)
        }
    }
}
