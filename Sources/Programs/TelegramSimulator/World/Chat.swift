/// The part a member plays in a chat.
struct Member: Codable, Equatable, Sendable {
    enum Role: String, Codable, Sendable {
        case creator, administrator, member, restricted, left, kicked

        var isAdministrator: Bool { self == .creator || self == .administrator }
        var isPresent: Bool { self != .left && self != .kicked }
    }

    var role: Role
    var title: String?
    /// Rights that an administrator lacks or a restricted member has lost, by their wire names.
    var denied: Set<String> = []
    var until: Int64 = 0
    /// Whether an administrator writes in the name of the group.
    var hidesName: Bool?
    /// Who made the member an administrator; only they and the owner may change it.
    var promoter: Int64?
    /// What stands beside an ordinary member's name.
    var tag: String?

    var isAnonymous: Bool { hidesName == true && role.isAdministrator }
}

/// The keyboard below the input field of one person in a chat.
struct ReplyKeyboard: Codable, Sendable {
    var message: Int
    var isForceReply = false
    var rows: [[KeyboardButton]] = []
    var resizes = false
    var isOneTime = false
    var isPersistent = false
    var placeholder: String?
}

/// What a bot is doing in a chat at the moment.
struct ChatAction: Codable, Sendable {
    var account: Int64
    var action: String
    var until: Int64
}

/// A chat with its messages.
struct Chat: Codable, Sendable {
    enum Kind: String, Codable, Sendable { case dialog = "private", group, supergroup, channel }

    var key: ChatKey
    /// The id as bots see it: the person's for a private chat.
    var id: Int64
    var kind: Kind
    var title = ""
    var username: String?
    var about: String?
    var members: [Int64: Member] = [:]
    var memberOrder: [Int64] = []
    /// Rights that ordinary members lack.
    var denied: Set<String> = []
    var isProtected = false
    var lastMessage = 0
    /// Messages by id, from 1; deleted ones are `nil`.
    var messages: [Message?] = []
    /// Newest first.
    var pinned: [Int] = []
    var unread: [Int64: Int] = [:]
    var keyboards: [Int64: ReplyKeyboard] = [:]
    /// Basic groups: the owner has ended it.
    var isDeleted: Bool?
    var migratedTo: Int64?
    var migratedFrom: Int64?
    /// Private chats: the person has written to the bot.
    var isStarted = false
    /// Private chats: the person has blocked the bot.
    var isBlocked = false
    var action: ChatAction?
    var lastActivity: Int64 = 0
    var photo: Media?
    /// Links that people join by, oldest first.
    var links: [InviteLink]?
    /// People who ask to be let in.
    var requests: [Int64: JoinRequest]?
    /// Chats in whose name nobody may write here.
    var bannedSenders: Set<Int64>?
    /// Supergroups: messages stand in topics.
    var isForum: Bool?
    var topics: [Int: Topic]?
    /// What people reached in a game of a bot, whichever message they began it from.
    var scores: [String: [Int64: Int64]]?

    private enum CodingKeys: String, CodingKey {
        case key, id, kind, title, username, about, members, memberOrder, denied, isProtected, lastMessage, pinned,
            unread
        case keyboards, migratedTo, migratedFrom, isStarted, isBlocked, lastActivity, photo, links, requests,
            bannedSenders, isForum, topics, isDeleted, scores
    }

    init(key: ChatKey, id: Int64, kind: Kind) {
        self.key = key
        self.id = id
        self.kind = kind
    }

    func message(_ id: Int) -> Message? { id > 0 && id <= messages.count ? messages[id - 1] : nil }

    /// The newest message that still exists.
    var newest: Message? { messages.last { $0 != nil } ?? nil }
}
