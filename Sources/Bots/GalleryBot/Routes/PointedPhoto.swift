internal import BotKit
internal import PhotoLibraries
internal import Storage
internal import TelegramAPI

/// Finds the photo that somebody means: the one they answer to, the one whose button they press, or the last one.
struct PointedPhoto: Sendable {
    /// A photo that this chat was shown.
    struct Found: Equatable, Sendable {
        var photoID: String
        /// The message that shows it, where it is known.
        var messageID: Int?
    }

    private let sent = SentPhotos()
    private let known = KnownPhotos()

    /// Lets a command and a button mean a photo; whoever means none is told so.
    ///
    /// - Parameter body: What is done with the photo.
    func declare<Press: PhotoPress>(
        _ command: String, _ menu: Localized<String>, _ press: Press.Type, library: String, in bot: inout Routes,
        _ body: @escaping @Sendable (_ found: Found, _ ctx: Context) async throws -> Void
    ) {
        bot.command(command, menu) { ctx in
            guard let found = try await find(ctx) else {
                try await ctx.reply(SendingTexts.all[ctx].noSuchPhoto)
                return
            }
            try await body(found, ctx)
        }
        bot.press(press) { ctx, press in
            guard let found = try await find(press.photo, library: library, ctx) else {
                return try await ctx.answer(SendingTexts.all[ctx].notShownHere, alert: true)
            }
            try await ctx.answer()
            try await body(found, ctx)
        }
    }

    /// By the message that is answered, else the last photo of the chat; nil where it shows none.
    func find(_ ctx: Context) async throws -> Found? {
        guard let chat = ctx.chat?.id.rawValue else { return nil }
        let replied = ctx.message?.replyToMessage?.messageID
        let shown = try await ctx.database.read { [sent] connection in
            try replied.map { try sent.shown(message: $0, in: chat, connection: connection) }
                ?? sent.lastShown(in: chat, connection: connection)
        }
        return shown.map { Found(photoID: $0.imageID, messageID: $0.messageID) }
    }

    /// By the number that a button carries; nil where this chat was never shown that photo of this library.
    func find(_ number: Int64, library: String, _ ctx: Context) async throws -> Found? {
        guard let chat = ctx.chat?.id.rawValue else { return nil }
        let pressed = ctx.message?.messageID
        return try await ctx.database.read { [sent, known] connection in
            guard let photo = try known.find(number, shownIn: chat, in: connection), photo.library == library else {
                return nil
            }
            let message = try sent.shown(photo: number, in: chat, connection: connection)?.messageID
            return Found(photoID: photo.photoID, messageID: pressed ?? message)
        }
    }
}
