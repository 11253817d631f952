import Support
import TelegramAPI

/// Takes updates into a conversation: begins it, gives it answers, ends it.
struct ConversationRunner: Sendable {
    let definition: ConversationDefinition

    /// Begins the conversation, in place of any that the person is in.
    func start(_ ctx: Context, arguments: String) async throws {
        if let stored = ctx.storedDialogue, stored.version == definition.version,
            let journal = definition.journal(of: stored), journal.started == ctx.update.updateID
        {
            // The process was killed while this very update was handled.
            return try await run(ctx, journal, answer: nil, open: stored.expires)
        }
        try await run(ctx, newJournal(ctx, arguments: arguments), answer: nil)
    }

    /// Takes a message of a person who is in the conversation.
    func take(_ message: Message, _ ctx: Context) async throws {
        guard let stored = ctx.storedDialogue else { return }
        let texts = ctx.texts.conversation
        guard stored.expires > ctx.moment else {
            ctx.endDialogue()
            try await ctx.reply(ctx.texts.dialogueExpired)
            return
        }
        if let command = ctx.command {
            guard command.name == "cancel" else {
                try await ctx.reply(texts.reminder)
                return
            }
            ctx.endDialogue()
            try await ctx.reply(texts.cancelled, keyboard: .removed)
            return
        }
        let journal = definition.journal(of: stored)
        guard let journal, stored.version == definition.version else { return try await renew(ctx, journal) }
        try await go(on: ctx, journal, .message(message), open: stored.expires)
    }

    /// Takes a press on a button of the conversation.
    func take(_ press: ConversationPress, _ ctx: Context) async throws {
        guard press.person == 0 || press.person == ctx.user?.id.rawValue else {
            return try await ctx.answer(ctx.texts.conversation.notForYou)
        }
        guard let stored = ctx.storedDialogue, stored.name == definition.storedName, stored.expires > ctx.moment
        else { throw CallbackPayloadError.stale(type: definition.tag) }
        let journal = definition.journal(of: stored)
        guard let journal, stored.version == definition.version else { return try await renew(ctx, journal) }
        let isDone = journal.entries.contains { $0.update == ctx.update.updateID }
        guard isDone || (journal.started == press.started && journal.question?.number == press.question) else {
            throw CallbackPayloadError.stale(type: definition.tag)
        }
        try await go(on: ctx, journal, .press(press.choice), open: stored.expires)
    }

    /// Gives the conversation an answer, unless it has it already: then the process was killed while it went on.
    private func go(
        on ctx: Context, _ journal: ConversationJournal, _ answer: Conversation.Answer, open expires: Timestamp
    ) async throws {
        let isDone = journal.entries.contains { $0.update == ctx.update.updateID }
        try await run(ctx, journal, answer: isDone || journal.question == nil ? nil : answer, open: expires)
    }

    /// Runs the code; `expires` is until when the journal's question, if it has one, may be answered.
    private func run(
        _ ctx: Context, _ journal: ConversationJournal, answer: Conversation.Answer?, open expires: Timestamp? = nil,
        isRenewed: Bool = false
    ) async throws {
        let talk = Conversation(definition, ctx, journal, answer: answer)
        do {
            try await definition.body(talk)
        } catch {
            // A signal may have been wrapped or replaced on its way; what counts is that it was given.
            if talk.signal == nil { try await fail(ctx, talk, journal, open: expires, error) }
        }
        switch talk.signal {
        case .paused: ctx.setDialogue(try talk.stored())
        case .changed: try await renew(ctx, talk.journal, isRenewed: isRenewed)
        case nil where talk.hasAnswer:
            // The question that was answered is not asked any more.
            ctx.endDialogue()
            try await ctx.reply(talk.texts.ended)
        case nil: ctx.endDialogue()
        }
    }

    /// Leaves the conversation at the question that was answered, so that the person can answer again in its time.
    private func fail(
        _ ctx: Context, _ talk: Conversation, _ before: ConversationJournal, open expires: Timestamp?,
        _ error: any Error
    ) async throws -> Never {
        guard !Task.isCancelled else { throw error }
        var journal = talk.journal
        journal.undo(ctx.update.updateID, backTo: before.question)
        do {
            if journal.question != nil, let expires {
                try await ctx.saveDialogue(try definition.store(journal, until: expires, ctx))
            } else {
                try await ctx.saveDialogue(nil)
            }
        } catch {
            ctx.logger.error("a conversation cannot be put back", ["error": .string("\(error)")])
        }
        throw error
    }

    /// Deals with a journal that does not fit the code: tells the person, and begins anew where that does no harm.
    private func renew(_ ctx: Context, _ journal: ConversationJournal?, isRenewed: Bool = false) async throws {
        ctx.logger.notice(
            "a conversation does not fit this version of the program", ["conversation": .string(definition.name)])
        let texts = ctx.core.configuration.texts[journal?.language ?? ctx.language].conversation
        guard let journal, !journal.hasEffects, !isRenewed else {
            ctx.endDialogue()
            try await ctx.reply(texts.ended, keyboard: .removed)
            return
        }
        try await ctx.reply(texts.restarted)
        var fresh = newJournal(ctx, arguments: journal.arguments)
        fresh.origin = journal.origin
        fresh.language = journal.language
        try await run(ctx, fresh, answer: nil, isRenewed: true)
    }

    private func newJournal(_ ctx: Context, arguments: String) -> ConversationJournal {
        ConversationJournal(
            started: ctx.update.updateID, arguments: arguments, language: ctx.language,
            origin: ctx.kind == .message ? ctx.message?.messageID : nil, build: ctx.core.configuration.build)
    }
}
