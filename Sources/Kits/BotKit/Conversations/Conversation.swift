import FoundationEssentials
public import Markup
import Support
import Synchronization
import TelegramAPI

/// A conversation of several steps, written as if the person answered at once.
///
/// ```swift
/// bot.conversation("order", on: .command("order", "Order a shirt")) { talk in
///     let name = try await talk.ask("Your name?")
///     let size = try await talk.choose("Size?", ["S", "M", "L"])
///     try await talk.commit("order") { connection in try orders.insert(name, size, in: connection) }
///     try await talk.say("Thanks, \(name): \(size)")
/// }
/// ```
///
/// The code runs from its beginning each time the person answers. Steps that are done give what they gave, without
/// asking, sending or doing anything again; the first one that is not done goes on. What was done is kept in the
/// database, so neither a restart nor a new version of the bot loses a conversation, and one that waits costs nothing.
///
/// What is not a step runs again each time: read the clock, draw lots, write and call only inside `once` or `commit`.
/// Steps are told apart by their order, or by a `step` name of their own. Name the steps of a conversation that is to
/// outlive changes of its code: named steps may be moved, left out and added to.
public final class Conversation: Sendable {
    /// Why the code does not go on; thrown by every step from then on, and not to be caught.
    enum Signal: Error {
        /// A question waits for its answer.
        case paused
        /// The journal was written by other code.
        case changed
    }

    /// What the person did.
    enum Answer: Sendable {
        case message(Message)
        case press(Int)
    }

    /// The update that is being handled: the one that began the conversation, or the latest answer.
    public let ctx: Context
    /// What the conversation was begun with: the text after the command, or what `ctx.begin` was given.
    public let arguments: String
    /// The language at the beginning, which the conversation keeps.
    public let language: Language
    let definition: ConversationDefinition
    private let answer: Answer?

    private struct State {
        var replay: ConversationReplay
        var signal: Signal?
        var wait: Duration
    }

    private let state: Mutex<State>

    init(
        _ definition: ConversationDefinition, _ ctx: Context, _ journal: ConversationJournal, answer: Answer?
    ) {
        self.definition = definition
        self.ctx = ctx
        self.answer = answer
        arguments = journal.arguments
        language = journal.language
        let replay = ConversationReplay(
            journal, update: ctx.update.updateID, hasAnswer: answer != nil, build: ctx.core.configuration.build)
        state = Mutex(State(replay: replay, signal: nil, wait: definition.timeout))
    }

    // MARK: What the runner asks

    var signal: Signal? { state.withLock(\.signal) }
    var journal: ConversationJournal { state.withLock(\.replay.journal) }
    var hasAnswer: Bool { state.withLock(\.replay.hasAnswer) }
    var texts: ConversationTexts { ctx.core.configuration.texts[language].conversation }

    /// The journal as it is stored, with a change that is not made yet.
    func stored(_ change: (inout ConversationReplay) -> Void = { _ in }) throws -> StoredDialogue {
        var (replay, wait) = state.withLock { ($0.replay, $0.wait) }
        change(&replay)
        return try definition.store(replay.journal, until: ctx.core.time.now.adding(wait), ctx)
    }

    // MARK: Steps

    /// What a step is to do; the text is what the person sees of it.
    func meet(
        _ step: String?, _ kind: ConversationJournal.Kind, _ text: String?
    ) async throws -> (key: String, prompt: UInt32?, ConversationReplay.Step) {
        let prompt = text?.checksum
        let (key, outcome, isAdjusted) = try state.withLock { state in
            if let signal = state.signal { throw signal }
            let key = state.replay.key(of: step)
            let hadDropped = state.replay.hasDroppedQuestion
            let outcome = state.replay.meet(key, kind, prompt: prompt)
            return (key, outcome, state.replay.hasDroppedQuestion && !hadDropped)
        }
        if outcome == .changed { throw stop(.changed) }
        if isAdjusted { try await ctx.reply(texts.adjusted) }
        return (key, prompt, outcome)
    }

    /// Notes what a step gave; stored with the next effect or question.
    func record(_ key: String, _ kind: ConversationJournal.Kind, _ prompt: UInt32?, _ value: String) {
        state.withLock { $0.replay.record(key, kind, prompt: prompt, value: value) }
    }

    /// Stores how far it has come while the update is still being handled.
    func save() async throws { try await ctx.saveDialogue(try stored()) }

    func stop(_ signal: Signal) -> Signal {
        state.withLock { $0.signal = signal }
        return signal
    }

    /// What an answer turned out to be.
    enum Reading<Value> {
        case value(Value)
        /// Nothing that can be used; the person is told so and may answer again.
        case unclear(FormattedText)
    }

    /// A step that asks and waits.
    func question<Value: Codable & Sendable>(
        _ kind: ConversationJournal.Kind, _ step: String?, _ text: FormattedText, within wait: Duration?,
        keyboard: (_ number: Int) throws -> (any Keyboard)?, read: (Answer) async throws -> Reading<Value>
    ) async throws -> Value {
        let (key, prompt, outcome) = try await meet(step, kind, text.text)
        switch outcome {
        case .recorded(let json): return try decode(json)
        case .answered:
            guard let answer else { throw stop(.paused) }
            switch try await reading(answer, read) {
            case .value(let value):
                record(key, kind, prompt, try encode(value))
                return value
            case .unclear(let hint):
                try await send(hint, keyboard: nil)
                setWait(wait)
                throw stop(.paused)
            }
        case .waiting:
            setWait(wait)
            throw stop(.paused)
        case .new:
            let number = state.withLock { $0.replay.nextQuestion() }
            let message = try await send(text, keyboard: try keyboard(number) ?? prompting)
            state.withLock {
                $0.replay.ask(
                    .init(key: key, kind: kind, prompt: prompt ?? 0, number: number, message: message.messageID))
            }
            setWait(wait)
            throw stop(.paused)
        case .changed: throw stop(.changed)
        }
    }

    private func reading<Value>(
        _ answer: Answer, _ read: (Answer) async throws -> Reading<Value>
    ) async throws -> Reading<Value> {
        do {
            return try await read(answer)
        } catch let again as TryAgain {
            return .unclear(again.text)
        }
    }

    private func setWait(_ wait: Duration?) {
        if let wait { state.withLock { $0.wait = wait } }
    }

    func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode([value]), as: UTF8.self)
    }

    /// What a step gave; a value of another shape was written by other code.
    func decode<Value: Decodable>(_ json: String) throws -> Value {
        let values: [Value]
        do {
            values = try JSONDecoder().decode([Value].self, from: Data(json.utf8))
        } catch {
            throw stop(.changed)
        }
        guard let value = values.first else { throw stop(.changed) }
        return value
    }

    // MARK: Sending

    /// In groups a question opens the person's reply field, since a bot there sees little else than replies.
    private var prompting: (any Keyboard)? { isGroup ? ReplyPrompt(placeholder: nil, isSelective: true) : nil }

    private var isGroup: Bool { ctx.chat?.type == .group || ctx.chat?.type == .supergroup }

    /// Sends a text; in groups as a reply to the person.
    @discardableResult
    func send(_ text: FormattedText, keyboard: (any Keyboard)?) async throws -> Message {
        var options = SendOptions.standard
        if isGroup, let chat = ctx.chatID {
            let own = ctx.kind == .message ? ctx.message?.messageID : journal.origin
            options.replyTo = own.map { MessageReference(chat: chat, message: $0) }
        }
        return try await ctx.reply(text, keyboard: keyboard, options: options)
    }
}

/// Thrown while an answer is read: it cannot be used, for this reason.
public struct TryAgain: Error, Sendable {
    /// What the person is told.
    public let text: FormattedText

    /// The answer cannot be used.
    public init(_ text: FormattedText) { self.text = text }
}

extension Localized {
    /// The value in the language of a conversation.
    public subscript(talk: Conversation) -> Value { self[talk.language] }
}
