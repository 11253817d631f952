internal import BotKit
internal import TelegramAPI

/// Lets in whoever may use the bot, where photos may be shown; the first thing that an update meets.
///
/// A stranger gets one polite answer in a private chat and then silence. In a group that is not allowed the bot is
/// silent to everybody but those who may use it.
struct AccessGate: BotMiddleware {
    let access: GalleryAccess

    func handle(_ ctx: Context, next: Handler) async throws {
        guard let chat = ctx.chat else { return }
        if chat.type == .private {
            if access.isOpen(chat.id) { return try await next(ctx) }
            try await refuse(ctx)
        } else if access.isOpen(chat.id) {
            try await next(ctx)
        } else if ctx.kind == .message, ctx.message?.text?.hasPrefix("/") == true,
            let person = access.person(behind: ctx), access.mayUse(person.id)
        {
            try await LeakGuard.speakingPublicly { _ = try await ctx.reply(GalleryTexts.all[ctx].privateOnly) }
        }
    }

    private func refuse(_ ctx: Context) async throws {
        ctx.logger.info("refused", ["user": .integer(ctx.user?.id.rawValue ?? 0)])
        guard let user = ctx.user, try await ctx.noteRefusal(of: user.id) else { return }
        let text = GalleryTexts.all[ctx].refusal
        if ctx.kind == .callbackQuery {
            try await ctx.answer(text, alert: true)
        } else {
            try await LeakGuard.speakingPublicly { _ = try await ctx.reply(text) }
        }
    }
}
