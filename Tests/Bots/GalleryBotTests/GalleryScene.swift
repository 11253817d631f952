import BotKit
import Foundation
import HTTP
import HTTPClient
import HTTPServer
import Jobs
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// The Gallery bot between a Telegram and a Stash of its own, all on loopback, with people to play.
final class GalleryScene: Sendable {
    static let token = Secret("7001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    static let botID: Int64 = 7001

    let telegram: TelegramSimulator
    let stash: StashSimulator
    let http: HTTPClient
    let alice: SimulatedPerson
    let boris: SimulatedPerson
    let database: SQLiteDatabase
    let gallery: GalleryBot
    let queue: JobQueue
    let metrics = Metrics()
    /// What the runner reports.
    let jobs = JobLog()
    /// Warnings and worse.
    let log = LogRecorder(level: .warning)
    private let stashHTTP: HTTPClient
    private let telegramURL: String
    private let makeBot: @Sendable (GallerySettings) throws -> GalleryBot
    private let running: Task<Void, any Error>
    private let shutdown = Shutdown()
    private let folder: URL

    /// Runs a scene from start to end, and ends everything that it started.
    static func play<Value>(
        settings: GallerySettings? = nil, library: StashLibrary? = nil, stashKey: String = "right-key",
        stashPatience: Duration = .seconds(60), time: any TimeSource = SystemTime(),
        _ body: (GalleryScene) async throws -> Value
    ) async throws -> Value {
        let scene = try await GalleryScene(
            settings: settings, library: library, stashKey: stashKey, stashPatience: stashPatience, time: time)
        do {
            let value = try await body(scene)
            try await scene.end()
            return value
        } catch {
            do { try await scene.end() } catch let ending { Issue.record(ending) }
            throw error
        }
    }

    private init(
        settings: GallerySettings?, library: StashLibrary?, stashKey: String, stashPatience: Duration,
        time: any TimeSource
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var world = TelegramSimulator.Configuration(seed: 7)
        world.bots = [.init(token: Self.token, name: "Gallery", username: "gallery_bot")]
        telegram = TelegramSimulator(configuration: world)
        let telegramAddress = try await telegram.start()
        telegramURL = telegramAddress.url
        stash = try StashSimulator(
            library: library ?? .samples(modified: Timestamp(seconds: 1_700_000_000)), apiKey: "right-key")
        let stashAddress = try await stash.start()
        http = HTTPClient()
        alice = SimulatedPerson(501, at: telegramAddress.url, http: http)
        boris = SimulatedPerson(502, at: telegramAddress.url, http: http)
        database = try await SQLiteDatabase.open(path: folder.appending(path: "gallery.db").path)
        var configuration = BotConfiguration()
        if time is ManualTime {
            configuration.liftTimeLimits()
            // A clock that stands still would hold back what is pushed.
            configuration.sending.budgets = .unlimited
        }
        configuration.apiURL = telegramAddress.url
        var patience = HTTPClient.Configuration()
        patience.timeouts.total = stashPatience
        stashHTTP = HTTPClient(patience)
        let client = StashLibraryClient(
            base: try #require(HTTPURL(stashAddress.url)), key: Secret(stashKey), http: stashHTTP, retry: .none)
        let (database, http, metrics, log) = (database, http, metrics, log)
        let bot = { @Sendable [configuration] (settings: GallerySettings) throws in
            try GalleryBot(
                token: Self.token, settings: settings, library: client, database: database,
                configuration: configuration, http: http, logger: log.logger(), metrics: metrics, time: time, seed: 11)
        }
        makeBot = bot
        gallery = try bot(settings ?? GallerySettings(allowedUsers: [501, 502]))
        queue = JobQueue(database: database, time: time)
        try await gallery.prepare(queue)
        var handlers = JobHandlers()
        gallery.register(in: &handlers)
        let runner = JobRunner(queue, handlers: handlers, observer: { [jobs] in jobs.note($0) })
        let group = ServiceGroup(gallery.services + [runner])
        running = Task { [shutdown] in try await group.run(until: shutdown) }
    }

    /// Somebody else whom the simulator knows.
    func person(_ id: Int64) -> SimulatedPerson { SimulatedPerson(id, at: telegramURL, http: http) }

    /// The same bot with other settings, as after a restart; it is not run.
    func bot(with settings: GallerySettings) throws -> GalleryBot { try makeBot(settings) }

    /// The names of the stored schedules, but for the daily clean-up.
    func schedules() async throws -> [String] {
        try await Schedules(queue).all().map(\.name).filter { $0 != CleanUp.schedule }
    }

    /// The photos in the history, in order, once all that Alice asked for is done.
    ///
    /// A photo is noted after it is sent; a chat's updates are handled in order, so her next answer comes after that.
    func sentPhotos() async throws -> [String] {
        try await alice.say("/help", to: Self.botID)
        _ = try await alice.next(from: Self.botID)
        return try await database.read { try $0.values("SELECT image_id FROM sent_photos ORDER BY id") }
    }

    /// Turns the clock, and then three seconds more: a runner that was busy at the turn looks at it in the next one.
    func turn(_ time: ManualTime, by duration: Duration) async {
        for step in [duration, .seconds(1), .seconds(1), .seconds(1)] {
            // The runner sleeps for a second between its looks at the clock.
            await time.waitForSleepers(within: .seconds(1))
            time.advance(by: step)
        }
    }

    private func end() async throws {
        shutdown.trigger()
        try await running.value
        await telegram.stop()
        await stash.stop()
        await http.stop()
        await stashHTTP.stop()
        await database.close()
        try FileManager.default.removeItem(at: folder)
    }
}
