internal import BotKit
internal import Images
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// `/info` and ℹ️: everything that is known of a photo.
struct InfoRoute: Sendable {
    let show: PhotoShow
    let timetable: TimetableText
    private let sent = SentPhotos()

    /// The largest file that is loaded for its header alone.
    private static let largestForHeader = 16 * 1024 * 1024

    init(show: PhotoShow, timetable: TimetableText) {
        self.show = show
        self.timetable = timetable
    }

    func declare(in bot: inout Routes) {
        PointedPhoto().declare(
            "info", SendingTexts.all.map(\.infoMenu), InfoPress.self, library: show.catalogue.library.kind, in: &bot,
            tell)
    }

    private func tell(_ found: PointedPhoto.Found, _ ctx: Context) async throws {
        guard let recipient = Recipient(ctx, source: .asked) else { return }
        let chat = recipient.chat.rawValue
        var options = try await show.photos.options(for: recipient)
        if let message = found.messageID { options.replyTo = MessageReference(chat: recipient.chat, message: message) }
        let photo: Photo
        do throws(PhotoLibraryError) {
            guard let looked = try await show.catalogue.library.photo(id: found.photoID) else {
                throw .notFound
            }
            photo = looked
        } catch {
            guard error == .notFound else { return try await SendingTrouble(.library(error)).tell(ctx) }
            try await ctx.reply(SendingTexts.all[ctx].photoGone)
            return
        }
        let (times, last) = try await ctx.database.read { [sent] connection in
            (
                try sent.timesShown(photo.id, in: chat, connection: connection),
                try sent.lastTime(photo.id, in: chat, connection: connection)
            )
        }
        let facts = PhotoInfo(
            photo: photo, exif: await exif(of: photo, ctx), times: times,
            last: last.map { timetable.moment($0, in: ctx.language) },
            today: timetable.rules.localTime(at: ctx.time.now).date,
            // A place is a home more often than not, and a group has more ears than the person who asks.
            showsPlace: ctx.chat?.type == .private)
        try await ctx.reply(facts.text(in: ctx.language), options: options)
    }

    /// From the library, else from the file's own header.
    private func exif(of photo: Photo, _ ctx: Context) async -> ExifFacts? {
        if let exif = photo.exif { return exif }
        guard photo.format == .jpeg, photo.size ?? 0 <= Self.largestForHeader else { return nil }
        do throws(PhotoLibraryError) {
            return ExifFacts(reading: try await show.photos.content(of: photo, .document).bytes)
        } catch {
            ctx.logger.debug("no header of a photo", ["error": .describing(error)])
            return nil
        }
    }
}
