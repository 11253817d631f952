/// A part of a forum, or of a private chat with a bot that has topics.
struct Topic: Codable, Hashable, Sendable {
    /// The number of the message that began it; 1 is the part that every forum has.
    var id: Int
    var name: String
    var color: Int64
    var icon: String?
    var creator: Int64
    var isClosed = false
    var isHidden = false

    static let general = 1
    /// The colours that a topic's sign may have (`createForumTopic`).
    static let colors: [Int64] = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047]
}

extension Chat {
    func topic(_ id: Int) -> Topic? { topics?[id] }
}

extension World {
    /// Whether a chat has topics: a forum, or the private chat of a bot that keeps them.
    func hasTopics(_ key: ChatKey) -> Bool {
        switch key {
        case .dialog(let bot, _): bots[bot]?.hasTopics == true
        case .shared: chats[key]?.isForum == true
        }
    }

    /// The topic that `message_thread_id` names, checked for what a bot may do there; nil where it names none.
    func thread(_ arguments: Arguments, in key: ChatKey, for bot: Int64) throws(APIError) -> Int? {
        let id = Int(clamping: arguments.int64("message_thread_id"))
        guard id != 0 else {
            if chats[key]?.isForum == true { try checkOpen(Topic.general, in: key, for: bot) }
            return nil
        }
        guard hasTopics(key), id != Topic.general, chats[key]?.topic(id) != nil else {
            throw .badRequest("message thread not found")
        }
        try checkOpen(id, in: key, for: bot)
        return id
    }

    private func checkOpen(_ id: Int, in key: ChatKey, for account: Int64) throws(APIError) {
        guard chats[key]?.topic(id)?.isClosed == true else { return }
        let isAllowed =
            isAdministrator(account, in: key, with: "can_manage_topics")
            || chats[key]?.topic(id)?.creator == account
        if !isAllowed { throw .badRequest("TOPIC_CLOSED") }
    }

    /// Makes a group a forum, with the topic that every forum has.
    mutating func makeForum(_ key: ChatKey) {
        editChat(key) { chat in
            chat.isForum = true
            chat.topics = [
                Topic.general: Topic(id: Topic.general, name: "General", color: Topic.colors[0], creator: 0)
            ]
        }
    }
}
