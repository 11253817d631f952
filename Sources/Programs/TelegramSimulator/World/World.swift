/// Everything the service knows, with the rules that change it.
///
/// A value without I/O: calls and people's actions mutate it and leave their effects to be carried out by
/// the shell that owns it. The shell sets ``milliseconds`` before each turn.
struct World: Sendable {
    /// How strict the service is.
    struct Options: Codable, Sendable {
        /// A well-formed token that nobody knows makes a bot.
        var isOpen = true
        /// Webhooks and web apps may be plain HTTP on this machine.
        var allowsLoopback = true
        /// The rules of a self-hosted server: files up to 2000 MB, any webhook address.
        var isLocal = false
        /// Where a self-hosted server keeps its files; what `getFile` answers begins with it.
        var filesDirectory: String?

        var maximumUpload: Int { isLocal ? 2000 << 20 : 50 << 20 }
        var maximumDownload: Int { isLocal ? .max : 20 << 20 }
    }

    var options: Options
    var dealer: Dealer
    /// Milliseconds since 1970, set by the owner before each turn.
    var milliseconds: Int64 = 0
    /// Seconds since 1970.
    var now: Int64 { milliseconds / 1000 }

    var accounts: [Int64: Account] = [:]
    var accountOrder: [Int64] = []
    var bots: [Int64: Bot] = [:]
    var tokens: [String: Int64] = [:]
    /// Public names in lower case.
    var names: [String: Int64] = [:]
    var chats: [ChatKey: Chat] = [:]
    /// The shared chats of an account.
    var memberships: [Int64: Set<Int64>] = [:]
    var polls: [String: Poll] = [:]
    var files: [StoredFile] = []
    var fileNumbers: [String: Int] = [:]
    var filePaths: [String: Int] = [:]
    var uniqueFiles: [String: Int] = [:]
    /// What each file was sent as.
    var mediaByFile: [Int: Media] = [:]
    var queues: [Int64: UpdateQueue] = [:]
    /// Polls that close by themselves.
    var closings = Closings()
    /// Bans and restrictions that end by themselves, as `chat:account`.
    var releases = Closings()
    var pending = PendingQueries()
    var payments: [String: PaidCharge] = [:]
    /// Bills that links lead to, by the link's end; forgotten with the process.
    var bills: [String: Invoice] = [:]
    /// What Mini Apps keep, by private chat; forgotten with the process.
    var appStorage: [ChatKey: [String: String]] = [:]
    /// Where messages sent in inline mode are.
    var inlineMessages: [String: MessagePlace] = [:]
    var limiter = FloodLimiter()

    var effects = Effects()
    var tracksChanges = false

    init(options: Options, seed: UInt64) {
        self.options = options
        dealer = Dealer(seed: seed)
    }
}

/// A message and its chat.
struct MessagePlace: Codable, Hashable, Sendable {
    var chat: ChatKey
    var message: Int
}

/// The moments at which something ends by itself: polls, bans.
struct Closings: Sendable {
    private var dates: [String: Int64] = [:]
    /// The first of the moments; the largest number where there is none.
    private(set) var soonest = Int64.max

    mutating func add(_ name: String, at date: Int64) {
        dates[name] = date
        soonest = min(soonest, date)
    }

    /// Takes what has come due, the earliest first.
    mutating func take(until now: Int64) -> [String] {
        guard soonest <= now else { return [] }
        let due = dates.filter { $0.value <= now }
        for poll in due.keys { dates[poll] = nil }
        soonest = dates.values.min() ?? .max
        return due.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }
}

/// A payment that can be refunded.
struct PaidCharge: Codable, Sendable {
    var user: Int64
    var bot: Int64
    var payment: Payment
    var isRefunded = false
    var date: Int64
    /// How many payments were before.
    var number: Int?
    var refundedAt: Int64?
    /// Media were paid, not a bill.
    var isForMedia: Bool?
}

/// What a turn leaves to be done outside the world.
struct Effects: Sendable {
    /// Bots whose queue has grown.
    var wakes: Set<Int64> = []
    var events: [WorldEvent] = []
    /// Records to write to the state store.
    var changes: Set<RecordKey> = []
}

/// A record of the state store.
enum RecordKey: Hashable, Sendable {
    case account(Int64)
    case bot(Int64)
    case chat(ChatKey)
    case message(ChatKey, Int)
    case poll(String)
    case file(Int)
    case update(Int64, Int64)
    case payment(String)
    case place(String)
    case meta
    /// All of it is new.
    case everything
}

/// Something that people with a page open want to see.
enum WorldEvent: Sendable {
    case message(MessagePlace)
    case edit(MessagePlace)
    case delete(ChatKey, [Int])
    case action(ChatKey)
    case keyboard(ChatKey, Int64)
    case chat(ChatKey)
    case user(Int64)
    case draft(ChatKey, Draft)
    /// Wire-ready data for one person.
    case personal(String, user: Int64, [UInt8])
    /// An update that was queued.
    case update(bot: Int64, [UInt8])
    case reset
}

/// A message in the making, shown to the person it is for.
struct Draft: Sendable {
    var id: Int64
    var bot: Int64
    var text: FormattedText
    var until: Int64
    /// The person sees a stop button (Bot API 10.3).
    var canStop = false
    /// What was stopped stays on the screen until it would vanish anyway.
    var staysWhenStopped = false
}
