import Storage

/// How the bot tells somebody by itself that the time to answer is up.
struct ExpiryNotice: Hashable, Sendable {
    let language: Language
    /// The forum topic.
    var topic: Int?
    /// In groups the person's message that the notice replies to, so that it is plain who is meant.
    var message: Int?
}

extension ExpiryNotice {
    /// Reads language, topic and message, which stand side by side; nil where there is no language.
    init?(_ row: Storage.Row, at index: Int) throws {
        guard let language: String = try row.get(at: index) else { return nil }
        self.init(
            language: Language(tag: language) ?? .english, topic: try row.get(at: index + 1),
            message: try row.get(at: index + 2))
    }
}

extension Context {
    /// How the person is told when what is stored now expires; nil where a message of the bot's would not reach them
    /// where they talk to it.
    ///
    /// - Parameters:
    ///   - language: The language to tell it in; the person's otherwise.
    ///   - origin: In groups the message to reply to; the person's otherwise.
    func expiryNotice(in language: Language? = nil, replyingTo origin: Int? = nil) -> ExpiryNotice? {
        guard kind == .message || kind == .callbackQuery, message?.businessConnectionID == nil else { return nil }
        let isGroup = chat?.type == .group || chat?.type == .supergroup
        let own = kind == .message ? message?.messageID : nil
        let topic = message.flatMap { $0.isTopicMessage ? $0.messageThreadID : nil }
        return ExpiryNotice(
            language: language ?? self.language, topic: topic, message: isGroup ? origin ?? own : nil)
    }
}
