import Support
public import TelegramAPI

/// Lets only certain people and chats use the routes below it.
///
/// A stranger is told once in a private chat, or at a button, and then met with silence; groups are not answered.
public struct AccessList: BotMiddleware {
    /// How long a stranger is not told again.
    public static let silence = Duration.seconds(30 * 86_400)

    private let isAllowed: @Sendable (_ user: UserID?, _ chat: ChatID?) async throws -> Bool

    /// These people anywhere, and everybody in these chats.
    public init(users: some Sequence<UserID>, chats: some Sequence<ChatID> = []) {
        let (users, chats) = (Set(users), Set(chats))
        isAllowed = { user, chat in
            user.map { users.contains($0) } ?? false || chat.map { chats.contains($0) } ?? false
        }
    }

    /// Whoever passes a test of the bot's own.
    public init(_ isAllowed: @escaping @Sendable (_ user: UserID?, _ chat: ChatID?) async throws -> Bool) {
        self.isAllowed = isAllowed
    }

    /// Passes on what comes from those who are allowed.
    public func handle(_ ctx: Context, next: Handler) async throws {
        if try await isAllowed(ctx.user?.id, ctx.chat?.id) { return try await next(ctx) }
        ctx.logger.info("refused", ["user": .integer(ctx.user?.id.rawValue ?? 0)])
        guard let user = ctx.user, ctx.chat?.type == .private || ctx.kind == .callbackQuery else { return }
        guard try await ctx.noteRefusal(of: user.id) else { return }
        if ctx.kind == .callbackQuery {
            try await ctx.answer(ctx.texts.refusal, alert: true)
        } else {
            try await ctx.reply(ctx.texts.refusal)
        }
    }
}

extension Context {
    /// Notes that somebody is turned away; false where they were told so within `silence` already.
    public func noteRefusal(of person: UserID, silence: Duration = AccessList.silence) async throws -> Bool {
        let now = core.time.now
        return try await core.people.refuse(
            person.rawValue, now: now, unlessSince: now.adding(.zero - silence), in: core.database)
    }
}
