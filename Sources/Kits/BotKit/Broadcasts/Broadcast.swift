public import Storage
public import Support

/// The number of a broadcast.
public struct BroadcastID: RawRepresentable, Hashable, Comparable, Sendable, SQLBindable, SQLReadable {
    /// The number.
    public var rawValue: Int64

    /// Makes an id of a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Older broadcasts come first.
    public static func < (left: BroadcastID, right: BroadcastID) -> Bool { left.rawValue < right.rawValue }
}

/// Where a broadcast stands.
public enum BroadcastState: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    /// It is being sent whenever the bot runs.
    case running
    /// Somebody has stopped it, or Telegram refuses its message whoever it is for; `resume` goes on.
    case paused
    /// It was called off; those who had not got it will not.
    case cancelled
    /// Everybody has got it who can.
    case finished
}

/// How far a broadcast has come.
public struct BroadcastProgress: Sendable, Equatable {
    /// The broadcast.
    public var id: BroadcastID
    /// Where it stands.
    public var state: BroadcastState
    /// Why it was paused, where nobody asked for it.
    public var reason: String?
    /// Chats that it is for.
    public var total: Int
    /// Chats that have got it.
    public var sent: Int
    /// Chats that the bot cannot write to any more: blocked, deactivated, kicked.
    public var unreachable: Int
    /// Chats that it could not be sent to for another reason; `failures` tells which.
    public var failed: Int
    /// Chats that may have got it twice, since nobody knew whether the first time had arrived.
    public var repeated: Int
    /// How long it will take at the rate that is allowed now; nil where it does not run or nothing limits it.
    public var timeLeft: Duration?
    /// When it was started.
    public var created: Timestamp
    /// When it was finished or called off.
    public var finished: Timestamp?

    /// Chats that have still to get it.
    public var remaining: Int { max(0, total - sent - unreachable - failed) }
}

/// Whom a broadcast is for; who is named twice gets it once.
public enum BroadcastAudience: Sendable {
    /// These chats.
    case chats([ChatID])
    /// The first column of a query: `.query("SELECT chat FROM subscribers WHERE wants_news = 1")`.
    case query(SQL)
}

/// Why a message cannot be broadcast.
public enum BroadcastError: Error, Equatable, CustomStringConvertible {
    /// Bytes cannot be stored for later; send the file once and use its `file_id`.
    case hasFiles
    /// The method has no `chat_id`.
    case noChat(method: String)
    /// The text is longer than one message.
    case textTooLong(Int)

    /// The fault in one line, with the remedy.
    public var description: String {
        switch self {
        case .hasFiles: "a broadcast sends files by their file_id or URL"
        case .noChat(let method): "\(method) is not sent to a chat"
        case .textTooLong(let length): "a text of \(length) characters; a broadcast is one message of at most 4096"
        }
    }
}
