import FoundationEssentials
import Support

/// A declared conversation.
struct ConversationDefinition: Sendable {
    let name: String
    let version: Int
    let timeout: Duration
    let tellsExpiry: Bool
    let body: @Sendable (Conversation) async throws -> Void

    /// Longest name, so that its buttons keep room for their numbers.
    static let nameLimit = 20
    /// Steps beyond which a conversation is a mistake: each answer would run all of them again.
    static let stepLimit = 1000

    /// The name under which it is stored among the dialogues.
    var storedName: String { "conversation " + name }
    /// What the data of its buttons begin with.
    var tag: String { "~" + name }

    /// What is stored of a journal; `ctx` is that of the latest answer.
    func store(_ journal: ConversationJournal, until expires: Timestamp, _ ctx: Context) throws -> StoredDialogue {
        guard journal.entries.count <= Self.stepLimit else { throw EndlessConversation(name: name) }
        return StoredDialogue(
            name: storedName, version: version, json: Array(try JSONEncoder().encode(journal)), expires: expires,
            notice: tellsExpiry ? ctx.expiryNotice(in: journal.language, replyingTo: journal.origin) : nil)
    }

    /// The stored journal; nil for that of another conversation.
    func journal(of stored: StoredDialogue) -> ConversationJournal? {
        guard stored.name == storedName else { return nil }
        // A journal that does not decode was written by another version of the kit: the conversation starts over.
        return try? JSONDecoder().decode(ConversationJournal.self, from: Data(stored.json))
    }
}

/// A conversation that goes round in circles.
struct EndlessConversation: Error, CustomStringConvertible {
    let name: String
    var description: String {
        "the conversation “\(name)” has more than \(ConversationDefinition.stepLimit) steps"
    }
}

/// What a button of a question carries.
struct ConversationPress: Codable, Sendable {
    /// Who was asked.
    var person: Int64
    /// Which run of the conversation asked.
    var started: Int
    /// Which of its questions.
    var question: Int
    /// Which of the question's choices.
    var choice: Int
}
