internal import BotKit
internal import Markup
internal import Storage
internal import TelegramAPI

/// A press on an arrow of the list of hidden galleries.
struct ExcludedPagePress: CallbackPayload {
    static let tag = "xp"
    var page: Int
}

/// A press on a hidden gallery: it is shown again.
struct RestorePress: CallbackPayload {
    static let tag = "xr"
    /// The gallery's fingerprint; its identifier may be a path that no button can carry.
    var gallery: Int64
    var page: Int

    /// FNV-1a over the identifier: the same after a restart.
    static func fingerprint(of gallery: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in gallery.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}

/// `/excluded`: the hidden galleries, each with a button that brings it back.
struct ExcludedRoutes: Sendable {
    let recorder: VoteRecorder
    /// Whether somebody may decide for a group.
    let mayManage: @Sendable (Context) async throws -> Bool
    private let exclusions = Exclusions()

    init(recorder: VoteRecorder, mayManage: @escaping @Sendable (Context) async throws -> Bool) {
        self.recorder = recorder
        self.mayManage = mayManage
    }

    func declare(in bot: inout Routes) {
        bot.command("excluded", VoteTexts.all.map(\.excludedMenu), scope: .managers, handler: list)
        bot.press(ExcludedPagePress.self, handler: turn)
        bot.press(RestorePress.self, handler: restore)
    }

    func list(_ ctx: Context) async throws {
        guard let (text, keyboard) = try await page(0, ctx) else { return }
        try await ctx.reply(text, keyboard: keyboard)
    }

    func turn(_ ctx: Context, _ press: ExcludedPagePress) async throws {
        guard let (text, keyboard) = try await page(press.page, ctx) else { return }
        try await ctx.answer()
        try await ctx.edit(text, keyboard: keyboard)
    }

    func restore(_ ctx: Context, _ press: RestorePress) async throws {
        guard let chat = ctx.chat else { return }
        let texts = VoteTexts.all[ctx]
        let scope = TasteScope(chat.id)
        if !scope.isPersonal {
            guard try await mayManage(ctx) else { return try await ctx.answer(texts.notYours, alert: true) }
        }
        let restored = try await ctx.commit { [recorder, exclusions] connection -> String? in
            let entry = try exclusions.all(of: scope, in: connection).first {
                RestorePress.fingerprint(of: $0.gallery) == press.gallery
            }
            guard let entry, try recorder.restore(entry.gallery, scope: scope, in: connection) else { return nil }
            return entry.name
        }
        try await ctx.answer(restored.map(texts.restored) ?? texts.notExcluded)
        guard let (text, keyboard) = try await page(press.page, ctx) else { return }
        try await ctx.edit(text, keyboard: keyboard)
    }

    private func page(_ number: Int, _ ctx: Context) async throws -> (FormattedText, InlineKeyboard?)? {
        guard let chat = ctx.chat else { return nil }
        let texts = VoteTexts.all[ctx]
        let scope = TasteScope(chat.id)
        let entries = try await ctx.database.read { [exclusions] in try exclusions.all(of: scope, in: $0) }
        guard !entries.isEmpty else { return (FormattedText(texts.nothingExcluded(!scope.isPersonal)), nil) }
        let page = Page(of: entries, number: number, size: 8)
        let keyboard = InlineKeyboard {
            for entry in page.items {
                Button(
                    "↩️ " + VoteTexts.cut(entry.name),
                    RestorePress(gallery: RestorePress.fingerprint(of: entry.gallery), page: page.number))
            }
            page.navigation { ExcludedPagePress(page: $0) }
        }
        return (texts.excluded(entries.count, !scope.isPersonal), keyboard)
    }
}
