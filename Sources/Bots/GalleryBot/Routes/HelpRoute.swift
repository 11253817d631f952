internal import BotKit

/// `/help`: the commands, the rule about repeats, the schedule.
struct HelpRoute: Sendable {
    let days: Int
    let timetable: TimetableText
    let access: GalleryAccess

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let texts = GalleryTexts.all[ctx]
        var text = texts.help(days, timetable.text(in: ctx.language))
        if chat.type == .private {
            text += "\n\n" + AccessTexts.all[ctx].dataHelp
            if let user = ctx.user, access.isOwner(user.id) { text += "\n\n" + AccessTexts.all[ctx].help }
        }
        try await ctx.reply(text, keyboard: GalleryKeyboard.keyboard(for: chat, texts))
    }
}
