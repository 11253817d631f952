internal import BotKit
internal import Markup
internal import Support
internal import TelegramAPI

/// `/settings`: everything that a chat decides, in one message with buttons.
struct SettingsRoutes: Sendable {
    let desk: ScheduleDesk

    func declare(in bot: inout Routes) {
        bot.command("settings", ScheduleTexts.all.map(\.menu.settings), scope: .managers) { ctx in try await show(ctx) }
        bot.press(SettingsPress.self, handler: press)
        bot.press(QuietPress.self) { ctx, press in
            guard let chat = ctx.chat, try await desk.admits(ctx) else { return }
            guard let hours = QuietHours(from: press.from, until: press.until) else { return }
            try await desk.change(chat, ctx) { $0.quietHours = hours }
            try await show(ctx)
        }
    }

    /// Shows the settings, in place where a button was pressed.
    func show(_ ctx: Context) async throws {
        guard let view = try await desk.view(ctx) else { return }
        let (text, keyboard) = Self.page(view)
        try await desk.show(text, keyboard, ctx)
    }

    func press(_ ctx: Context, _ press: SettingsPress) async throws {
        guard let chat = ctx.chat, let view = try await desk.view(ctx) else { return }
        switch press.action {
        case .english, .russian, .byTelegram, .language, .show: break
        default: guard try await desk.admits(ctx) else { return }
        }
        let isOn = press.isOn
        switch press.action {
        case .show: break
        case .zone:
            let (text, keyboard) = Self.zonePage(view, isFromSettings: true)
            return try await desk.show(text, keyboard, ctx)
        case .quiet:
            let (text, keyboard) = Self.quietPage(view)
            return try await desk.show(text, keyboard, ctx)
        case .quietOff: try await desk.change(chat, ctx) { $0.quietHours = nil }
        case .sound: try await desk.change(chat, ctx) { $0.isSilent = !isOn }
        case .spoiler: try await desk.change(chat, ctx) { $0.isSpoiler = isOn }
        case .protection: try await desk.change(chat, ctx) { $0.isProtected = isOn }
        case .language:
            return try await desk.show(view.texts.settings.languageQuestion, Self.languages(view.texts), ctx)
        case .english: try await ctx.setLanguage(.english)
        case .russian: try await ctx.setLanguage(.russian)
        case .byTelegram: try await ctx.setLanguage(nil)
        }
        try await desk.noteLanguage(ctx)
        try await show(ctx)
    }

    // MARK: Pages

    static func page(_ view: ScheduleDesk.View) -> (FormattedText, InlineKeyboard) {
        let (settings, texts) = (view.settings, view.texts)
        let words = texts.settings
        let isPaused = settings.isPaused(at: view.clock.now)
        let quiet = settings.quietHours.map { "\(ClockTime.text($0.from))–\(ClockTime.text($0.until))" }
        var text = words.title(!view.isPrivate)
        text += "\n\n\(words.zone): \(bold: view.clock.zoneText())"
        text += "\n\(words.quiet): \(bold: quiet ?? words.noQuiet)"
        text += "\n\(words.schedules): \(bold: isPaused ? words.arePaused(view.pauseEnd) : words.areActive)"
        text += "\n\(words.sound): \(bold: settings.isSilent ? words.isSilent : words.isLoud)"
        text += "\n\(words.spoiler): \(bold: settings.isSpoiler ? words.on : words.off)"
        text += "\n\(words.protection): \(bold: settings.isProtected ? words.on : words.off)"
        if view.isPrivate { text += "\n\(words.language): \(bold: words.languageName)" }
        return (
            text,
            InlineKeyboard {
                Row {
                    Button(words.zone, SettingsPress(action: .zone))
                    Button(words.quiet, SettingsPress(action: .quiet))
                }
                Row {
                    Button(words.schedules, SchedulesPress(action: .list))
                    settings.isSilent
                        ? Button(texts.buttons.makeLoud, SettingsPress(action: .sound, isOn: true))
                        : Button(texts.buttons.makeSilent, SettingsPress(action: .sound, isOn: false))
                }
                Button(
                    words.change(words.spoiler, settings.isSpoiler),
                    SettingsPress(action: .spoiler, isOn: !settings.isSpoiler))
                Button(
                    words.change(words.protection, settings.isProtected),
                    SettingsPress(action: .protection, isOn: !settings.isProtected))
                // In a group everybody has a language of their own.
                if view.isPrivate { Button(words.language, SettingsPress(action: .language)) }
            }
        )
    }

    static func zonePage(_ view: ScheduleDesk.View, isFromSettings: Bool) -> (FormattedText, InlineKeyboard) {
        (
            view.texts.zoneQuestion(view.clock.zoneText(), view.clock.time(view.clock.now)),
            InlineKeyboard {
                buttons(ZoneSearch.common(in: view.language), view.language, isFromSettings: isFromSettings)
                if isFromSettings { Button(view.texts.buttons.back, SettingsPress(action: .show)) }
            }
        )
    }

    /// Cities in columns; one zone may have several.
    static func buttons(_ cities: [ZoneSearch.City], _ language: Language, isFromSettings: Bool) -> InlineKeyboard {
        InlineKeyboard(
            cities.map { city in
                Button(city.name(in: language), ZonePress(zone: city.zone, isFromSettings: isFromSettings))
            }, columns: 3)
    }

    static func quietPage(_ view: ScheduleDesk.View) -> (FormattedText, InlineKeyboard) {
        let hours = [(22, 7), (22, 8), (23, 7), (23, 8), (0, 8), (0, 9)]
        let buttons = hours.map { from, until in
            Button("\(from):00–\(until):00", QuietPress(from: from * 60, until: until * 60))
        }
        let words = view.texts.settings
        return (
            words.quietQuestion,
            InlineKeyboard {
                InlineKeyboard(buttons, columns: 3)
                Button(words.change(words.quiet, false), SettingsPress(action: .quietOff))
                Button(view.texts.buttons.back, SettingsPress(action: .show))
            }
        )
    }

    private static func languages(_ texts: ScheduleTexts) -> InlineKeyboard {
        InlineKeyboard {
            Row {
                Button("English", SettingsPress(action: .english))
                Button("Русский", SettingsPress(action: .russian))
            }
            Button(texts.settings.languageByTelegram, SettingsPress(action: .byTelegram))
            Button(texts.buttons.back, SettingsPress(action: .show))
        }
    }
}
