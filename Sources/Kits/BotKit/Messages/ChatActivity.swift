import Support
public import TelegramAPI

extension Context {
    /// Shows that the bot is typing, or does something else, for as long as the work takes.
    ///
    /// Telegram shows an action for 5 seconds; it is repeated until the work ends, whether well or not.
    public func typing<Result: Sendable>(
        _ action: ChatAction = .typing, while work: () async throws -> Result
    ) async rethrows -> Result {
        guard let chatID else { return try await work() }
        var method = SendChatAction(chatID: ChatTarget(chatID), action: action)
        if let message, message.isTopicMessage { method.messageThreadID = message.messageThreadID }
        let (sender, time, logger) = (sender, core.time, logger)
        let repeating = Task { [method] in
            while !Task.isCancelled {
                do {
                    try await sender.call(method)
                    try await time.sleep(for: .seconds(4))
                } catch {
                    // An action is a courtesy: the first one that fails is the last.
                    if !Task.isCancelled { logger.debug("chat action ended", ["error": "\(error)"]) }
                    return
                }
            }
        }
        defer { repeating.cancel() }
        return try await work()
    }
}
