import Storage
import Support
import TelegramAPI

/// Takes one update through middleware and route, and answers for what goes wrong there.
struct Dispatcher: Sendable {
    /// What became of an update.
    enum Ending: Sendable {
        case handled
        /// The program ends; it stays unhandled.
        case interrupted
        /// Its handler failed, and nobody can be told, since Telegram cannot be reached; it stays unhandled.
        case unreachable
    }

    let core: BotCore

    /// Handles an update; calls and jobs that come of it have its trace.
    ///
    /// - Parameters:
    ///   - received: When it came in; now unless told otherwise.
    ///   - album: All parts of the album that it stands for.
    func handle(
        _ update: Update, _ facts: UpdateFacts, received: Timestamp? = nil, album: [Update] = []
    ) async -> Ending {
        await inScope(of: update) { await dispatch(update, facts, received: received, album: album) }
    }

    private func inScope<Value: Sendable>(of update: Update, _ body: () async -> Value) async -> Value {
        let trace = TraceID(bot: core.bot, update: Int64(update.updateID))
        return await WorkOrigin.$current.withValue(trace.description) {
            await SendScope.$given.withValue(SendScope(priority: .answer, trace: trace), operation: body)
        }
    }

    private func dispatch(
        _ update: Update, _ facts: UpdateFacts, received: Timestamp?, album: [Update]
    ) async -> Ending {
        var dialogue: StoredDialogue?
        do {
            if let key = facts.dialogueKey { dialogue = try await core.dialogues.find(key, in: core.database) }
        } catch {
            // Without it the update would go to another handler than the person means.
            return await fail(Context(update, facts, core: core, album: album), error)
        }
        let ctx = Context(update, facts, core: core, received: received, album: album, dialogue: dialogue)
        core.metrics.count(ctx.kind)
        await noteChatChange(ctx)
        guard let route = core.routes.route(for: ctx) else {
            // A press that no route takes comes from a button of an older version.
            if ctx.update.callbackQuery?.data != nil { await say(ctx.texts.staleButton, to: ctx) }
            mark(ctx)
            return .handled
        }
        let start = core.time.uptime
        let outcome = await run(route, ctx)
        let seconds = (core.time.uptime - start) / .seconds(1)
        core.metrics.handling.observe(seconds, trace: ctx.traceID)
        core.logger.debug(
            "update handled",
            [
                "trace": .string(ctx.trace), "kind": .string(ctx.kind.rawValue), "outcome": .string(outcome.name),
                "seconds": .number(seconds),
            ])
        // Whoever gave it up has marked it and told the person.
        if core.givenUp.contains(Int64(update.updateID)) { return .handled }
        switch outcome {
        case .done(let isMarked):
            if !isMarked { mark(ctx) }
        case .failed:
            if !ctx.isMarked { mark(ctx, .failed) }
        case .interrupted: return .interrupted
        case .unreachable: return .unreachable
        }
        return .handled
    }

    /// Ends an update whose handler could not be found.
    private func fail(_ ctx: Context, _ error: any Error) async -> Ending {
        if Task.isCancelled { return .interrupted }
        guard await report(error, ctx) else { return .unreachable }
        mark(ctx, .failed)
        return .handled
    }

    private func mark(_ ctx: Context, _ outcome: Inbox.Outcome? = nil) {
        // Nearly every update is one by itself, and then needs no list.
        guard ctx.isAlbum else {
            return core.marks.add(Int64(ctx.update.updateID), outcome: outcome, now: core.time.now)
        }
        for number in ctx.updateIDs { core.marks.add(number, outcome: outcome, now: core.time.now) }
    }

    private enum Result {
        case done(isMarked: Bool)
        case failed
        case interrupted
        case unreachable

        var name: String {
            switch self {
            case .done: "done"
            case .failed: "failed"
            case .interrupted: "interrupted"
            case .unreachable: "unreachable"
            }
        }
    }

    private func run(_ route: Route, _ ctx: Context) async -> Result {
        do {
            try await route.run(ctx)
            let isMarked = try await ctx.finish()
            await settlePress(ctx)
            return .done(isMarked: isMarked)
        } catch  where Task.isCancelled {
            if core.givenUp.contains(Int64(ctx.update.updateID)) { return .failed }
            ctx.logger.notice("handler interrupted by the end of the program", ["error": .string("\(error)")])
            return .interrupted
        } catch let error as UsageError {
            await say(error.text(ctx), to: ctx)
            return .done(isMarked: false)
        } catch CallbackPayloadError.stale(let type) {
            ctx.logger.info("a stale button was pressed", ["payload": .string(type)])
            await say(ctx.texts.staleButton, to: ctx)
            return .done(isMarked: false)
        } catch {
            return await report(error, ctx) ? .failed : .unreachable
        }
    }

    /// Notes a fault, and tells the person that nothing came of what they wanted.
    ///
    /// - Returns: false where Telegram cannot be reached: the update is to be handled again, and nothing is noted.
    private func report(_ error: any Error, _ ctx: Context) async -> Bool {
        var isOutage = (error as? TelegramError)?.isOutage ?? false
        if isTellable(error, ctx), let isTold = await say(ctx.texts.failure, to: ctx, alert: true) {
            isOutage = !isTold
        }
        let update = Int64(ctx.update.updateID)
        if isOutage, !ctx.isMarked, !Task.isCancelled, !core.givenUp.contains(update),
            core.reachability.mayRepeat(update, most: core.configuration.attempts)
        {
            ctx.logger.warning(
                "Telegram cannot be reached; the update is handled again when it can", ["error": .string("\(error)")])
            return false
        }
        core.troubles.note(
            UpdateTrouble(kind: .failed("\(error)"), update: update, chat: ctx.chat?.id), core: core)
        ctx.logger.error("handler failed", ["kind": .string(ctx.kind.rawValue), "error": .string("\(error)")])
        return true
    }

    /// Whether there is a way to tell the person of a fault.
    private func isTellable(_ error: any Error, _ ctx: Context) -> Bool {
        switch error as? TelegramError {
        // Somebody who has blocked the bot, or a chat that it may not write to, cannot be told.
        case .forbidden: false
        // Nor can a chat that Telegram asked to wait with, except over the button that was pressed.
        case .retryAfter: ctx.update.callbackQuery != nil
        default: true
        }
    }

    /// Tells the person that nothing came of what they wanted.
    func apologise(_ update: Update, _ facts: UpdateFacts) async {
        let ctx = Context(update, facts, core: core)
        await inScope(of: update) { _ = await say(ctx.texts.failure, to: ctx, alert: true) }
    }

    /// Tells the person something by the way they came: over the pressed button, or in the chat.
    ///
    /// What must be read is said in the chat where the button takes no answer any more.
    ///
    /// - Returns: false where Telegram cannot be reached; nil where there is nobody to be told.
    @discardableResult
    private func say(_ text: String, to ctx: Context, alert: Bool = false) async -> Bool? {
        do {
            if ctx.update.callbackQuery != nil {
                let isAnswered = try await ctx.takesAnswer(text, alert: alert)
                if !isAnswered, alert, ctx.chatID != nil { try await ctx.reply(FormattedText(text)) }
            } else if ctx.kind == .message, ctx.user != nil {
                try await ctx.reply(FormattedText(text))
            } else {
                return nil
            }
            return true
        } catch {
            ctx.logger.warning("the person could not be told", ["error": .string("\(error)")])
            return (error as? TelegramError)?.isOutage != true
        }
    }

    /// Answers a press that nobody has answered: its button stops blinking.
    private func settlePress(_ ctx: Context) async {
        do {
            try await ctx.answer()
        } catch {
            ctx.logger.debug("a press could not be answered", ["error": .string("\(error)")])
        }
    }

    /// Reports what service messages say of the chat.
    private func noteChatChange(_ ctx: Context) async {
        guard let report = core.configuration.chatChanged else { return }
        if let message = ctx.update.message, let new = message.migrateToChatID {
            await report(.migrated(from: message.chat.id, to: new))
        } else if let member = ctx.update.myChatMember {
            switch member.newChatMember {
            case .left, .banned:
                await report(.unreachable(member.chat.id, member.chat.type == .private ? .blocked : .kicked))
            default: await report(.reachable(member.chat.id))
            }
        }
    }
}

extension UsageError {
    fileprivate func text(_ ctx: Context) -> String {
        ctx.texts.usage("/" + command + (usage.map { " " + $0[ctx] } ?? " …"))
    }
}
