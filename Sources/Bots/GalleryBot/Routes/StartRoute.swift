internal import BotKit
internal import Storage

/// `/start`: what the bot does, and the keyboard.
struct StartRoute: Sendable {
    let timetable: TimetableText

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let texts = GalleryTexts.all[ctx]
        // Whoever starts the bot can be written to, whatever was noted before: their schedules go on.
        let now = ctx.time.now
        _ = try await ctx.database.write { try ChatSettingsStore().markReachable(chat.id, now: now, in: $0) }
        try await ctx.reply(
            texts.greeting(ctx.name, timetable.text(in: ctx.language)),
            keyboard: GalleryKeyboard.keyboard(for: chat, texts))
    }
}
