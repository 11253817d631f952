internal import BotKit
internal import Markup
internal import Support
internal import TelegramAPI

extension OwnerDesk {
    /// Lets a person in or turns them away, and tells what came of it.
    func decide(_ allows: Bool, about person: Acquaintance, _ ctx: Context) async throws -> FormattedText {
        let texts = AccessTexts.all[ctx]
        let shown = texts.person(person.name, person.username, person.id.rawValue)
        let known = access.person(person.id)
        if access.configuredUsers.contains(person.id) {
            return allows ? texts.wasAllowed(shown) : texts.isConfigured(shown)
        }
        if known?.status == (allows ? .allowed : .denied) {
            return allows ? texts.wasAllowed(shown) : texts.wasDenied(shown)
        }
        guard let owner = ctx.user else { return "" }
        let decision = Person(
            id: person.id, name: person.name, username: person.username ?? known?.username,
            status: allows ? .allowed : .denied, since: ctx.time.now, addedBy: owner.id, invitation: known?.invitation)
        let strangers = Strangers()
        let language = try await ctx.commit { [access] connection in
            let stranger = try strangers.find(person.id, in: connection)
            try access.decide(decision, in: connection)
            try strangers.remove(person.id, in: connection)
            return stranger?.1
        }
        ctx.logger.notice(
            allows ? "let in by an owner" : "turned away by an owner", ["user": .integer(person.id.rawValue)])
        if allows { try await welcome(person.id, language, ctx) }
        return allows ? texts.isAllowed(shown) : texts.isDenied(shown)
    }

    /// Tells somebody that they are in, if they have written before.
    private func welcome(_ user: UserID, _ language: Language?, _ ctx: Context) async throws {
        do {
            let text = AccessTexts.all[language ?? self.language(of: user)].letIn
            try await ctx.sender.send(FormattedText(text), to: ChatID(user))
        } catch let error as TelegramError {
            switch error {
            case .forbidden, .notFound:
                ctx.logger.info("who was let in has not written yet", ["user": .integer(user.rawValue)])
            default: throw error
            }
        }
    }
}
