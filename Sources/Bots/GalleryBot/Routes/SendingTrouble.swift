internal import BotKit
internal import Support

/// Tells a person why there is no photo.
struct SendingTrouble: Sendable {
    let failure: PhotoFailure
    let filter: PhotoFilter

    init(_ failure: PhotoFailure, filter: PhotoFilter = .none) {
        self.failure = failure
        self.filter = filter
    }

    func tell(_ ctx: Context) async throws {
        let texts = GalleryTexts.all[ctx]
        switch failure {
        case .emptyLibrary: try await ctx.reply(texts.emptyLibrary)
        case .nothingMatches:
            try await ctx.reply(FilterTexts.all[ctx].nothingMatches(filter.description(in: ctx.language)))
        case .unsendable: try await ctx.reply(texts.cannotSend)
        case .library(let error):
            ctx.logger.warning("no photo", ["error": .describing(error)])
            try await ctx.reply(texts.libraryTrouble(error))
        }
    }
}
