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

    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    init(name: String, version: Int, json: [UInt8], expires: Timestamp) {
        self.name = name
        self.version = version
        self.json = json
        self.expires = expires
    }

    /// Writes a state.
    init<State: DialogueState>(_ state: State, now: Timestamp) throws {
        name = State.name
        version = State.version
        json = Array(try Self.encoder.encode(state))
        expires = now.adding(State.timeout)
    }

    /// Reads the state; nil where it has expired or was stored by a version that this one cannot read.
    func state<State: DialogueState>(of type: State.Type, now: Timestamp) -> State? {
        guard name == State.name, expires > now else { return nil }
        guard version == State.version else { return State.upgrade(json, from: version) }
        // A state that does not decode is one of another shape under the same version: the dialogue starts over.
        return try? Self.decoder.decode(State.self, from: Data(json))
    }
}
