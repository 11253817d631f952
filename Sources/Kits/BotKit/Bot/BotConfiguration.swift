public import Storage
public import Support
public import TelegramAPI

/// How a bot runs.
public struct BotConfiguration: Sendable {
    /// How updates come in.
    public enum Source: Sendable {
        /// The bot asks Telegram.
        case polling
        /// Telegram calls the bot; its `webhook` stands in the router of an HTTP server.
        case webhook(WebhookConfiguration)
    }

    /// How updates come in.
    public var source: Source = .polling
    /// Telegram's server, a local Bot API server, or a simulator.
    public var apiURL = "https://api.telegram.org"
    /// Handlers that run at once; a chat never has more than one.
    public var concurrency = 64
    /// Updates in memory, beyond which no more are fetched.
    public var capacity = 4096
    /// How often a handler is begun again that ended the whole program, before its update is set aside.
    public var attempts = 3
    /// How long a handler may run before it is cancelled and its chat goes on; nil for ever.
    public var handlerLimit: Duration? = .seconds(300)
    /// Told of each update that could not be handled, beside log, metrics and a message to the owners.
    public var troubled: (@Sendable (UpdateTrouble) async -> Void)?
    /// How long handled updates are remembered; Telegram may deliver one again for 24 hours.
    public var retention = Duration.seconds(48 * 3600)
    /// Flood control and repeats.
    public var sending = SendingPolicy()
    /// The language of people whose own is not spoken.
    public var defaultLanguage = Language.english
    /// What BotKit itself says.
    public var texts = KitTexts.standard
    /// Called when a chat moved or cannot be reached, so that the bot can rewrite its rows.
    public var chatChanged: (@Sendable (ChatChange) async -> Void)?
    /// Called in the transaction that takes an unreachable chat off a broadcast: the bot's own list loses it with it.
    public var chatPruned: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)?
    /// Kinds of update to ask for beside those of the routes.
    public var additionalKinds: Set<UpdateKind> = []
    /// See every call to Telegram, outermost first: record, change, answer.
    public var interceptors: [any TelegramInterceptor] = []
    /// Shows in the command menu; off where somebody else sets it.
    public var setsCommands = true
    /// Who sees the commands of the scope `owners`, and is told when updates cannot be handled.
    public var owners: [UserID] = []
    /// Drafts of streamed texts have a stop button (Bot API 10.3); the presses are asked for too.
    public var offersStop = false
    /// How long after a part of an album nothing may come for the album to be whole.
    public var albumPause = Duration.seconds(1)
    /// Writes updates and calls into a file.
    public var recorder: Recorder?
    /// Answers calls in place of Telegram.
    package var standIn: (any TelegramInterceptor)?
    /// Which build of the program runs; conversations that another one began are looked at twice.
    var build = ProgramBuild.current
    var polling = PollerState.Rules()
    /// Stand where the wire is, below the rules of sending: for tests and measurements.
    package var transports: [any TelegramInterceptor] = []

    /// The defaults: polling Telegram's cloud.
    public init() {}

    /// How long Telegram holds a poll open: up to 50 s.
    public var longPoll: Duration {
        get { polling.longPoll }
        set { polling.longPoll = newValue }
    }

    /// Lets handlers and polls take as long as they like: a clock that a test turns by hours would find them hanging.
    public mutating func liftTimeLimits() {
        handlerLimit = nil
        polling.grace = nil
    }
}

/// Where Telegram calls the bot.
public struct WebhookConfiguration: Sendable {
    /// The public URL: HTTPS, on port 443, 80, 88 or 8443.
    public var url: String
    /// Sent along by Telegram in each call: 1 to 256 letters, digits, `_` and `-`.
    public var secret: Secret
    /// Calls at once, 1 to 100.
    public var maximumConnections: Int
    /// Largest body that is read, in bytes.
    public var maximumBodyBytes: Int

    /// A webhook.
    public init(url: String, secret: Secret, maximumConnections: Int = 40, maximumBodyBytes: Int = 1 << 20) {
        self.url = url
        self.secret = secret
        self.maximumConnections = maximumConnections
        self.maximumBodyBytes = maximumBodyBytes
    }
}
