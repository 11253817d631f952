internal import BotKit
internal import Markup
internal import Support
internal import TelegramAPI

/// `/timezone`: the clock that a chat's schedules and quiet hours go by.
struct ZoneRoutes: Sendable {
    let desk: ScheduleDesk
    let settings: SettingsRoutes

    func declare(in bot: inout Routes) {
        bot.command("timezone", handler: timezone)
        bot.press(ZonePress.self, handler: press)
    }

    func timezone(_ ctx: Context, _ text: String?) async throws {
        guard try await desk.admits(ctx), let view = try await desk.view(ctx) else { return }
        guard let text else {
            let (question, keyboard) = SettingsRoutes.zonePage(view, isFromSettings: false)
            return _ = try await ctx.reply(question, keyboard: keyboard)
        }
        switch ZoneSearch.find(text, now: ctx.time.now) {
        case .zone(let zone):
            try await set(zone, ctx)
            try await ctx.reply(confirmation(of: zone, ctx))
        case .several(let cities):
            try await ctx.reply(
                view.texts.zoneChoice,
                keyboard: SettingsRoutes.buttons(cities, view.language, isFromSettings: false))
        case .none:
            let (_, keyboard) = SettingsRoutes.zonePage(view, isFromSettings: false)
            try await ctx.reply(view.texts.zoneUnknown(String(text.prefix(60))), keyboard: keyboard)
        }
    }

    func press(_ ctx: Context, _ press: ZonePress) async throws {
        guard try await desk.admits(ctx) else { return }
        let zone = try TimeZoneRules.named(press.zone)
        try await set(zone, ctx)
        if press.isFromSettings { return try await settings.show(ctx) }
        try await ctx.edit(confirmation(of: zone, ctx))
    }

    private func set(_ zone: TimeZoneRules, _ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let now = ctx.time.now
        try await ctx.commit { [scheduler = desk.scheduler] connection in
            try scheduler.chats.note(chat, now: now, in: connection)
            try scheduler.setZone(zone, of: chat.id, in: connection)
        }
    }

    private func confirmation(of zone: TimeZoneRules, _ ctx: Context) -> FormattedText {
        let clock = LocalMoment(zone: zone, language: ctx.language, now: ctx.time.now)
        return ScheduleTexts.all[ctx].zoneSet(clock.zoneText(), clock.time(clock.now))
    }
}
