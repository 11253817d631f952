internal import BotKit
internal import PhotoLibraries
internal import TelegramAPI

/// `/random` and the keyboard's button: a photo now.
struct RandomRoute: Sendable {
    let show: PhotoShow
    let sent = SentPhotos()

    func handle(_ ctx: Context) async throws {
        guard let recipient = Recipient(ctx, source: .asked) else { return }
        let chat = recipient.chat
        let texts = GalleryTexts.all[ctx]
        do {
            try await ctx.typing(.uploadPhoto) {
                // A photo that has gone since the list was read is passed over.
                for _ in 0..<5 {
                    let choice = try await show.chooser.choose(for: chat)
                    defer { show.chooser.finish(choice, for: chat) }
                    guard let entry = try await show.send(choice, to: recipient, sender: ctx.sender) else { continue }
                    try await ctx.commit { [sent] in try sent.add(entry, in: $0) }
                    return
                }
                throw PhotoFailure.library(.notFound)
            }
        } catch PhotoFailure.emptyLibrary {
            try await ctx.reply(texts.emptyLibrary)
        } catch PhotoFailure.unsendable {
            try await ctx.reply(texts.cannotSend)
        } catch PhotoFailure.library(let error) {
            ctx.logger.warning("no photo", ["error": .describing(error)])
            try await ctx.reply(texts.libraryTrouble(error))
        }
    }
}
