import BotKit
import Configuration
import GalleryBot
import HTTP
import HTTPClient
import HTTPServer
import Jobs
import PhotoLibraries
import SQLiteStorage
import Storage
import Support
import TelegramAPI

/// The Gallery bot with everything that it stands on, ready to run.
struct GalleryUnit: Sendable {
    let gallery: GalleryBot
    let runner: JobRunner
    let library: any PhotoLibrary
    private let database: SQLiteDatabase
    private let clients: [HTTPClient]
    private let recorder: Recorder?
    private let logger: Logger
    private let time: any TimeSource

    /// What tells one process from another where they share things.
    struct Surroundings: Sendable {
        var apiURL: String
        var telegram: HTTPClient
        var direct: HTTPClient
        var logger: Logger
        var metrics: Metrics
        var time: any TimeSource = SystemTime()
        /// Whether the clock is turned by hours, so that it does not tell how long a handler has run.
        var turnsClock = false
        /// Makes the draws repeatable.
        var seed: UInt64?
        /// What is recorded, and where.
        var recording: RecordingPlan?
        /// Answers in place of Telegram.
        var standIn: (any TelegramInterceptor)?
    }

    /// Opens the database, makes the tables and puts the schedule in force.
    init(_ plan: GalleryPlan, _ around: Surroundings) async throws {
        let logger = around.logger.labelled("gallery")
        let database = try await DatabaseFile(name: "gallery", path: plan.databasePath).open(logger: logger)
        var recorder: Recorder?
        do {
            let library = try PhotoSource.library(plan.source, http: around.direct)
            var configuration = BotConfiguration()
            configuration.apiURL = around.apiURL
            if around.turnsClock { configuration.liftTimeLimits() }
            let seed = around.seed ?? .random(in: .min ... .max)
            recorder = try await around.recording?.open(copying: database, seed: seed, time: around.time)
            configuration.recorder = recorder
            configuration.standIn = around.standIn
            if let webhook = plan.webhook { configuration.source = .webhook(webhook.configuration) }
            let gallery = try GalleryBot(
                token: plan.token, settings: plan.botSettings, library: library, database: database,
                configuration: configuration, http: around.telegram, logger: logger, metrics: around.metrics,
                time: around.time, seed: seed)
            let queue = JobQueue(database: database, time: around.time, logger: logger.labelled("jobs"))
            try await gallery.prepare(queue)
            try await gallery.checkLibraryAtStart(queue)
            var handlers = JobHandlers()
            gallery.register(in: &handlers)
            var running = JobRunner.Configuration()
            // One process works on one database, so what a killed one left is taken up at once.
            running.owner = "gallery"
            running.seed = seed
            runner = JobRunner(queue, handlers: handlers, configuration: running)
            self.gallery = gallery
            self.library = library
            self.database = database
            clients = [around.telegram, around.direct]
            time = around.time
            self.recorder = recorder
            self.logger = logger
        } catch {
            await recorder?.close()
            await database.close()
            throw (error as? StorageError)?.naming(plan.databasePath) ?? error
        }
    }

    /// The services in the order in which they depend on one another.
    var services: [any Service] { [runner] + gallery.services }

    /// What decides whether the bot can do its work.
    var probes: [HealthProbe] {
        let (bot, database) = (gallery.bot, database)
        return [
            HealthProbe(name: "database") {
                _ = try await database.read { try $0.query("SELECT 1") }
                return nil
            },
            HealthProbe(name: "telegram", isMeasured: false) {
                let status = bot.status
                guard status.isTaking else { throw ProbeFault(description: "not connected yet") }
                guard let age = status.pollAge else { return "webhook" }
                // A poll is held open for up to 50 seconds.
                guard age < .seconds(90) else {
                    throw ProbeFault(description: "last completed poll \(age.components.seconds) s ago")
                }
                guard !status.hasRival else {
                    throw ProbeFault(description: "another program polls with the same token; end one of them")
                }
                // What could not be handled does not make the bot unable to work: it is told, and nothing more.
                let lost = status.setAside + status.givenUp
                let note = lost == 0 ? "" : "; updates that could not be handled since the start: \(lost)"
                return "last completed poll \(age.components.seconds) s ago\(note)"
            },
            PhotoSource.probe(library),
        ]
    }

    /// Adds the place where Telegram calls the bot, when it does.
    func register(in router: inout Router, _ plan: GalleryPlan) {
        guard let webhook = gallery.bot.webhook, let path = plan.webhook?.path else { return }
        router.on(.post, path, to: webhook)
    }

    /// Adds the owner's page.
    func registerPage(in router: inout Router) {
        let monitor = HealthMonitor(probes: probes, time: time)
        gallery.ownerWeb { await monitor.health() }.register(in: &router)
        OwnerPage().register(in: &router)
    }

    /// Closes what `init` opened; the clients too, since nothing else is left to use them.
    func close() async {
        for client in clients { await client.stop() }
        if let recorder {
            await recorder.close()
            if recorder.hasFailed { logger.error("the recording is not complete: it could not be written") }
        }
        await database.close()
    }
}

extension GalleryPlan {
    fileprivate var botSettings: GallerySettings {
        var settings = GallerySettings(
            allowedUsers: users.map { UserID($0) }, owners: owners.map { UserID($0) },
            allowedChats: chats.map { ChatID($0) }, avoidRecentDays: avoidRecentDays,
            schedule: schedule.map { .init(cron: $0.cron.text, zone: $0.zone.name) })
        settings.zone = zone.name
        settings.scheduleGrace = .seconds(3600 * catchUpHours)
        settings.web = web
        settings.keepDays = keepDays
        settings.votes = votes
        return settings
    }
}

extension GalleryPlan.Webhook {
    /// The address with a path of the bot's own where the owner gave none.
    private var address: String {
        guard let parsed = HTTPURL(url), parsed.path.isEmpty || parsed.path == "/" else { return url }
        return url + "/telegram/gallery"
    }

    /// The path in the public server's router.
    var path: String { HTTPURL(address)?.path ?? "/telegram/gallery" }

    /// The secret is made anew at each start where none is set; Telegram is told each time.
    var configuration: WebhookConfiguration {
        WebhookConfiguration(url: address, secret: secret ?? Secret(Self.madeUpSecret))
    }

    private static let madeUpSecret: String = {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
        return String((0..<43).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }()
}
