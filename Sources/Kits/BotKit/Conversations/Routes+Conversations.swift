import TelegramAPI

/// What begins a conversation.
public struct ConversationStart: Sendable {
    enum Trigger: Sendable {
        case command(String, Localized<String>?, CommandScope)
        case text(Localized<String>)
        case none
    }

    let trigger: Trigger

    /// A command, with its line in the menu; what is written after it is the conversation's `arguments`.
    public static func command(
        _ name: String, _ description: Localized<String>? = nil, scope: CommandScope = .everywhere
    ) -> ConversationStart { ConversationStart(trigger: .command(name, description, scope)) }

    /// A message with exactly this text: what a button of a reply keyboard sends.
    public static func text(_ label: Localized<String>) -> ConversationStart {
        ConversationStart(trigger: .text(label))
    }

    /// Only `ctx.begin`, from another route.
    public static let elsewhere = ConversationStart(trigger: .none)
}

extension Routes {
    /// A conversation of several steps; see `Conversation`.
    ///
    /// Commands of the bot stay usable inside it, `/cancel` ends it, and a command that begins another conversation
    /// takes its place. Declare it above routes that take any text. In groups it is with the person who began it, and
    /// their replies to the bot are the answers.
    ///
    /// - Parameters:
    ///   - name: What tells it from the bot's others, in the database too; at most 20 bytes.
    ///   - version: Raise it when conversations that are under way cannot go on with the new code.
    ///   - timeout: How long a question waits for its answer.
    ///   - tellsExpiry: Whether the bot says by itself, in a minute or so, when that time is up. After a time when it did
    ///     not run it says so at its start, except of what expired more than an hour before. Without it people hear of
    ///     it when they write next.
    public mutating func conversation(
        _ name: String, on start: ConversationStart, version: Int = 1, timeout: Duration = .seconds(86_400),
        tellsExpiry: Bool = true, _ body: @escaping @Sendable (_ talk: Conversation) async throws -> Void
    ) {
        let definition = ConversationDefinition(
            name: name, version: version, timeout: timeout, tellsExpiry: tellsExpiry, body: body)
        precondition(
            !name.isEmpty && name.utf8.count <= ConversationDefinition.nameLimit && !name.contains(":"),
            "a conversation's name is 1 to \(ConversationDefinition.nameLimit) bytes without colon: \(name)")
        precondition(conversations[name] == nil, "two conversations with the name \(name)")
        conversations[name] = definition
        let runner = ConversationRunner(definition: definition)
        switch start.trigger {
        case .command(let command, let description, let scope):
            self.command(command, description, scope: scope) { (ctx, arguments: String?) in
                try await runner.start(ctx, arguments: arguments ?? "")
            }
        case .text(let label): text(label) { ctx in try await runner.start(ctx, arguments: "") }
        case .none: break
        }
        let storedName = definition.storedName
        add(.test { $0.isInDialogue(storedName) && $0.isAnswer }, [.message]) { ctx in
            guard let message = ctx.message else { return }
            try await runner.take(message, ctx)
        }
        let tag = definition.tag
        add(.payload(tag), [.callbackQuery]) { ctx in
            guard let data = ctx.update.callbackQuery?.data,
                let press = try CallbackCoding.decode(ConversationPress.self, tag: tag, from: data)
            else { throw CallbackPayloadError.stale(type: tag) }
            try await runner.take(press, ctx)
        }
    }
}

extension Context {
    /// Begins a conversation that the bot has declared, from another route.
    public func begin(_ conversation: String, with arguments: String = "") async throws {
        guard let definition = core.conversations[conversation] else {
            preconditionFailure("no conversation is declared with the name \(conversation)")
        }
        try await ConversationRunner(definition: definition).start(self, arguments: arguments)
    }

    /// Whether a message may be an answer: no command of the bot's, and in a group a reply to the bot.
    var isAnswer: Bool {
        guard let message, !message.isService else { return false }
        if let command { return command.name == "cancel" || !core.routes.hasCommand(command.name) }
        guard message.chat.type == .group || message.chat.type == .supergroup else { return true }
        return message.replyToMessage?.from?.id.rawValue == core.bot
    }
}
