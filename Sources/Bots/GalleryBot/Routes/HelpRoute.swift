internal import BotKit

/// `/help`: the commands, the rule about repeats, the schedule.
struct HelpRoute: Sendable {
    let days: Int
    let timetable: TimetableText

    func handle(_ ctx: Context) async throws {
        try await ctx.reply(GalleryTexts.all[ctx].help(days, timetable.text(in: ctx.language)))
    }
}
