internal import BotKit
internal import Markup
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// `/every`: a new schedule, written in words, in cron, or by a button.
struct EveryRoutes: Sendable {
    let desk: ScheduleDesk
    let schedules: ScheduleRoutes

    func declare(in bot: inout Routes) {
        bot.command("every", ScheduleTexts.all.map(\.menu.every), scope: .managers, handler: every)
        bot.press(QuickSchedulePress.self, handler: quick)
    }

    /// What a new person may want, without writing a word.
    static let suggestions = ["day 9:00", "day 20:00", "weekday 8:00", "weekend 11:00", "3 hours from 9:00 to 21:00"]

    func every(_ ctx: Context, _ text: String?) async throws {
        guard try await desk.admits(ctx) else { return }
        let texts = ScheduleTexts.all[ctx]
        guard let text else {
            return _ = try await ctx.reply(texts.everyHelp, keyboard: Self.keyboard(ctx.language, texts))
        }
        if ["off", "stop", "list", "выкл", "стоп", "список"].contains(text.lowercased()) {
            return try await schedules.list(ctx)
        }
        try await make(text, ctx)
    }

    func quick(_ ctx: Context, _ press: QuickSchedulePress) async throws {
        guard try await desk.admits(ctx) else { return }
        try await ctx.answer()
        try await make(press.phrase, ctx)
    }

    /// The explanation's buttons.
    static func keyboard(_ language: Language, _ texts: ScheduleTexts) -> InlineKeyboard {
        InlineKeyboard {
            for phrase in suggestions {
                Button(title(of: phrase, in: language), QuickSchedulePress(phrase: phrase))
            }
            Button(texts.buttons.list, SchedulesPress(action: .list))
        }
    }

    private static func title(of phrase: String, in language: Language) -> String {
        let text: String
        do throws(ScheduleFault) {
            text = try SchedulePhrase(parsing: phrase).times.text(in: language)
        } catch {
            text = phrase
        }
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private func make(_ text: String, _ ctx: Context) async throws {
        guard let chat = ctx.chat, let view = try await desk.view(ctx) else { return }
        let texts = view.texts
        let phrase: SchedulePhrase
        do throws(ScheduleFault) {
            phrase = try SchedulePhrase(parsing: text)
        } catch {
            return _ = try await ctx.reply(texts.fault(error, text), keyboard: Self.times(for: error, texts))
        }
        let filter: PhotoFilter
        do throws(PhotoFilterError) {
            filter = try PhotoFilter(parsing: phrase.filterWords.map(\.text).joined(separator: " "))
        } catch {
            // A word that means nothing may be meant as either.
            if case .unknownWord(let word) = error,
                let place = phrase.filterWords.first(where: { $0.text == word })
            {
                return _ = try await ctx.reply(texts.fault(.notUnderstood(place), text))
            }
            return _ = try await ctx.reply(texts.filterFault(error.text(in: ctx.language)))
        }
        let wanted = ChatSchedule(
            id: 0, chat: chat.id, createdBy: desk.person(ctx)?.id, cron: phrase.times.cron, phrase: phrase.times.phrase,
            zone: view.clock.zone.name, filter: filter, count: phrase.count, isSilent: phrase.isSilent, isPaused: false,
            lastRun: nil, createdAt: ctx.time.now)
        let made: ChatSchedule
        do {
            made = try await ctx.commit { [scheduler = desk.scheduler] connection in
                try scheduler.chats.note(chat, now: wanted.createdAt, in: connection)
                return try scheduler.add(wanted, in: connection)
            }
        } catch ChatScheduler.Refusal.known(let id) {
            let known = view.schedules.first { $0.id == id } ?? wanted
            return _ = try await ctx.reply(texts.known(view.line(known)), keyboard: Self.change(id, texts))
        } catch ChatScheduler.Refusal.tooMany(let limit) {
            return _ = try await ctx.reply(
                texts.tooMany(limit),
                keyboard: InlineKeyboard { Button(texts.buttons.list, SchedulesPress(action: .list)) })
        }
        let fits = try await fits(filter, chat.id)
        let notes = [fits ? nil : texts.nothingFits, view.note].compactMap(\.self)
        try await ctx.reply(
            texts.made(
                view.line(made), view.clock.zoneText(), view.next(made.cron, in: made.zone),
                notes.isEmpty ? nil : notes.joined(separator: "\n")),
            keyboard: Self.change(made.id, texts))
    }

    private static func change(_ schedule: Int64, _ texts: ScheduleTexts) -> InlineKeyboard {
        InlineKeyboard {
            Row {
                Button(texts.buttons.now, SchedulePress(schedule: schedule, action: .now))
                Button(texts.buttons.list, SchedulesPress(action: .list))
            }
        }
    }

    /// Times to press where only the time was missing.
    private static func times(for fault: ScheduleFault, _ texts: ScheduleTexts) -> InlineKeyboard? {
        guard case .missingTime(let days) = fault else { return nil }
        return InlineKeyboard(
            ["8:00", "10:00", "12:00", "18:00", "20:00", "22:00"].map { time in
                Button(texts.buttons.atTime(time), QuickSchedulePress(phrase: "\(days) \(time)"))
            }, columns: 3)
    }

    /// Whether a photo fits at present; true where the library cannot be asked.
    private func fits(_ filter: PhotoFilter, _ chat: ChatID) async throws -> Bool {
        guard !filter.isEmpty else { return true }
        do {
            for choice in try await desk.chooser.choose(for: chat, filter: filter, count: 1) {
                desk.chooser.finish(choice, for: chat)
            }
            return true
        } catch PhotoFailure.nothingMatches {
            return false
        } catch is PhotoFailure {
            return true
        }
    }
}
