internal import BotKit

/// `/start`: what the bot does, and the keyboard.
struct StartRoute: Sendable {
    let timetable: TimetableText

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let texts = GalleryTexts.all[ctx]
        try await ctx.reply(
            texts.greeting(ctx.name, timetable.text(in: ctx.language)),
            keyboard: GalleryKeyboard.keyboard(for: chat, texts))
    }
}
