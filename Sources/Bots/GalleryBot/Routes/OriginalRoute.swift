internal import BotKit
internal import PhotoLibraries
internal import TelegramAPI

/// `/original` and ⤓: the file as it lies in the library.
struct OriginalRoute: Sendable {
    let show: PhotoShow

    func declare(in bot: inout Routes) {
        PointedPhoto().declare(
            "original", SendingTexts.all.map(\.originalMenu), OriginalPress.self, library: show.catalogue.library.kind,
            in: &bot,
            send)
    }

    private func send(_ found: PointedPhoto.Found, _ ctx: Context) async throws {
        guard let recipient = Recipient(ctx, source: .asked) else { return }
        let texts = SendingTexts.all[ctx]
        var options = try await show.photos.options(for: recipient)
        if let message = found.messageID { options.replyTo = MessageReference(chat: recipient.chat, message: message) }
        options.hasSpoiler = false
        var size: Int?
        do {
            guard let photo = try await show.catalogue.library.photo(id: found.photoID) else {
                try await ctx.reply(texts.photoGone)
                return
            }
            size = photo.size
            if let size, size > SendingLadder.Rung.document.limit { throw PhotoLibraryError.tooLarge(size: size) }
            _ = try await ctx.typing(.uploadDocument) {
                try await ctx.sender.sendDocument(
                    show.photos.media(photo, .document), to: recipient.chat, options: options)
            }
        } catch PhotoLibraryError.tooLarge(let known) {
            try await ctx.reply(texts.tooLarge(known ?? size), options: options)
        } catch PhotoLibraryError.notFound {
            try await ctx.reply(texts.photoGone)
        } catch let error as PhotoLibraryError {
            try await SendingTrouble(.library(error)).tell(ctx)
        } catch TelegramError.tooLarge, TelegramError.file(.tooBig, _) {
            try await ctx.reply(texts.tooLarge(size), options: options)
        }
    }
}
