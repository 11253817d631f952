import Markup
public import TelegramAPI

extension Context {
    /// Shows a text while it is being written, and gives the messages that it has become.
    ///
    /// When the person presses stop, what was written until then is sent, and `append` throws `StreamStopped`, which
    /// ends here. Another error of `body` goes on after what was written has arrived.
    @discardableResult
    public func stream(
        options: SendOptions = .standard, _ body: (_ stream: TextStream) async throws -> Void
    ) async throws -> [Message] {
        guard let chatID else { throw NoChatError(kind: kind) }
        var options = options
        if options.topic == nil, let message, message.isTopicMessage { options.topic = message.messageThreadID }
        let streams = core.streams
        let stream = TextStream(
            to: chatID, isPrivate: chat.map { $0.type == .private } ?? true,
            firstDraft: streams.firstDraft(seed: Int64(update.updateID)),
            canStop: core.configuration.offersStop, sender: sender, options: options,
            time: core.time, logger: logger)
        streams.add(stream, in: chatID)
        defer { streams.remove(stream, in: chatID) }
        let showing = Task { try await stream.run() }
        return try await withTaskCancellationHandler {
            do {
                try await body(stream)
            } catch is StreamStopped {
                logger.info("the person has stopped the answer")
            } catch {
                stream.finish()
                _ = try await showing.value
                throw error
            }
            stream.finish()
            return try await showing.value
        } onCancel: {
            showing.cancel()
        }
    }
}
