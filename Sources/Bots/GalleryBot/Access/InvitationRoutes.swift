internal import BotKit
internal import Cryptography
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// `/invite` and `/invites`: links that let somebody in.
struct InvitationRoutes: Sendable {
    let desk: OwnerDesk
    let timetable: TimetableText
    private let invitations = Invitations()
    private static let size = 8

    init(desk: OwnerDesk, timetable: TimetableText) {
        self.desk = desk
        self.timetable = timetable
    }

    func declare(in bot: inout Routes) {
        let texts = AccessTexts.all
        bot.command(
            "invite", texts.map(\.menu.invite), usage: texts.map(\.invitationUsage), scope: .owners
        ) { (ctx: Context, days: Int?, uses: Int?) in
            try await invite(ctx, days: days ?? Invitations.defaultDays, uses: uses ?? 1)
        }
        bot.command("invites", texts.map(\.menu.invites), scope: .owners) { ctx in
            let (text, keyboard) = try await list(0, ctx)
            try await ctx.reply(text, keyboard: keyboard)
        }
        bot.press(ShowInvitations.self) { ctx, press in try await show(press.page, ctx) }
        bot.press(RevokeInvitation.self) { ctx, press in
            try await ctx.commit { [invitations] in _ = try invitations.revoke(press.name, in: $0) }
            try await ctx.answer(AccessTexts.all[ctx].revoked)
            try await show(press.page, ctx)
        }
    }

    private func invite(_ ctx: Context, days: Int, uses: Int) async throws {
        guard let owner = ctx.user, let bot = ctx.bot else { return }
        guard Invitations.dayLimits.contains(days), Invitations.useLimits.contains(uses) else {
            let usage = "/invite \(AccessTexts.all[ctx].invitationUsage)"
            try await ctx.reply(KitTexts.standard[ctx].usage(usage))
            return
        }
        let (token, now) = (RandomToken(), ctx.time.now)
        // Not `commit`: the link is nowhere else, so after a crash before it is sent the command must run again.
        try await ctx.database.write { [invitations] in
            try invitations.add(token, by: owner.id, now: now, days: days, uses: uses, in: $0)
        }
        var options = SendOptions()
        options.showsLinkPreview = false
        try await ctx.reply(
            AccessTexts.all[ctx].invitation(bot.link(start: token.text), days, uses), options: options)
    }

    private func show(_ page: Int, _ ctx: Context) async throws {
        let (text, keyboard) = try await list(page, ctx)
        try await ctx.edit(text, keyboard: keyboard)
    }

    private func list(_ number: Int, _ ctx: Context) async throws -> (FormattedText, InlineKeyboard) {
        let (texts, now) = (AccessTexts.all[ctx], ctx.time.now)
        let open = try await ctx.database.read { [invitations] in try invitations.open(now: now, in: $0) }
        guard !open.isEmpty else { return (FormattedText(texts.noInvitations), InlineKeyboard(rows: [])) }
        let page = Page(of: open, number: number, size: Self.size)
        var text = texts.invitations(open.count, page.position)
        for invitation in page.items {
            text +=
                "\n"
                + texts.invitationLine(
                    invitation.name, timetable.day(invitation.createdAt, in: ctx.language),
                    timetable.moment(invitation.expiresAt, in: ctx.language), invitation.usesLeft)
        }
        let keyboard = InlineKeyboard {
            for invitation in page.items {
                Button(
                    texts.revokeButton(invitation.name),
                    RevokeInvitation(name: invitation.name, page: page.number))
            }
            page.navigation { ShowInvitations(page: $0) }
        }
        return (text, keyboard)
    }
}
