public import TelegramAPI

/// What a bot reacts to, read from top to bottom: the first route that fits an update handles it.
///
/// ```swift
/// let bot = Bot(token: token, database: database) { bot in
///     bot.command("start", "Say hello") { ctx in try await ctx.reply("Hello!") }
///     bot.press(Vote.self) { ctx, vote in try await ctx.answer("Noted") }
///     bot.text { ctx, text in try await ctx.reply("You said \(italic: text)") }
/// }
/// ```
public struct Routes {
    private(set) var routes: [Route] = []
    private(set) var commands: [CommandDescription] = []
    private(set) var dialogues: [DialogueType] = []
    var conversations: [String: ConversationDefinition] = [:]
    var lists: [String: ListDefinition] = [:]
    private var middleware: [any BotMiddleware] = []
    private var payloadTags: Set<String> = []

    init() {}

    // MARK: Messages

    /// A command, with the line that describes it in the menu; one without a description is left out of the menu.
    ///
    /// `/name@bot` is understood in groups. The handler's further parameters are the command's arguments: `Int`,
    /// `Double`, `String`, or what conforms to `CommandArgument`; optional ones may be missing, and a `String` in the
    /// last place takes the rest of the line. Where they do not fit, the person is told the `usage`.
    public mutating func command<each Argument: CommandArgument>(
        _ name: String, _ description: Localized<String>? = nil, usage: Localized<String>? = nil,
        scope: CommandScope = .everywhere,
        handler: @escaping @Sendable (_ ctx: Context, repeat each Argument) async throws -> Void
    ) {
        precondition(CommandCall.isName(name), "a command is 1 to 32 of a–z, 0–9 and _, without slash: “\(name)”")
        precondition(!routes.contains { $0.match == .command(name) }, "the command /\(name) is declared twice")
        if let description { commands.append(CommandDescription(name: name, text: description, scope: scope)) }
        add(.command(name), [.message]) { ctx in
            guard let call = ctx.command, let arguments = call.read(repeat (each Argument).self) else {
                throw UsageError(command: name, usage: usage)
            }
            try await handler(ctx, repeat each arguments)
        }
    }

    /// A message of text that is no command.
    public mutating func text(handler: @escaping @Sendable (_ ctx: Context, _ text: String) async throws -> Void) {
        add(.text, [.message]) { ctx in
            try await handler(ctx, ctx.message?.text ?? "")
        }
    }

    /// A message with exactly this text, in any language: what a button of a reply keyboard sends.
    public mutating func text(_ label: Localized<String>, handler: @escaping Handler) {
        add(.label([label.english, label.russian]), [.message], handler)
    }

    /// A photo; its sizes from small to large.
    public mutating func photo(
        handler: @escaping @Sendable (_ ctx: Context, _ sizes: [PhotoSize]) async throws -> Void
    ) {
        add(.test { $0.message?.photo != nil }, [.message]) { ctx in
            try await handler(ctx, ctx.message?.photo ?? [])
        }
    }

    /// A document, which may also be a picture sent as a file.
    public mutating func document(
        handler: @escaping @Sendable (_ ctx: Context, _ document: Document) async throws -> Void
    ) {
        add(.test { $0.message?.document != nil && $0.message?.animation == nil }, [.message]) { ctx in
            guard let document = ctx.message?.document else { return }
            try await handler(ctx, document)
        }
    }

    /// A message for which something holds.
    public mutating func message(
        where condition: @escaping @Sendable (_ message: Message) -> Bool,
        handler: @escaping @Sendable (_ ctx: Context, _ message: Message) async throws -> Void
    ) {
        add(.test { $0.message.map(condition) ?? false }, [.message]) { ctx in
            guard let message = ctx.message else { return }
            try await handler(ctx, message)
        }
    }

    // MARK: Buttons

    /// A press on a button that carries such a value.
    ///
    /// The press is answered by itself when the handler is done; `ctx.answer` shows a text with it.
    public mutating func press<Payload: CallbackPayload>(
        _ type: Payload.Type, handler: @escaping @Sendable (_ ctx: Context, _ payload: Payload) async throws -> Void
    ) {
        let tag = Payload.tag
        precondition(
            !tag.isEmpty && tag.utf8.count <= CallbackCoding.limit - 2 && !tag.contains(":"),
            "a payload's tag is 1 to \(CallbackCoding.limit - 2) bytes without colon: \(tag)")
        precondition(payloadTags.insert(tag).inserted, "two payloads with the tag \(tag)")
        add(.payload(tag), [.callbackQuery]) { ctx in
            guard let data = ctx.update.callbackQuery?.data, let payload = try Payload(callbackData: data) else {
                throw CallbackPayloadError.stale(type: tag)
            }
            try await handler(ctx, payload)
        }
    }

    // MARK: Other updates

    /// An inline query: somebody writes `@bot …` in any chat.
    public mutating func inlineQuery(
        handler: @escaping @Sendable (_ ctx: Context, _ query: InlineQuery) async throws -> Void
    ) {
        add(.any, [.inlineQuery]) { ctx in
            guard let query = ctx.update.inlineQuery else { return }
            try await handler(ctx, query)
        }
    }

    /// Any update of a kind; naming a kind here also asks Telegram to send it.
    public mutating func on(
        _ kinds: UpdateKind..., where condition: (@Sendable (_ ctx: Context) -> Bool)? = nil,
        handler: @escaping Handler
    ) {
        add(condition.map { .test($0) } ?? .any, Set(kinds), handler)
    }

    /// A message that no route above fits, an unknown command too; best declared last.
    ///
    /// Service messages ("Ann joined the group") are left alone.
    public mutating func otherwise(handler: @escaping Handler) {
        add(.test { $0.message?.isService == false }, [.message], handler)
    }

    // MARK: Dialogues

    /// The messages and presses of a person who is in this dialogue; see `DialogueState`.
    ///
    /// Commands that are declared above stay usable inside it, so `/cancel` belongs there.
    public mutating func dialogue<State: DialogueState>(
        _ type: State.Type, handler: @escaping @Sendable (_ ctx: Context, _ state: State) async throws -> Void
    ) {
        precondition(!dialogues.contains { $0.name == State.name }, "two dialogues with the name \(State.name)")
        dialogues.append(DialogueType(State.self))
        add(.dialogue(State.name), [.message, .callbackQuery]) { ctx in
            guard let state = ctx.dialogueState(of: State.self) else {
                ctx.endDialogue()
                try await ctx.reply(ctx.texts.dialogueExpired)
                return
            }
            try await handler(ctx, state)
        }
    }

    // MARK: Grouping

    /// Puts a middleware around all routes that are declared after it here.
    public mutating func use(_ middleware: some BotMiddleware) {
        self.middleware.append(middleware)
    }

    /// Puts a middleware around all routes that are declared after it here.
    public mutating func use(
        _ middleware: @escaping @Sendable (_ ctx: Context, _ next: Handler) async throws -> Void
    ) {
        self.middleware.append(ClosureMiddleware(body: middleware))
    }

    /// Routes whose middleware stays among them.
    public mutating func group(_ declare: (inout Routes) -> Void) {
        let outer = middleware
        declare(&self)
        middleware = outer
    }

    mutating func add(_ match: Route.Match, _ kinds: Set<UpdateKind>, _ handler: @escaping Handler) {
        var run = handler
        for layer in middleware.reversed() {
            let next = run
            run = { ctx in try await layer.handle(ctx, next: next) }
        }
        routes.append(Route(match: match, kinds: kinds, run: run))
    }
}
