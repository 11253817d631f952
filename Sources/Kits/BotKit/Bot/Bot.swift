public import HTTPClient
public import Storage
public import Support
import Synchronization
public import TelegramAPI

/// A bot: its routes, its database and its connection to Telegram.
///
/// ```swift
/// let bot = try Bot(token: token, database: database) { bot in
///     bot.command("start", "Say hello") { ctx in
///         try await ctx.reply("Hello, \(bold: ctx.name)!")
///     }
/// }
/// try await bot.run()
/// ```
public final class Bot: Service {
    let core: BotCore
    private let intake: Intake
    private let poller: Poller
    private let kinds: Set<UpdateKind>
    private let isTaking = Mutex(false)

    /// A bot that has not started.
    ///
    /// - Parameter http: Many bots in one process share a client, which spares a thread for each. A bot that polls keeps
    ///   one of its connections busy, so `maximumConnectionsPerHost` must leave room for more than there are bots.
    /// - Throws: `BotError.malformedToken`.
    public init(
        token: Secret, database: any Database, configuration: BotConfiguration = BotConfiguration(),
        http: HTTPClient = HTTPClient(), logger: Logger = .disabled, metrics: Metrics = Metrics(),
        time: any TimeSource = SystemTime(), routes declare: (inout Routes) -> Void
    ) throws(BotError) {
        guard let id = Int64(token.reveal().prefix { $0 != ":" }), token.reveal().contains(":") else {
            throw .malformedToken
        }
        let botMetrics = BotMetrics(metrics)
        let observer = configuration.chatChanged
        let gate = FloodGate(budgets: configuration.sending.budgets, time: time)
        let rules = SendingRules(
            policy: configuration.sending, gate: gate, time: time, metrics: botMetrics, logger: logger,
            report: { change in
                guard let observer else { return }
                Task { await observer(change) }
            })
        var interceptors = configuration.interceptors
        interceptors.append(CallTrace(time: time, metrics: botMetrics, logger: logger))
        if let recorder = configuration.recorder { interceptors.append(RecordingInterceptor(recorder: recorder)) }
        interceptors.append(configuration.standIn ?? rules)
        interceptors += configuration.transports
        let client = TelegramClient(
            token: token, baseURL: configuration.apiURL, http: http, interceptors: interceptors, logger: logger,
            metrics: metrics)
        var routes = Routes()
        declare(&routes)
        core = BotCore(
            bot: id, configuration: configuration, database: database,
            sender: Sender(
                client: client, media: MediaCache(bot: id, database: database, time: time), logger: logger),
            broadcaster: Broadcaster(
                store: BroadcastStore(bot: id), database: database, client: client, gate: gate,
                prune: configuration.chatPruned, time: time, logger: logger),
            routes: routes, metrics: botMetrics, time: time, logger: logger)
        kinds = core.routes.kinds.union(configuration.additionalKinds).union(
            configuration.offersStop ? [.stoppedMessageGeneration] : []
        )
        .union(configuration.chatChanged == nil ? [] : [.myChatMember])
        intake = Intake(core: core)
        poller = Poller(core: core, intake: intake, kinds: kinds)
    }

    /// The name in logs.
    public var name: String { core.identity.map { "bot @\($0.username)" } ?? "bot \(core.bot)" }
    /// The bot's id, which its token begins with.
    public var id: UserID { UserID(core.bot) }
    /// Who the bot is; known once it has started.
    public var identity: BotIdentity? { core.identity }
    /// Sends to any chat, also before the bot has started.
    public var sender: Sender { core.sender }
    /// The bot's database.
    public var database: any Database { core.database }
    /// Messages that replace each other.
    public var messages: MessageManager { MessageManager(core: core) }
    /// Messages to many chats.
    public var broadcasts: Broadcasts { Broadcasts(core: core) }
    /// Kinds of update that the bot asks for.
    public var updateKinds: Set<UpdateKind> { kinds }

    /// How the bot is, for health checks.
    public struct Status: Sendable, Equatable {
        /// Whether it takes updates.
        public let isTaking: Bool
        /// When a poll was last answered and stored; nil before the first one, and with a webhook.
        public let lastPoll: Timestamp?
        /// Age of that poll.
        public let pollAge: Duration?
        /// Updates that wait or are being handled.
        public let waiting: Int
        /// Whether another program polled with the same token in the last minute.
        public let hasRival: Bool
        /// Updates that were set aside since the start: they ended the program each time, or cannot be read.
        public let setAside: Int
        /// Handlers that took too long since the start and were given up.
        public let givenUp: Int
    }

    /// How the bot is now.
    public var status: Status {
        let last = poller.lastCompleted
        // Not the difference of wall clocks, which may be set meanwhile.
        let age = last.map { core.time.uptime - $0.uptime }
        if let age { core.metrics.pollAge.set(age / .seconds(1)) }
        let troubles = core.troubles.counts
        return Status(
            isTaking: isTaking.withLock(\.self), lastPoll: last?.moment, pollAge: age, waiting: intake.count,
            hasRival: poller.hasRival, setAside: troubles.setAside, givenUp: troubles.tookTooLong)
    }

    /// Where Telegram calls the bot, for the router of an HTTP server; nil for a bot that polls.
    public var webhook: Webhook? {
        guard case .webhook(let configuration) = core.configuration.source else { return nil }
        let (intake, capacity) = (intake, core.configuration.capacity)
        return Webhook(
            configuration: configuration, logger: core.logger, take: { try await intake.take($0) },
            isOpen: { [weak self] in self?.isTaking.withLock(\.self) == true && intake.count < capacity })
    }

    /// Takes the database for this process, makes the tables, and reads what is remembered.
    ///
    /// Called by `run`, or before it where jobs need the tables.
    ///
    /// - Throws: `StorageError`; with code `locked` where another process runs a bot on the same database.
    public func prepare() async throws {
        try await core.database.claim()
        try await core.database.migrate(BotTables.migrations, component: BotTables.component)
        try await core.dialogues.load(from: core.database, now: core.time.now)
        try await core.people.load(from: core.database)
    }

    /// Runs until the process is asked to end by SIGTERM or SIGINT.
    ///
    /// A program with more services than one bot puts the bot into a `ServiceGroup` instead.
    public func run() async throws {
        let shutdown = Shutdown()
        TerminationSignals.handle(triggering: shutdown)
        try await run(until: shutdown)
    }

    /// Takes and handles updates until asked to end; then finishes what runs and keeps the rest for the next start.
    ///
    /// A bot runs once; make another one to run it again.
    ///
    /// - Throws: `BotError.unauthorized`, `StorageError`.
    public func run(until shutdown: Shutdown) async throws {
        try await prepare()
        guard let me = try await introduce(until: shutdown) else { return }
        core.introduce(me)
        core.configuration.recorder?.begin(me)
        core.logger.notice("the bot runs", ["bot": .string("@" + me.username)])
        await setCommands()
        let ending = Shutdown()
        async let broadcasting: Void = core.broadcaster.run(until: ending)
        async let telling: Void = core.expiries.run(until: ending) { [intake] in intake.expire($0, at: $1) }
        let taken: Result<Void, any Error>
        do {
            taken = .success(try await take(until: shutdown))
        } catch {
            taken = .failure(error)
        }
        ending.trigger()
        if case .success = taken { await intake.close() } else { intake.shut() }
        await broadcasting
        await telling
        try taken.get()
    }

    /// Takes updates until asked to end.
    private func take(until shutdown: Shutdown) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer {
                isTaking.withLock { $0 = false }
                group.cancelAll()
            }
            if let limit = core.configuration.handlerLimit { group.addTask { await self.intake.watch(limit) } }
            try await intake.replay(until: shutdown)
            group.addTask { await self.cleanUp() }
            switch core.configuration.source {
            case .polling:
                isTaking.withLock { $0 = true }
                group.addTask { try await self.poller.run() }
            case .webhook(let configuration):
                try await setWebhook(configuration)
                core.expiries.noteWebhook()
                isTaking.withLock { $0 = true }
            }
            group.addTask { await shutdown.wait() }
            // The clean-up never ends by itself: what ends is the poller by a fault, or the wait for the end.
            try await group.next()
        }
    }
}
