internal import BotKit
internal import Storage
internal import Support

/// `/stats`: what was sent, and how much is still unseen.
struct StatsRoute: Sendable {
    let show: PhotoShow
    let timetable: TimetableText
    let sent = SentPhotos()

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let remaining = try await show.chooser.remaining(for: chat.id)
        let figures = try await ctx.database.read { [sent] in try sent.figures(for: chat.id.rawValue, in: $0) }
        try await ctx.reply(
            GalleryTexts.all[ctx].stats(
                GalleryStatistics(
                    total: figures.total, toChat: figures.toChat, remainingInRound: remaining?.unseen,
                    librarySize: remaining?.all,
                    last: figures.last.map { ($0.title, timetable.moment($0.sentAt, in: ctx.language)) })))
    }
}
