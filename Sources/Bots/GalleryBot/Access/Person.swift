internal import Support
internal import TelegramAPI

/// Somebody whom the owner has let in, or turned away, while the bot runs.
struct Person: Equatable, Sendable {
    /// What the owner decided.
    enum Status: String, Sendable {
        case allowed
        case denied
    }

    var id: UserID
    var name: String
    /// Without `@`.
    var username: String?
    var status: Status
    var since: Timestamp
    /// The owner who decided, or who made the invitation.
    var addedBy: UserID?
    /// The invitation by which they came, as the start of its hash.
    var invitation: String?
}
