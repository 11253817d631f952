public import Storage
public import Support
import Synchronization
public import TelegramAPI

/// One update while it is handled: who sent it, and what can be done about it.
public final class Context: Sendable {
    /// The update as Telegram sent it.
    public let update: Update
    let core: BotCore
    let facts: UpdateFacts
    /// The command that the message begins with.
    let command: CommandCall?
    /// The message is a command that names another bot.
    let isForAnotherBot: Bool
    /// When the update came in.
    private let received: Timestamp
    /// The updates of an album's parts; empty for what is no album.
    private let parts: [Update]

    private struct State {
        var isAnswered = false
        var isMarked = false
        /// The dialogue or conversation that the person is in, as it is stored.
        var dialogue: StoredDialogue?
        /// A change of dialogue that waits for the transaction.
        var pending: PendingDialogue?
    }

    enum PendingDialogue: Sendable {
        case none
        case state(StoredDialogue)

        var stored: StoredDialogue? {
            if case .state(let stored) = self { stored } else { nil }
        }
    }

    private let state: Mutex<State>

    init(
        _ update: Update, _ facts: UpdateFacts, core: BotCore, received: Timestamp? = nil, album: [Update] = [],
        dialogue: StoredDialogue? = nil
    ) {
        state = Mutex(State(dialogue: dialogue))
        parts = album
        self.received = received ?? core.time.now
        self.update = update
        self.core = core
        self.facts = facts
        if facts.kind == .message, let text = facts.message?.text, text.utf8.first == UInt8(ascii: "/") {
            switch CommandCall.parse(text, bot: core.identity?.username) {
            case .command(let call): (command, isForAnotherBot) = (call, false)
            case .forAnotherBot: (command, isForAnotherBot) = (nil, true)
            case .noCommand: (command, isForAnotherBot) = (nil, false)
            }
        } else {
            (command, isForAnotherBot) = (nil, false)
        }
    }

    // MARK: What it is about

    /// The kind of the update.
    public var kind: UpdateKind { facts.kind }
    /// The message that came, or that a pressed button stands under.
    public var message: Message? { facts.message }
    /// The messages of an album in order; empty for what is no album.
    public var album: [Message] { parts.compactMap(\.message) }
    /// Whether it stands for an album.
    var isAlbum: Bool { !parts.isEmpty }
    /// The numbers of the updates that are handled together: one, or those of an album's parts.
    var updateIDs: [Int64] { parts.isEmpty ? [Int64(update.updateID)] : parts.map { Int64($0.updateID) } }
    /// The chat, where the update belongs to one.
    public var chat: Chat? { facts.chat }
    /// The person who caused the update; anonymous administrators and channels have none.
    public var user: User? { facts.user }
    /// The message's text, or the caption below a file.
    public var text: String? { message?.text ?? message?.caption }
    /// Where a reply goes: the chat, or the private chat with the person.
    public var chatID: ChatID? { chat?.id ?? user.map { ChatID($0.id) } }
    /// What to call the person.
    public var name: String { user?.firstName ?? chat?.title ?? "" }
    /// The language to speak: the person's choice, else that of their Telegram, else the bot's.
    public var language: Language {
        if let user {
            if let chosen = core.people.language(of: user.id.rawValue) { return chosen }
            if let own = user.languageCode.flatMap(Language.init(tag:)) { return own }
        }
        return core.configuration.defaultLanguage
    }
    /// What follows the command `/start`: the payload of a link that the person came by.
    public var startPayload: String? {
        guard let command, command.name == "start", !command.arguments.isEmpty else { return nil }
        return String(command.arguments)
    }

    // MARK: What it can use

    /// The number of this update in logs: of bot and update.
    public var trace: String { traceID.description }
    var traceID: TraceID { TraceID(bot: core.bot, update: Int64(update.updateID)) }
    /// A log whose lines carry the trace id and the chat.
    public var logger: Logger {
        var fields: [String: LogValue] = ["trace": .string(trace)]
        if let chatID { fields["chat"] = .integer(chatID.rawValue) }
        return core.logger.with(fields)
    }
    /// The clock.
    public var time: any TimeSource { core.time }
    /// The bot's database.
    public var database: any Database { core.database }
    /// Sends to any chat.
    public var sender: Sender { core.sender }
    /// Who the bot is.
    public var bot: BotIdentity? { core.identity }
    /// Messages that replace each other.
    public var messages: MessageManager { MessageManager(core: core) }
    /// Messages to many chats.
    public var broadcasts: Broadcasts { Broadcasts(core: core) }
    /// What BotKit says, in the person's language.
    var texts: KitTexts { core.configuration.texts[language] }

    /// Remembers the language that the person chose; nil goes back to that of their Telegram.
    public func setLanguage(_ language: Language?) async throws {
        guard let user else { return }
        try await core.people.setLanguage(language, of: user.id.rawValue, in: core.database)
    }

    // MARK: State

    /// Writes state, new jobs and the mark that this update is handled in one transaction.
    ///
    /// After a crash the update is not handled again, so what is written here happens once. A dialogue's new state
    /// that was set before is in the same transaction.
    @discardableResult
    public func commit<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let pending = state.withLock(\.pending)
        let key = dialogueKey
        let (core, updateIDs, now) = (core, updateIDs, core.time.now)
        let value = try await core.database.write { connection in
            try core.givenUp.check(updateIDs)
            try core.marks.write(in: connection)
            let value = try body(connection)
            if let pending, let key { try core.dialogues.save(pending.stored, for: key, in: connection) }
            for updateID in updateIDs { try core.inbox.mark(updateID, now: now, in: connection) }
            return value
        }
        state.withLock { state in
            if let pending { state.dialogue = pending.stored }
            state.pending = nil
            state.isMarked = true
        }
        if let pending, let key { core.dialogues.remember(pending.stored, for: key) }
        return value
    }

    /// Writes what is still to be written when the handler is done; true where the update is marked now.
    func finish() async throws -> Bool {
        let (isPending, isMarked) = state.withLock { ($0.pending != nil, $0.isMarked) }
        if isPending { try await commit { _ in } }
        return isPending || isMarked
    }

    var isMarked: Bool { state.withLock(\.isMarked) }

    // MARK: Dialogues

    private var dialogueKey: DialogueKey? { facts.dialogueKey }

    /// Begins a dialogue or moves it on; stored when the handler is done, or with `commit`.
    public func go(to dialogue: some DialogueState) {
        guard dialogueKey != nil else {
            logger.warning("no person to have a dialogue with")
            return
        }
        do {
            let stored = try StoredDialogue(dialogue, now: core.time.now, notice: expiryNotice())
            state.withLock { $0.pending = .state(stored) }
        } catch {
            logger.error("a dialogue's state cannot be written", ["error": "\(error)"])
        }
    }

    /// Ends the dialogue that the person is in, if any.
    public func endDialogue() {
        state.withLock { state in
            if state.dialogue != nil || state.pending != nil { state.pending = PendingDialogue.none }
        }
    }

    /// The dialogue or conversation that the person is in, as it is stored.
    var storedDialogue: StoredDialogue? { state.withLock(\.dialogue) }

    /// Sets the state that is stored together with the mark that the update is handled.
    func setDialogue(_ stored: StoredDialogue) {
        guard dialogueKey != nil else { return logger.warning("no person to have a dialogue with") }
        state.withLock { $0.pending = .state(stored) }
    }

    /// Stores a state at once, while the update is still being handled.
    func saveDialogue(_ stored: StoredDialogue?) async throws {
        try await saveDialogue { _ in ((), stored) }
    }

    /// Writes something and a state in one transaction, while the update is still being handled.
    func saveDialogue<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> (Value, StoredDialogue?)
    ) async throws -> Value {
        let (core, key, updateIDs) = (core, dialogueKey, updateIDs)
        let (value, stored) = try await core.database.write { connection in
            try core.givenUp.check(updateIDs)
            try core.marks.write(in: connection)
            let (value, stored) = try body(connection)
            if let key { try core.dialogues.save(stored, for: key, in: connection) }
            return (value, stored)
        }
        if let key {
            state.withLock { $0.dialogue = stored }
            core.dialogues.remember(stored, for: key)
        }
        return value
    }

    func isInDialogue(_ name: String) -> Bool { storedDialogue?.name == name }

    func dialogueState<Dialogue: DialogueState>(of type: Dialogue.Type) -> Dialogue? {
        storedDialogue?.state(of: type, at: moment)
    }

    /// When the person did it: what is said in time is an answer, however late it is handled.
    ///
    /// Telegram keeps what is said to a bot that is away, and tells of messages when it got them.
    var moment: Timestamp {
        guard kind == .message, let message else { return received }
        return min(received, Timestamp(seconds: Int64(message.date)))
    }

    // MARK: Presses

    /// Notes that the press is answered; false where it was already.
    func takeAnswer() -> Bool {
        state.withLock { state in
            defer { state.isAnswered = true }
            return !state.isAnswered
        }
    }
}

extension Localized {
    /// The value in the language of the person.
    public subscript(ctx: Context) -> Value { self[ctx.language] }
}
