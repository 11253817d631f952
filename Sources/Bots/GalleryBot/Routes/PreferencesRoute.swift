internal import BotKit

/// `/preferences`: what the votes say, the person's own or the group's.
struct PreferencesRoute: Sendable {
    let taste: TasteStore

    func declare(in bot: inout Routes) {
        bot.command("preferences", VoteTexts.all.map(\.preferencesMenu), handler: handle)
    }

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        let scope = TasteScope(chat.id)
        let reading = try await taste.reading(of: scope)
        try await ctx.reply(
            VoteTexts.all[ctx].preferences(
                PreferencesSummary(
                    preferences: reading.preferences, minimum: taste.rules.minimum, isGroup: !scope.isPersonal)))
    }
}
