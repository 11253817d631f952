/// A link by which people join a chat.
struct InviteLink: Codable, Hashable, Sendable {
    var url: String
    var creator: Int64
    var name: String?
    var expires: Int64?
    /// How many may join by it.
    var limit: Int?
    /// Whether an administrator lets each person in.
    var asks = false
    var isPrimary = false
    var isRevoked = false
    var used = 0
    /// Seconds and Stars of a subscription.
    var period: Int64?
    var price: Int64?

    /// Whether nobody can join by it any more.
    func isSpent(at now: Int64) -> Bool {
        isRevoked || (expires.map { $0 <= now } ?? false) || (limit.map { used >= $0 } ?? false)
    }
}

/// Somebody's wish to be let into a chat.
struct JoinRequest: Codable, Hashable, Sendable {
    var date: Int64
    var link: String?
    var about: String?
}
