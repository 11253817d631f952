internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// What only owners do, in their private chats: let people in and turn them away, and look after groups.
struct OwnerRoutes: Sendable {
    let desk: OwnerDesk
    let timetable: TimetableText
    private let strangers = Strangers()
    private var access: GalleryAccess { desk.access }

    /// Who is to be named next.
    enum Choosing: DialogueState {
        case allow
        case deny

        static let name = "gallery.choosing"
        static let timeout = Duration.seconds(600)
        /// The question's keyboard stays: who presses it late is told then.
        static let tellsExpiry = false
    }

    init(desk: OwnerDesk, timetable: TimetableText) {
        self.desk = desk
        self.timetable = timetable
    }

    /// Declares the routes; they stand behind the gate.
    func declare(in bot: inout Routes) {
        let menu = AccessTexts.all.map(\.menu)
        bot.group { bot in
            bot.use(OwnerOnly(access: access))
            PeopleRoutes(desk: desk, timetable: timetable).declare(in: &bot)
            InvitationRoutes(desk: desk, timetable: timetable).declare(in: &bot)
            GroupRoutes(desk: desk).declare(in: &bot)
            bot.command("allow", menu.map(\.allow), scope: .owners) { (ctx: Context, target: String?) in
                try await choose(.allow, ctx, argument: target)
            }
            bot.command("deny", menu.map(\.deny), scope: .owners) { (ctx: Context, target: String?) in
                try await choose(.deny, ctx, argument: target)
            }
            bot.press(DecidePerson.self) { ctx, press in
                if press.page == nil {
                    try await decide(ctx, press)
                } else {
                    try await PeopleRoutes(desk: desk, timetable: timetable).decide(ctx, press)
                }
            }
            bot.dialogue(Choosing.self) { ctx, state in
                guard let message = ctx.message, ctx.kind == .message else { return }
                ctx.endDialogue()
                try await decide(state, about: PersonTarget(message, argument: message.text), ctx)
            }
        }
    }

    // MARK: Commands

    private func choose(_ choice: Choosing, _ ctx: Context, argument: String?) async throws {
        guard let message = ctx.message else { return }
        let target = PersonTarget(message, argument: argument)
        guard target == .nobody, argument == nil else { return try await decide(choice, about: target, ctx) }
        let texts = AccessTexts.all[ctx]
        ctx.go(to: choice)
        try await ctx.reply(
            choice == .allow ? texts.whomToAllow : texts.whomToDeny,
            keyboard: ReplyKeyboard([[.person(texts.choosePerson, request: 1)]], oneTime: true))
    }

    private func decide(_ choice: Choosing, about target: PersonTarget, _ ctx: Context) async throws {
        let texts = AccessTexts.all[ctx]
        // The keyboard of the question gives way to the usual one.
        let keyboard = ctx.chat.flatMap { GalleryKeyboard.keyboard(for: $0, GalleryTexts.all[ctx]) }
        let person: Acquaintance
        switch target {
        case .person(let known): person = known
        case .number(let id): person = try await acquaintance(id, ctx)
        case .username(let name):
            guard let known = try await acquaintance(username: name, ctx) else {
                try await ctx.reply(texts.unknownUsername(name), keyboard: keyboard)
                return
            }
            person = known
        case .hidden:
            try await ctx.reply(texts.hiddenPerson, keyboard: keyboard)
            return
        case .bot:
            try await ctx.reply(texts.isBot, keyboard: keyboard)
            return
        case .nobody:
            try await ctx.reply(texts.nobodyMeant, keyboard: keyboard)
            return
        }
        try await ctx.reply(try await desk.decide(choice == .allow, about: person, ctx), keyboard: keyboard)
    }

    // MARK: Requests

    /// The owner's answer below a stranger's request.
    private func decide(_ ctx: Context, _ press: DecidePerson) async throws {
        let person = try await acquaintance(UserID(press.user), ctx)
        try await ctx.edit(try await desk.decide(press.allows, about: person, ctx))
    }

    // MARK: Who that is

    private func acquaintance(_ id: UserID, _ ctx: Context) async throws -> Acquaintance {
        if let known = access.person(id).map(Acquaintance.init) ?? desk.languages.acquaintance(id) { return known }
        let stranger = try await ctx.database.read { [strangers] in try strangers.find(id, in: $0)?.0 }
        return stranger ?? Acquaintance(id: id, name: "\(id)", username: nil)
    }

    private func acquaintance(username: String, _ ctx: Context) async throws -> Acquaintance? {
        if let known = access.person(username: username) ?? desk.languages.acquaintance(username: username) {
            return known
        }
        return try await ctx.database.read { [strangers] in try strangers.find(username: username, in: $0) }
    }
}

/// Lets only owners pass, and only where nobody else reads along.
struct OwnerOnly: BotMiddleware {
    let access: GalleryAccess

    func handle(_ ctx: Context, next: Handler) async throws {
        let isPrivate = ctx.chat?.type == .private
        guard let person = access.person(behind: ctx), access.isOwner(person.id) else {
            if isPrivate, ctx.kind == .message { try await ctx.reply(AccessTexts.all[ctx].ownerOnly) }
            return
        }
        guard isPrivate else {
            if ctx.kind == .message { try await ctx.reply(AccessTexts.all[ctx].privatelyPlease) }
            return
        }
        try await next(ctx)
    }
}
