import GalleryBot
import HTTPClient
import HTTPServer
import ServiceSimulators
import Support
import TelegramSimulator

/// Everything in one process over real loopback connections: Telegram, Stash, and the Gallery bot between them.
struct Stage: Sendable {
    /// How the stage is set.
    struct Plan: Sendable {
        /// The port of the simulated Telegram; 0 takes a free one.
        var port = 0
        /// The port of the owner's page; nil for no page.
        var ownerPort: Int?
        /// Where everything is kept.
        var folder: String
        /// Whether the simulated Telegram is kept too.
        var keepsTelegram = true
        /// A folder of pictures; nil for painted ones.
        var photos: String?
        var seed: UInt64 = 1
        /// When photos come by themselves.
        var schedule: GalleryPlan.Schedule
        var time: any TimeSource = SystemTime()
        /// Whether that clock is turned by hours.
        var turnsClock = false
        var logger: Logger
    }

    /// The bot's token in the simulated Telegram; it opens nothing anywhere else.
    private static let token = Secret("7001:demo-gallery-bot-of-this-machine")
    private static let stashKey = Secret("demo-key-of-the-simulated-stash")
    /// Alice and Борис, whom the simulator's standard world has.
    static let people: [Int64] = [501, 502]

    let address: BoundAddress
    private let plan: Plan
    private let stash: StashSimulator
    private let stashAddress: BoundAddress
    private let telegram: TelegramSimulator
    private let owner: OwnerDoor?

    /// Starts both servers; the bot comes with `makeGallery`.
    init(_ plan: Plan) async throws {
        self.plan = plan
        try Folder.make(plan.folder)
        let library = try await StashPictures.library(folder: plan.photos, time: plan.time)
        stash = try StashSimulator(
            library: library, apiKey: Self.stashKey.reveal(), seed: plan.seed, time: plan.time)
        var configuration = TelegramSimulator.Configuration(
            port: plan.port, seed: plan.seed,
            stateDirectory: plan.keepsTelegram ? "\(plan.folder)/telegram" : nil, time: plan.time)
        configuration.bots = [.init(token: Self.token, name: "Gallery", username: "gallery_bot")]
        telegram = TelegramSimulator(configuration: configuration, logger: plan.logger.labelled("simulator"))
        // Telegram first: its port is the one that may be taken.
        address = try await telegram.start()
        owner = plan.ownerPort.map { OwnerDoor(port: $0, logger: plan.logger.labelled("internal")) }
        do {
            try await owner?.start()
            stashAddress = try await stash.start()
        } catch {
            await owner?.stop()
            await telegram.stop()
            throw error
        }
    }

    /// The page's address.
    var url: String { "http://\(address)" }

    /// The Gallery bot, connected to both; more than one after another, as a restart makes them.
    func makeGallery(metrics: Metrics = Metrics()) async throws -> GalleryUnit {
        var gallery = GalleryPlan(
            token: Self.token, users: Self.people, source: .stash(url: "http://\(stashAddress)", key: Self.stashKey),
            schedule: plan.schedule, databasePath: "\(plan.folder)/gallery.db")
        if let url = owner?.url { gallery.web = .init(url: url) }
        let logger = plan.logger
        let unit = try await GalleryUnit(
            gallery,
            GalleryUnit.Surroundings(
                apiURL: url, telegram: HTTPClient(logger: logger.labelled("telegram")),
                direct: HTTPClient(logger: logger.labelled("http")), logger: logger, metrics: metrics,
                time: plan.time, turnsClock: plan.turnsClock, seed: plan.seed))
        owner?.lead(to: unit)
        return unit
    }

    /// Stops both servers.
    func stop() async {
        await owner?.stop()
        await telegram.stop()
        await stash.stop()
    }
}
