internal import BotKit

/// `/help`: the commands, the rule about repeats, the schedule.
struct HelpRoute: Sendable {
    let days: Int
    let timetable: TimetableText

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let texts = GalleryTexts.all[ctx]
        try await ctx.reply(
            texts.help(days, timetable.text(in: ctx.language)), keyboard: GalleryKeyboard.keyboard(for: chat, texts))
    }
}
