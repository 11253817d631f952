import Markup
import Support
import Synchronization
import TelegramAPI

/// A text that is shown while it is being written, as language models write it.
///
/// ```swift
/// bot.text { ctx, question in
///     try await ctx.stream { answer in
///         for try await piece in model.answer(to: question) { try await answer.append(piece) }
///     }
/// }
/// ```
///
/// The pieces are Markdown. In a private chat the person sees a draft, with a stop button where the configuration
/// offers one, elsewhere a message that is edited as often as the chat takes it. The last state always arrives, in as
/// many messages as it needs.
public final class TextStream: Sendable {
    private struct State {
        var plan: StreamPlan
        var isStopped = false
        var messages: [Message] = []
    }

    private let state: Mutex<State>
    private let nudge = Nudge()
    private let sender: Sender
    private let chat: ChatID
    private let canStop: Bool
    private let options: SendOptions
    private let time: any TimeSource
    private let logger: Logger
    private let editPace: StreamPlan.Pace

    init(
        to chat: ChatID, isPrivate: Bool, firstDraft: Int, canStop: Bool, sender: Sender, options: SendOptions,
        time: any TimeSource, logger: Logger
    ) {
        self.chat = chat
        self.canStop = canStop
        self.sender = sender
        self.options = options
        self.time = time
        self.logger = logger
        editPace = isPrivate ? .privateEdits : .groupEdits
        state = Mutex(
            State(
                plan: StreamPlan(
                    way: isPrivate ? .drafts : .edits, pace: isPrivate ? .drafts : .groupEdits, draftID: firstDraft)))
    }

    /// Whether the person has pressed stop.
    public var isStopped: Bool { state.withLock(\.isStopped) }

    /// Adds a piece of Markdown; it may end anywhere, also inside a mark.
    ///
    /// - Throws: `StreamStopped` once the person has pressed stop, `CancellationError`.
    public func append(_ piece: some StringProtocol) async throws {
        try Task.checkCancellation()
        let now = time.uptime
        let isStopped = state.withLock { state in
            if !state.isStopped { state.plan.append(piece, at: now) }
            return state.isStopped
        }
        if isStopped { throw StreamStopped() }
        nudge.wake()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    func finish() {
        state.withLock { $0.plan.finish() }
        nudge.wake()
    }

    /// The draft that is shown now, by which Telegram tells what was stopped.
    var draftID: Int { state.withLock { $0.plan.draftID } }

    /// Shows what there is until all was sent.
    func run() async throws -> [Message] {
        while true {
            try Task.checkCancellation()
            let now = time.uptime
            let action = state.withLock { $0.plan.next(at: now) }
            switch action {
            case .done: return state.withLock(\.messages)
            case .idle: await nudge.wait()
            case .wait(let moment): await nudge.wait(until: moment, time: time)
            case .draft, .send, .edit: try await perform(action)
            }
        }
    }

    private func perform(_ action: StreamPlan.Action) async throws {
        do throws(TelegramError) {
            switch action {
            case .draft(let id, let text): try await showDraft(id, text)
            case .send(let text): try await send(text)
            case .edit(let text, _): try await edit(text)
            case .wait, .idle, .done: return
            }
            let now = time.uptime
            state.withLock { $0.plan.succeeded(action, at: now) }
        } catch {
            try await handle(error, of: action)
        }
    }

    private func showDraft(_ id: Int, _ text: FormattedText) async throws(TelegramError) {
        var method = SendMessageDraft(chatID: chat, draftID: id)
        method.text = text.text
        method.entities = text.messageEntities
        method.messageThreadID = options.topic
        method.canStop = canStop ? true : nil
        try await sender.call(method)
    }

    private func send(_ text: FormattedText) async throws(TelegramError) {
        let isFirst = state.withLock(\.messages.isEmpty)
        var method = SendMessage(text, to: chat, options: options)
        if isFirst { method.replyParameters = options.replyParameters }
        let message = try await sender.call(method)
        state.withLock { $0.messages.append(message) }
    }

    private func edit(_ text: FormattedText) async throws(TelegramError) {
        guard let message = state.withLock({ $0.messages.last }) else { return }
        var method = EditMessageText(text: text.text)
        method.chatID = ChatTarget(message.chat.id)
        method.messageID = message.messageID
        method.entities = text.messageEntities
        method.linkPreviewOptions = options.linkPreview
        do throws(TelegramError) {
            try await sender.call(method)
        } catch {
            if error == .notModified { return }
            throw error
        }
    }

    /// Goes on in another way, waits, or gives up where nothing would help.
    private func handle(_ error: TelegramError, of action: StreamPlan.Action) async throws {
        logger.debug("a streamed text is not shown", ["error": .string("\(error)")])
        let now = time.uptime
        switch error {
        case .retryAfter(let duration, _):
            state.withLock { $0.plan.flooded(for: duration, at: now) }
            if action.mustArrive { try await time.sleep(for: duration) }
        case .unparsableEntities: state.withLock { $0.plan.markupRefused() }
        case .badRequest(let reason, _) where Self.isAboutMarkup(reason) && !state.withLock(\.plan.isPlain):
            state.withLock { $0.plan.markupRefused() }
        case .notFound(.message, _), .immutable: state.withLock { $0.plan.messageLost() }
        default:
            if error.isTransient {
                state.withLock { $0.plan.flooded(for: .seconds(1), at: now) }
                if action.mustArrive { try await time.sleep(for: .seconds(1)) }
            } else if case .draft = action, !error.isRefusal {
                let pace = editPace
                state.withLock { $0.plan.draftsRefused(pace: pace) }
            } else {
                throw error
            }
        }
    }

    private static func isAboutMarkup(_ reason: String) -> Bool {
        let reason = reason.lowercased()
        return reason.contains("entit") || reason.contains("markup")
    }
}

/// Thrown by `TextStream.append` once the person has pressed stop; what was written until then is sent.
public struct StreamStopped: Error, CustomStringConvertible {
    /// The fault in one line.
    public var description: String { "the person has stopped the answer" }
}

extension StreamPlan.Action {
    /// Whether the words must arrive whatever it takes.
    var mustArrive: Bool {
        switch self {
        case .send, .edit(_, isLast: true): true
        default: false
        }
    }
}

extension TelegramError {
    /// The chat cannot be written to at all.
    fileprivate var isRefusal: Bool {
        switch self {
        case .forbidden, .unauthorized, .notFound(.chat, _): true
        default: false
        }
    }
}
