import Storage
import Support
import Synchronization
import TelegramAPI

/// What all parts of a running bot share.
final class BotCore: Sendable {
    let bot: Int64
    let configuration: BotConfiguration
    let database: any Database
    let sender: Sender
    let inbox: Inbox
    let marks: HandledMarks
    let dialogues: DialogueStore
    let expiries: ExpiryTeller
    let people: PeopleStore
    let streams = RunningStreams()
    let troubles: TroubleDesk
    let givenUp = GivenUp()
    /// Thrown when the lanes are closed: what waits to be handled again is left to the next start.
    let closing = Shutdown()
    let reachability: Reachability
    let broadcaster: Broadcaster
    let routes: RouteTable
    let commands: [CommandDescription]
    let conversations: [String: ConversationDefinition]
    let lists: [String: ListDefinition]
    let metrics: BotMetrics
    let time: any TimeSource
    let logger: Logger
    private let known = Mutex<BotIdentity?>(nil)

    init(
        bot: Int64, configuration: BotConfiguration, database: any Database, sender: Sender,
        broadcaster: Broadcaster, routes: Routes, metrics: BotMetrics, time: any TimeSource, logger: Logger
    ) {
        self.bot = bot
        self.configuration = configuration
        self.database = database
        self.sender = sender
        self.broadcaster = broadcaster
        self.metrics = metrics
        self.time = time
        self.logger = logger
        inbox = Inbox(bot: bot, database: database)
        troubles = TroubleDesk(metrics: metrics, logger: logger, time: time)
        marks = HandledMarks(inbox: inbox, time: time, logger: logger)
        reachability = Reachability(
            sender: sender, rules: configuration.polling, time: time, closing: closing, logger: logger)
        dialogues = DialogueStore(bot: bot)
        expiries = ExpiryTeller(
            dialogues: dialogues, database: database, sender: sender, texts: configuration.texts, time: time,
            logger: logger)
        people = PeopleStore(bot: bot)
        self.routes = RouteTable(routes)
        commands = routes.commands
        conversations = routes.conversations
        lists = routes.lists
    }

    /// Who the bot is; known once it has started.
    var identity: BotIdentity? { known.withLock(\.self) }

    func introduce(_ identity: BotIdentity) { known.withLock { $0 = identity } }
}
