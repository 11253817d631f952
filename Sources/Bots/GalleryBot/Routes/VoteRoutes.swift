internal import BotKit
internal import Storage
internal import Support
internal import TelegramAPI

/// The presses on 👍 and 👎, and on what hides a gallery after a 👎.
struct VoteRoutes: Sendable {
    let recorder: VoteRecorder
    /// Whether somebody may decide for a group; in a private chat everybody decides for themselves.
    let mayManage: @Sendable (Context) async throws -> Bool
    /// How many photos a gallery of the library has; nil where that is not known at once.
    let gallerySize: @Sendable (_ gallery: String) -> Int?
    private let votes = Votes()
    private let photos = KnownPhotos()

    init(
        recorder: VoteRecorder, mayManage: @escaping @Sendable (Context) async throws -> Bool,
        gallerySize: @escaping @Sendable (_ gallery: String) -> Int? = { _ in nil }
    ) {
        self.recorder = recorder
        self.mayManage = mayManage
        self.gallerySize = gallerySize
    }

    func declare(in bot: inout Routes) {
        bot.press(VotePress.self, handler: vote)
        bot.press(HidePress.self, handler: hide)
    }

    /// Counts a vote, answers, and draws the buttons anew, in this order: what was answered is stored.
    func vote(_ ctx: Context, _ press: VotePress) async throws {
        let texts = VoteTexts.all[ctx]
        guard let user = ctx.user, let value = Votes.Value(rawValue: press.value) else { return }
        guard let chat = ctx.chat, let message = ctx.message else {
            return try await ctx.answer(texts.tooOld, alert: true)
        }
        let mayHide = value == .down ? await mayHide(ctx) : chat.type == .private
        let showing = VoteKeyboard.photos(in: message.replyMarkup)
        let pressed = Votes.Press(
            user: user.id.rawValue, photo: press.photo, scope: TasteScope(chat.id), value: value, seen: press.seen,
            time: ctx.time.now)
        let recorded = try await ctx.commit { [recorder, gallerySize] connection in
            try recorder.record(
                pressed, showing: showing, mayHide: mayHide, gallerySize: gallerySize, in: connection)
        }
        guard let recorded else { return try await ctx.answer(texts.unknownPhoto, alert: true) }
        var hiding = VoteKeyboard.Hiding.none
        var answer = texts.answer(recorded.change)
        if let rejected = recorded.gallery {
            hiding = .offered(photo: rejected.photo, gallery: rejected.name)
            if let count = rejected.count {
                hiding = .asked(photo: rejected.photo, gallery: rejected.name)
                answer = texts.much(count, rejected.name)
            }
        } else if case .repeated = recorded.change {
            hiding = .asBefore
        } else if !mayHide {
            // What stands there was opened by somebody who may.
            hiding = .asBefore
        }
        await settle(ctx) { try await ctx.answer(answer) }
        await redraw(ctx, message, recorded.states, hiding)
    }

    /// Opens the question, hides, or closes it; only the answer “Hide” stores anything.
    func hide(_ ctx: Context, _ press: HidePress) async throws {
        let texts = VoteTexts.all[ctx]
        guard let user = ctx.user else { return }
        guard let chat = ctx.chat, let message = ctx.message else {
            return try await ctx.answer(texts.tooOld, alert: true)
        }
        let scope = TasteScope(chat.id)
        let showing = VoteKeyboard.photos(in: message.replyMarkup)
        let (photo, states) = try await ctx.database.read { [photos, votes] connection in
            (
                try photos.find(press.photo, shownIn: chat.id.rawValue, in: connection),
                try showing.map { try votes.state(of: $0, in: scope, connection) }
            )
        }
        guard let photo else { return try await ctx.answer(texts.unknownPhoto, alert: true) }
        guard await mayHide(ctx) else { return try await ctx.answer(texts.notYours, alert: true) }
        guard let gallery = photo.galleryName ?? photo.galleryID else {
            await settle(ctx) { try await ctx.answer(texts.noGallery, alert: true) }
            return await redraw(ctx, message, states, .none)
        }
        switch press.step {
        case .ask:
            await settle(ctx) { try await ctx.answer() }
            await redraw(ctx, message, states, .asked(photo: photo.number, gallery: gallery))
        case .question:
            try await ctx.answer(texts.hideMeaning(gallery), alert: true)
        case .hide:
            let now = ctx.time.now
            let hidden = try await ctx.commit { [recorder] connection in
                try recorder.hide(galleryOf: press.photo, by: user.id, scope: scope, now: now, in: connection)
            }
            await settle(ctx) {
                try await ctx.answer(hidden.map(texts.hidden) ?? texts.noGallery, alert: hidden == nil)
            }
            await redraw(ctx, message, states, .none)
        case .keep:
            await settle(ctx) { try await ctx.answer(texts.kept) }
            await redraw(ctx, message, states, .none)
        }
    }

    /// In a private chat everybody decides for themselves.
    private func mayHide(_ ctx: Context) async -> Bool {
        if ctx.chat?.type == .private { return true }
        do {
            return try await mayManage(ctx)
        } catch {
            // Telegram did not tell who administers the group; a vote does not depend on it.
            ctx.logger.notice("not known whether somebody may manage a group", ["error": .string("\(error)")])
            return false
        }
    }

    private func redraw(
        _ ctx: Context, _ message: Message, _ states: [Votes.State], _ hiding: VoteKeyboard.Hiding
    ) async {
        await settle(ctx) {
            var method = EditMessageReplyMarkup()
            method.chatID = ChatTarget(message.chat.id)
            method.messageID = message.messageID
            method.replyMarkup = try VoteKeyboard.redrawn(
                message.replyMarkup, states: states, hiding: hiding, in: ctx.language)
            do {
                try await ctx.call(method)
            } catch TelegramError.notModified {
                ctx.logger.debug("the buttons show it already")
            }
        }
    }

    /// The vote is stored; what cannot be shown any more is no reason to call the press a failure.
    private func settle(_ ctx: Context, _ show: () async throws -> Void) async {
        do {
            try await show()
        } catch {
            ctx.logger.notice("a press could not be shown", ["error": .string("\(error)")])
        }
    }
}
