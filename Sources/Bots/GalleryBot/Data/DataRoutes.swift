internal import BotKit
internal import Support
internal import TelegramAPI

/// `/export` and `/forget`, in private chats only: what is kept of a person, for them to have or to end.
struct DataRoutes: Sendable {
    /// Confirms that everything is to be forgotten; carries when it was asked, in seconds since 1970.
    struct ConfirmForgetting: CallbackPayload {
        static let tag = "forget!"
        var asked: Int64
    }

    /// Leaves everything as it is.
    struct KeepData: CallbackPayload {
        static let tag = "keep"
    }

    /// How long the button works.
    static let patience = Duration.seconds(300)

    let access: GalleryAccess
    let languages: PeopleLanguages
    let life: ChatLife
    let votes: VoteRecorder

    func declare(in bot: inout Routes) {
        let texts = DataTexts.all
        bot.command("export", texts.map(\.exportMenu), scope: .privateChats) { ctx in try await export(ctx) }
        bot.command("forget", texts.map(\.forgetMenu), scope: .privateChats) { ctx in try await ask(ctx) }
        bot.press(ConfirmForgetting.self) { ctx, press in try await forget(ctx, press) }
        bot.press(KeepData.self) { ctx, _ in try await ctx.edit("\(DataTexts.all[ctx].kept)") }
    }

    /// The person whose private chat this is.
    private func person(_ ctx: Context) async throws -> User? {
        guard let user = access.person(behind: ctx) else { return nil }
        guard ctx.chat?.type == .private else {
            if ctx.kind == .message { try await ctx.reply(DataTexts.all[ctx].privately) }
            return nil
        }
        return user
    }

    private func export(_ ctx: Context) async throws {
        guard let user = try await person(ctx) else { return }
        let texts = DataTexts.all[ctx]
        let path = try await ctx.typing(.uploadDocument) {
            try await Export(database: ctx.database, time: ctx.time).write(user.id)
        }
        defer { TemporaryFile.remove(path) }
        let day = ctx.time.now.iso8601(milliseconds: false).prefix(10)
        do {
            try await ctx.replyDocument(
                Media(.path(path, name: "gallery-\(day).json")), caption: "\(texts.exported)",
                options: SendOptions(isProtected: false))
        } catch TelegramError.tooLarge {
            try await ctx.reply(texts.tooLarge)
        }
    }

    private func ask(_ ctx: Context) async throws {
        guard let user = try await person(ctx) else { return }
        let texts = DataTexts.all[ctx]
        let asked = ctx.time.now.microseconds / 1_000_000
        try await ctx.reply(
            texts.forgetQuestion(access.configuredUsers.contains(user.id)),
            keyboard: InlineKeyboard {
                Button(texts.forgetButton, ConfirmForgetting(asked: asked))
                Button(texts.keepButton, KeepData())
            })
    }

    private func forget(_ ctx: Context, _ press: ConfirmForgetting) async throws {
        guard let user = try await person(ctx) else { return }
        let texts = DataTexts.all[ctx]
        guard ctx.time.now.since(Timestamp(seconds: press.asked)) < Self.patience else {
            return try await ctx.edit("\(texts.tooLate)")
        }
        let isConfigured = access.configuredUsers.contains(user.id)
        let forgetting = Forgetting(access: access, languages: languages, votes: votes)
        let (bot, update) = (life.currentBot, ctx.update.updateID)
        try await ctx.commit { try forgetting.run(user.id, bot: bot, update: update, in: $0) }
        ctx.logger.notice("a person was forgotten by their wish")
        // They may be a stranger from here on, and this is the last that they are told.
        try await LeakGuard.speakingPublicly { try await ctx.edit("\(texts.forgotten(isConfigured))") }
    }
}
