public import Markup
import Support
import Synchronization
import TelegramAPI

/// A message that tells how far something is; edited not more often than Telegram likes.
///
/// ```swift
/// let progress = try await ctx.progress("Looking…")
/// for step in steps { await progress.show("\(step.number) of \(steps.count)") }
/// try await progress.finish("Done")
/// ```
public final class ProgressMessage: Sendable {
    /// The shortest time between two edits.
    public static let interval = Duration.seconds(1.5)

    /// The message.
    public let reference: MessageReference
    private let sender: Sender
    private let time: any TimeSource
    private let logger: Logger

    private struct State {
        var shown: FormattedText
        var nextEdit: Duration
        var isFinished = false
    }

    private let state: Mutex<State>

    init(_ message: Message, text: FormattedText, sender: Sender, time: any TimeSource, logger: Logger) {
        reference = MessageReference(message)
        self.sender = sender
        self.time = time
        self.logger = logger
        state = Mutex(State(shown: text, nextEdit: time.uptime + Self.interval))
    }

    /// Shows a text, unless the last one is too recent; then it is left out, as a newer one will follow.
    ///
    /// A text that cannot be shown is no fault of the work, and is only logged.
    public func show(_ text: FormattedText) async {
        let now = time.uptime
        let isDue = state.withLock { state in
            guard !state.isFinished, now >= state.nextEdit, state.shown != text else { return false }
            state.shown = text
            state.nextEdit = now + Self.interval
            return true
        }
        guard isDue else { return }
        do {
            try await sender.edit(reference, text)
        } catch {
            logger.debug("progress is not shown", ["error": "\(error)"])
        }
    }

    /// Shows the last text; it is never left out.
    public func finish(_ text: FormattedText, keyboard: InlineKeyboard? = nil) async throws {
        state.withLock { $0.isFinished = true }
        try await sender.edit(reference, text, keyboard: keyboard)
    }

    /// Deletes the message, where the result speaks for itself.
    public func remove() async throws {
        state.withLock { $0.isFinished = true }
        try await sender.delete(reference)
    }
}

extension Context {
    /// Sends a message that tells how far something is.
    public func progress(_ text: FormattedText) async throws -> ProgressMessage {
        let message = try await reply(text)
        return ProgressMessage(message, text: text, sender: sender, time: core.time, logger: logger)
    }
}
