internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// `/groups`, and an owner's answer about a group to which they have added the bot.
struct GroupRoutes: Sendable {
    let desk: OwnerDesk
    private let tables = AccessTables()
    private let chats = ChatSettingsStore()
    private var access: GalleryAccess { desk.access }

    init(desk: OwnerDesk) {
        self.desk = desk
    }

    func declare(in bot: inout Routes) {
        bot.command("groups", AccessTexts.all.map(\.menu.groups), scope: .owners) { ctx in
            let (text, keyboard) = try await list(ctx)
            try await ctx.reply(text, keyboard: keyboard)
        }
        bot.press(DecideGroup.self) { ctx, press in try await decide(ctx, ChatID(press.chat), opens: press.opens) }
        bot.press(CloseGroup.self) { ctx, press in try await close(ctx, ChatID(press.chat)) }
    }

    private func decide(_ ctx: Context, _ chat: ChatID, opens: Bool) async throws {
        guard let owner = ctx.user else { return }
        let texts = AccessTexts.all[ctx]
        guard let title = try await title(of: chat, ctx) else {
            try await ctx.edit("\(texts.groupUnknown)")
            return
        }
        if opens {
            try await ctx.commit { [access] in try access.allow(chat, title: title, by: owner.id, in: $0) }
            try await ctx.edit(texts.isOpen(title))
        } else {
            try await leave(chat, ctx)
            try await ctx.edit(texts.left(title))
        }
    }

    private func close(_ ctx: Context, _ chat: ChatID) async throws {
        let title = try await ctx.database.read { [tables] in try tables.titles(in: $0)[chat] } ?? "\(chat)"
        try await ctx.commit { [access] in _ = try access.disallow(chat, in: $0) }
        try await leave(chat, ctx)
        try await ctx.answer(AccessTexts.all[ctx].isClosed(title).text)
        let (text, keyboard) = try await list(ctx)
        try await ctx.edit(text, keyboard: keyboard)
    }

    private func list(_ ctx: Context) async throws -> (FormattedText, InlineKeyboard) {
        let texts = AccessTexts.all[ctx]
        let titles = try await ctx.database.read { [tables] in try tables.titles(in: $0) }
        let named = try await ctx.database.read { [chats, access] connection in
            var named: [ChatID: String] = [:]
            for chat in access.configuredChats { named[chat] = try chats.settings(of: chat, in: connection).title }
            return named
        }
        let open = access.chats.sorted().map { chat in (chat: chat, title: titles[chat] ?? named[chat] ?? "\(chat)") }
        guard !open.isEmpty else { return (FormattedText(texts.noGroups), InlineKeyboard(rows: [])) }
        var text = texts.groups(open.count)
        for entry in open {
            text += "\n\(bold: entry.title) \(code: entry.chat)"
            if access.configuredChats.contains(entry.chat) { text += " · \(texts.isConfiguredGroup)" }
        }
        let keyboard = InlineKeyboard {
            for entry in open.filter({ !access.configuredChats.contains($0.chat) }).prefix(InlineKeyboard.limit) {
                Button(texts.closeButton(String(entry.title.prefix(32))), CloseGroup(chat: entry.chat.rawValue))
            }
        }
        return (text, keyboard)
    }

    /// The title of a group that the bot is in; nil where it is not.
    private func title(of chat: ChatID, _ ctx: Context) async throws -> String? {
        do throws(TelegramError) {
            return try await ctx.call(GetChat(chatID: ChatTarget(chat))).title ?? ""
        } catch {
            switch error {
            case .forbidden, .notFound, .badRequest, .migrated: return nil
            default: throw error
            }
        }
    }

    private func leave(_ chat: ChatID, _ ctx: Context) async throws {
        do throws(TelegramError) {
            try await ctx.call(LeaveChat(chatID: ChatTarget(chat)))
        } catch {
            switch error {
            // Out already.
            case .forbidden, .notFound, .badRequest: return
            default: throw error
            }
        }
    }
}
