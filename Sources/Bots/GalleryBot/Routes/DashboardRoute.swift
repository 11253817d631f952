internal import BotKit
internal import Cryptography
internal import Storage
internal import Support
internal import TelegramAPI

/// `/dashboard`: a link that opens the owner's page, once.
struct DashboardRoute: Sendable {
    /// The button that signs every browser out.
    struct SignOut: CallbackPayload {
        static let tag = "websignout"
    }

    /// Where the page is reached, without the slash at its end.
    let url: String
    let isOwner: @Sendable (Int64) -> Bool
    private let logins = WebLogins()

    init(url: String, isOwner: @escaping @Sendable (Int64) -> Bool) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.isOwner = isOwner
    }

    func declare(in bot: inout Routes) {
        bot.command("dashboard", WebTexts.all.map(\.menu), scope: .owners, handler: handle)
        bot.command("web", handler: handle)
        bot.press(SignOut.self) { ctx, _ in try await signOut(ctx) }
    }

    /// Only the owner gets a link, and only where nobody else reads it; for others there is no such command.
    private func handle(_ ctx: Context) async throws {
        guard ctx.chat?.type == .private else { return }
        guard let user = ctx.user?.id.rawValue, isOwner(user) else {
            try await ctx.reply(GalleryTexts.all[ctx].hint)
            return
        }
        let now = ctx.time.now
        let (token, browsers) = try await ctx.database.write { [logins] connection in
            (
                try logins.makeLink(for: user, now: now, in: connection),
                try logins.count(now: now, in: connection)
            )
        }
        let texts = WebTexts.all[ctx]
        // The token stands behind the #: browsers do not send that part, so no log and no preview ever has it.
        let link = "\(url)\(OwnerWeb.path)#login=\(token.text)"
        let keyboard = browsers > 0 ? InlineKeyboard { Row { Button(texts.signOut, SignOut()) } } : nil
        try await ctx.reply(
            texts.link(link, browsers), keyboard: keyboard,
            options: SendOptions(showsLinkPreview: false))
    }

    private func signOut(_ ctx: Context) async throws {
        guard let user = ctx.user?.id.rawValue, isOwner(user) else { return }
        try await ctx.database.write { [logins] in try logins.endAll(in: $0) }
        try await ctx.edit("\(WebTexts.all[ctx].signedOut)")
    }
}
