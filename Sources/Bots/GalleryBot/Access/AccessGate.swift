internal import BotKit
internal import Support
internal import TelegramAPI

/// Lets in whoever may use the bot, where photos may be shown; the first thing that an update meets.
///
/// A stranger gets one polite answer in a private chat and then silence, unless they bring an invitation. In a group
/// that is not allowed the bot is silent to everybody but those who may use it.
struct AccessGate: BotMiddleware {
    let desk: OwnerDesk
    private var access: GalleryAccess { desk.access }
    private let strangers = Strangers()
    private let invitations = Invitations()

    init(desk: OwnerDesk) {
        self.desk = desk
    }

    func handle(_ ctx: Context, next: Handler) async throws {
        guard let chat = ctx.chat else { return }
        if chat.type == .private {
            if access.isOpen(chat.id) { return try await next(ctx) }
            if let user = ctx.user, let token = ctx.startPayload {
                if try await admit(user, with: token, ctx) { try await next(ctx) }
            } else {
                try await refuse(ctx)
            }
            return
        }
        // What a channel posts appears in its group by itself: nobody there has asked.
        if ctx.message?.isAutomaticForward == true { return }
        if access.isOpen(chat.id) { return try await next(ctx) }
        guard ctx.kind == .message, ctx.message?.text?.hasPrefix("/") == true, let person = access.person(behind: ctx),
            access.mayUse(person.id)
        else { return }
        try await LeakGuard.speakingPublicly {
            if access.isOwner(person.id) {
                let texts = AccessTexts.all[ctx]
                _ = try await ctx.reply(
                    texts.notOpenHere, keyboard: InlineKeyboard { Button(texts.showHere, OpenHere()) })
            } else {
                _ = try await ctx.reply(GalleryTexts.all[ctx].privateOnly)
            }
        }
    }

    private func refuse(_ ctx: Context) async throws {
        guard let user = ctx.user else { return }
        ctx.logger.info("refused", ["user": .integer(user.id.rawValue)])
        guard try await ctx.noteRefusal(of: user.id) else { return }
        let text = GalleryTexts.all[ctx].refusal
        if ctx.kind == .callbackQuery { return try await ctx.answer(text, alert: true) }
        // Who was turned away by name has had the owner's answer.
        let isDenied = access.person(user.id)?.status == .denied
        let keyboard = InlineKeyboard { Button(AccessTexts.all[ctx].askOwner, AskOwner()) }
        try await LeakGuard.speakingPublicly { _ = try await ctx.reply(text, keyboard: isDenied ? nil : keyboard) }
    }

    // MARK: Invitations

    private enum Outcome: Sendable {
        case admitted(by: UserID)
        case refused(isTold: Bool)
    }

    /// Lets somebody in who brings an invitation that may be used; true where they are in.
    private func admit(_ user: User, with token: String, _ ctx: Context) async throws -> Bool {
        let (now, language) = (ctx.time.now, ctx.language)
        let isDenied = access.person(user.id)?.status == .denied
        let outcome = try await ctx.commit { [access, strangers, invitations] connection -> Outcome in
            if !isDenied, Invitations.isToken(token), try strangers.mayTry(user.id, now: now, in: connection),
                let invitation = try invitations.redeem(token, now: now, in: connection),
                access.isOwner(invitation.createdBy)
            {
                try access.decide(
                    Person(
                        id: user.id, name: user.fullName, username: user.username, status: .allowed, since: now,
                        addedBy: invitation.createdBy, invitation: invitation.name), in: connection)
                try strangers.remove(user.id, in: connection)
                return .admitted(by: invitation.createdBy)
            }
            return .refused(isTold: try strangers.fail(user, language, now: now, in: connection))
        }
        switch outcome {
        case .admitted(let owner):
            ctx.logger.notice("let in by an invitation", ["user": .integer(user.id.rawValue)])
            try await desk.tell(owner, by: ctx.sender) { texts in
                texts.invitationUsed(texts.person(user.fullName, user.username, user.id.rawValue))
            }
            return true
        case .refused(let isTold):
            ctx.logger.info("an invitation that is no good", ["user": .integer(user.id.rawValue)])
            if isTold {
                try await LeakGuard.speakingPublicly { _ = try await ctx.reply(AccessTexts.all[ctx].badInvitation) }
            }
            return false
        }
    }
}
