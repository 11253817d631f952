internal import BotKit
internal import Storage
internal import Support
internal import TelegramAPI

/// What happens at the door, before anybody is let in: requests, and groups that the bot is added to.
struct DoorRoutes: Sendable {
    let desk: OwnerDesk
    let life: ChatLife
    private let strangers = Strangers()
    private let chats = ChatSettingsStore()
    private var access: GalleryAccess { desk.access }

    init(desk: OwnerDesk, life: ChatLife) {
        self.desk = desk
        self.life = life
    }

    /// Declares the routes; they check for themselves who acts.
    func declare(in bot: inout Routes) {
        bot.press(AskOwner.self) { ctx, _ in try await ask(ctx) }
        bot.press(OpenHere.self) { ctx, _ in try await openHere(ctx) }
        bot.on(.myChatMember) { ctx in try await memberChanged(ctx) }
        // In the new group's own lane, before anything that is said there is judged by its number.
        bot.message(where: { $0.migrateFromChatID != nil }) { ctx, message in
            guard let old = message.migrateFromChatID else { return }
            try await life.migrate(old, to: message.chat.id)
        }
    }

    // MARK: Requests

    private func ask(_ ctx: Context) async throws {
        guard let user = ctx.user, let chat = ctx.chat, chat.type == .private else { return }
        let texts = AccessTexts.all[ctx]
        if access.mayUse(user.id) { return try await ctx.answer(texts.alreadyIn, alert: true) }
        let (now, language) = (ctx.time.now, ctx.language)
        let isDenied = access.person(user.id)?.status == .denied
        // Stored before anybody is told: after a crash the owner is rather not asked than asked twice.
        let isNew = try await ctx.commit { [strangers] connection in
            try !isDenied && strangers.ask(user, language, now: now, in: connection)
        }
        guard isNew else { return try await ctx.answer(texts.askedBefore, alert: true) }
        let isReached = try await desk.tell(
            by: ctx.sender,
            keyboard: { texts in
                InlineKeyboard {
                    Row {
                        Button(texts.allowButton, DecidePerson(user: user.id.rawValue, allows: true))
                        Button(texts.denyButton, DecidePerson(user: user.id.rawValue, allows: false))
                    }
                }
            }
        ) { texts in texts.request(texts.person(user.fullName, user.username, user.id.rawValue)) }
        if isReached {
            try await ctx.answer(texts.asked, alert: true)
            try await ctx.editKeyboard(nil)
        } else {
            try await ctx.database.write { [strangers] in try strangers.unask(user.id, in: $0) }
            try await ctx.answer(texts.nobodyToAsk, alert: true)
        }
    }

    // MARK: Groups

    private func openHere(_ ctx: Context) async throws {
        guard let chat = ctx.chat, chat.type != .private, let user = access.person(behind: ctx), access.isOwner(user.id)
        else { return }
        let (access, title) = (access, chat.title ?? "")
        try await ctx.commit { try access.allow(chat.id, title: title, by: user.id, in: $0) }
        try await ctx.edit("\(AccessTexts.all[ctx].openHere)")
    }

    private func memberChanged(_ ctx: Context) async throws {
        guard let change = ctx.update.myChatMember, change.chat.type != .private,
            change.newChatMember.isPresent, !change.oldChatMember.isPresent, !access.isOpen(change.chat.id)
        else { return }
        let (chat, adder) = (change.chat, change.from)
        let title = chat.title ?? ""
        guard access.isOwner(adder.id) else {
            ctx.logger.notice("added by somebody who may not", ["user": .integer(adder.id.rawValue)])
            try await ctx.call(LeaveChat(chatID: ChatTarget(chat.id)))
            // Somebody who adds the bot again and again does not reach the owner again and again.
            guard try await desk.isDue("added by \(adder.id)") else { return }
            try await desk.tell(by: ctx.sender) { texts in
                texts.addedByOther(title, texts.person(adder.fullName, adder.username, adder.id.rawValue))
            }
            return
        }
        let now = ctx.time.now
        try await ctx.database.write { [chats] in try chats.note(chat, now: now, in: $0) }
        try await desk.tell(
            adder.id, by: ctx.sender,
            keyboard: { texts in
                InlineKeyboard {
                    Row {
                        Button(texts.showHere, DecideGroup(chat: chat.id.rawValue, opens: true))
                        Button(texts.leave, DecideGroup(chat: chat.id.rawValue, opens: false))
                    }
                }
            }
        ) { texts in texts.addedHere(title, chat.type == .channel) }
    }
}

extension ChatMember {
    /// Whether the member is in the chat.
    var isPresent: Bool {
        switch self {
        case .owner, .administrator, .member: true
        case .restricted(let member): member.isMember
        case .left, .banned, .unknown: false
        }
    }
}
