/// A person or a bot, as others see it.
struct Account: Codable, Sendable {
    var id: Int64
    var isBot = false
    var firstName: String
    var lastName: String?
    var username: String?
    var language: String?
    var isDeactivated = false
    /// Newest first.
    var photos: [Media]?

    var name: String { lastName.map { "\(firstName) \($0)" } ?? firstName }
}

extension Account {
    /// Accounts that the service itself writes with.
    static let ofService: [Int64: Account] = [
        groupAnonymousBot: Account(
            id: groupAnonymousBot, isBot: true, firstName: "Group", username: "GroupAnonymousBot"),
        channelBot: Account(id: channelBot, isBot: true, firstName: "Channel", username: "Channel_Bot"),
    ]

    /// Stands for administrators who hide their names.
    static let groupAnonymousBot: Int64 = 1_087_968_824
    /// Stands for people who write in the name of a channel.
    static let channelBot: Int64 = 136_817_688
}

/// A bot's own side: its token, what it has told the service about itself, and how it takes updates.
struct Bot: Codable, Sendable {
    struct Command: Codable, Hashable, Sendable {
        var command: String
        var description: String
    }

    /// Texts by language code; the empty code is the default.
    typealias Localized = [String: String]

    var id: Int64
    var token: String
    var canJoinGroups = true
    /// Privacy mode: in groups the bot gets only what is meant for it.
    var isPrivate = true
    var supportsInline = true
    var names: Localized = [:]
    var descriptions: Localized = [:]
    var shortDescriptions: Localized = [:]
    /// Commands by scope key, then language.
    var commands: [String: [String: [Command]]] = [:]
    /// Private chats with the bot have topics.
    var hasTopics: Bool?
    /// The address of the Mini App that the bot's profile and its links open.
    var mainApp: String?
    /// Menu buttons as JSON, by user; 0 is the default.
    var menuButtons: [Int64: [UInt8]] = [:]
    var allowedUpdates: Set<String>?
    var webhook: Webhook?
    var isLoggedOut = false
    var stars: Int64 = 0
    var createdAt: Int64
    /// When the bot last came back after `close`.
    var startedAt: Int64?
    /// Rights that the bot proposes when it is made an administrator.
    var groupRights: [String]?
    var channelRights: [String]?
    /// Updates are numbered from a random start.
    var nextUpdate: Int64
}

/// A webhook as it was set, and what became of it.
struct Webhook: Codable, Hashable, Sendable {
    var url: String
    var secret: String?
    /// The address that the bot named.
    var address: String?
    /// The address that a connection was tried to.
    var resolved: String?
    var maximumConnections = 40
    var hasCertificate = false
    var lastErrorDate: Int64?
    var lastError: String?
}
