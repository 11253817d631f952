import FoundationEssentials
import Support

/// Who is in a dialogue.
struct DialogueKey: Hashable, Sendable {
    let chat: Int64
    let user: Int64
}

extension UpdateFacts {
    /// Whose dialogue the update belongs to: the person's in the chat, or in their private chat where there is none.
    var dialogueKey: DialogueKey? {
        guard let user else { return nil }
        return DialogueKey(chat: chat?.id.rawValue ?? user.id.rawValue, user: user.id.rawValue)
    }
}

/// A state as it is stored.
struct StoredDialogue: Hashable, Sendable {
    let name: String
    let version: Int
    let json: [UInt8]
    let expires: Timestamp
    /// How the person is told by the bot itself that it has expired; nil where that is left until they come back.
    var notice: ExpiryNotice?

    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    init(name: String, version: Int, json: [UInt8], expires: Timestamp, notice: ExpiryNotice? = nil) {
        self.name = name
        self.version = version
        self.json = json
        self.expires = expires
        self.notice = notice
    }

    /// Writes a state.
    init<State: DialogueState>(_ state: State, now: Timestamp, notice: ExpiryNotice? = nil) throws {
        name = State.name
        version = State.version
        json = Array(try Self.encoder.encode(state))
        expires = now.adding(State.timeout)
        self.notice = State.tellsExpiry ? notice : nil
    }

    /// Reads the state; nil where it had expired at a moment, or was stored by a version that this one cannot read.
    func state<State: DialogueState>(of type: State.Type, at moment: Timestamp) -> State? {
        guard name == State.name, expires > moment else { return nil }
        guard version == State.version else { return State.upgrade(json, from: version) }
        // A state that does not decode is one of another shape under the same version: the dialogue starts over.
        return try? Self.decoder.decode(State.self, from: Data(json))
    }
}
