/// Whose updates keep their order: a chat, or a person where an update belongs to no chat.
///
/// A private chat has the id of its person, so an inline query of a person is in one lane with the private chat.
/// Telegram itself orders each kind of update for itself only (a callback may overtake a message of the same chat).
struct LaneKey: Hashable, Sendable {
    /// What the number means.
    enum Space: UInt8, Sendable {
        case chat
        case poll
        case business
        case update
    }

    let space: Space
    let number: Int64

    init(_ space: Space, _ number: Int64) {
        self.space = space
        self.number = number
    }
}
