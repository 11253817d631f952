internal import FoundationEssentials
internal import HTTP
internal import HTTPClient
public import HTTPServer
public import Support
import Synchronization
internal import WebAssets

/// A server on loopback that behaves as Telegram's Bot API does, with people in it whom one can play.
///
/// It shares no code with the client side; its rules are written from the service's own behaviour. The Bot API, the
/// chat page and the control API (`docs/simulator.md`) have one port.
public final class TelegramSimulator: Sendable {
    /// How a simulator is set up.
    public struct Configuration: Sendable {
        /// The address to listen on; a loopback one unless the network may play along.
        public var host = "127.0.0.1"
        /// The port; 0 takes a free one.
        public var port = 0
        /// Everything dealt (ids, dice, update numbers) follows from it.
        public var seed: UInt64 = 1
        /// The text of a world file; `nil` is the standard world.
        public var world: String?
        /// Where the world is kept over restarts; `nil` forgets it.
        public var stateDirectory: String?
        /// The clock; a manual one can be moved through the control API.
        public var time: any TimeSource = SystemTime()
        /// Bots known from the start: token, name and username.
        public var bots: [BotSeed] = []
        /// The rules of a self-hosted Bot API server: files up to 2000 MB, webhooks to any address.
        public var isLocalServer = false
        /// Whether webhooks and Mini Apps may be at plain addresses of this machine, which the service refuses.
        public var allowsLoopback = true
        /// Whether bots are slowed down, as the service does, that ask for the same updates again and again or set more
        /// than one webhook a second: not unless set, for tests that begin a bot many times.
        public var restrainsPolling = false
        /// Whether a connection is tried before a webhook is set, as the service does: not unless set, for tests that
        /// set webhooks which nobody listens at.
        public var triesWebhooks = false
        /// Where updates go instead, by the beginning of a webhook's address: `https://bot.example.com` to
        /// `http://127.0.0.1:8080`.
        public var webhookAddresses: [String: String] = [:]
        /// Host names besides those of loopback under which page and control API answer.
        public var allowedHosts: Set<String> = []
        /// A working copy's `Web` folder, for work on the page; `nil` uses the copy inside the program.
        public var webFolder: String?
        /// How long a webhook may take to answer, by the system's clock whatever `time` is.
        package var webhookPatience = WebhookDeliverer.readTimeout

        /// The settings for a server on loopback.
        public init(
            host: String = "127.0.0.1", port: Int = 0, seed: UInt64 = 1, world: String? = nil,
            stateDirectory: String? = nil, time: any TimeSource = SystemTime()
        ) {
            self.host = host
            self.port = port
            self.seed = seed
            self.world = world
            self.stateDirectory = stateDirectory
            self.time = time
        }
    }

    /// A bot that exists from the start.
    public struct BotSeed: Sendable {
        /// `digits:secret`; the digits are the bot's id.
        public var token: Secret
        /// The name people see.
        public var name: String
        /// The public name without `@`.
        public var username: String
        /// Privacy mode in groups.
        public var isPrivate = true

        /// A bot with privacy mode on.
        public init(token: Secret, name: String, username: String) {
            self.token = token
            self.name = name
            self.username = username
        }
    }

    private struct Running: Sendable {
        var server: HTTPServer
        var service: Service
        var store: StateStore?
        var address: BoundAddress
    }

    private let configuration: Configuration
    private let logger: Logger
    private let running = Mutex<Running?>(nil)

    /// A simulator that has not started yet.
    public init(configuration: Configuration = .init(), logger: Logger = .disabled) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Where the simulator listens, once it has started.
    public var address: BoundAddress? { running.withLock { $0?.address } }

    /// Builds the world, or restores it, and listens.
    ///
    /// - Throws: when the world file is malformed, the state cannot be read or the port is taken.
    @discardableResult
    public func start() async throws -> BoundAddress {
        if let address { return address }
        let fresh = try makeWorld()
        var world = fresh
        var store: StateStore?
        if let directory = configuration.stateDirectory {
            let files = try FileStore(directory: "\(directory)/files")
            store = try await StateStore.open(directory: directory, files: files, logger: logger)
            if let kept = try await store?.load(into: fresh) { world = kept }
            seedBots(&world)
        }
        let files = try store?.files ?? FileStore(directory: nil)
        var pristine = fresh
        if configuration.isLocalServer {
            world.options.filesDirectory = files.absoluteDirectory
            pristine.options.filesDirectory = files.absoluteDirectory
        }
        var client = HTTPClient.Configuration()
        client.userAgent = "TelegramBot (like TwitterBot)"
        client.maximumResponseBytes = FilePreparation.maximumLinkedFile
        let service = Service(
            world: world, files: files, time: configuration.time, http: HTTPClient(client, logger: logger),
            logger: logger, restrainsPolling: configuration.restrainsPolling,
            triesWebhooks: configuration.triesWebhooks, webhookPatience: configuration.webhookPatience)
        for (from, to) in configuration.webhookAddresses { service.mapWebhooks(from: from, to: to) }
        if let store {
            store.start(service)
            service.record(in: store)
        }
        // What fell due meanwhile happens, what is to come is awaited, what waits for a webhook goes there.
        try service.turn { (world) throws(APIError) in world.effects.wakes.formUnion(world.bots.keys) }
        let server = HTTPServer(serverConfiguration, responder: responder(service, pristine), logger: logger)
        do {
            let address = try await server.start()
            running.withLock { $0 = Running(server: server, service: service, store: store, address: address) }
            return address
        } catch {
            await service.stop()
            await store?.close()
            files.remove()
            throw error
        }
    }

    /// New people who write to a bot, for measurements; nil before the start.
    package func crowd(of count: Int, writingTo bot: Int64) throws -> Crowd? {
        try running.withLock(\.self).map { try Crowd(count, writingTo: bot, of: $0.service) }
    }

    /// Ends all streams and polls, writes the state and closes the port.
    public func stop() async {
        let stopped = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let stopped else { return }
        stopped.service.hub.finish()
        await stopped.service.stop()
        await stopped.server.stop(graceful: .seconds(1))
        await stopped.store?.close()
        stopped.service.files.remove()
    }

    var serverConfiguration: HTTPServer.Configuration {
        var server = HTTPServer.Configuration(host: configuration.host, port: configuration.port)
        // The self-hosted server takes heads up to 256 KiB; what stands before the cloud's takes far less.
        server.maximumHeaderBytes = configuration.isLocalServer ? 256 << 10 : 64 << 10
        server.maximumBodyBytes = (configuration.isLocalServer ? 2000 << 20 : 50 << 20) + (2 << 20)
        server.lingeringBytes = 128 << 20
        server.idleSeconds = 500
        server.handlerTimeout = nil
        // What is refused before anybody looks at a call has no text.
        server.errorResponse = { .empty($0.status) }
        return server
    }

    private func makeWorld() throws -> World {
        var options = World.Options()
        options.isLocal = configuration.isLocalServer
        options.allowsLoopback = configuration.allowsLoopback
        var world = World(options: options, seed: configuration.seed)
        world.milliseconds = configuration.time.now.microseconds / 1000
        let file = try configuration.world.map { text throws(WorldFile.Fault) in try WorldFile(parsing: text) }
        try (file ?? .standard).fill(&world)
        seedBots(&world)
        world.effects = Effects()
        return world
    }

    private func seedBots(_ world: inout World) {
        for bot in configuration.bots {
            let token = bot.token.reveal()
            guard let id = token.split(separator: ":").first.flatMap({ Int64($0) }) else { continue }
            world.addBot(token: token, id: id, firstName: bot.name, username: bot.username)
            world.editBot(id) { $0.isPrivate = bot.isPrivate }
        }
    }

    private func responder(_ service: Service, _ fresh: World) -> any Responder {
        let reader = RequestReader(
            store: service.files, maximumUpload: configuration.isLocalServer ? 2000 << 20 : 50 << 20)
        var advance: (@Sendable (Duration) -> Void)?
        if let manual = configuration.time as? ManualTime { advance = { manual.advance(by: $0) } }
        let control = ControlAPI(
            service: service, reader: reader, hosts: Set(configuration.allowedHosts.map { $0.lowercased() }),
            advance: advance, pristine: { fresh })
        let source: WebAssets.Source = configuration.webFolder.map { .folder($0) } ?? .embedded
        let page = ChatPage(from: source)
        var router = Router()
        control.register(in: &router)
        page.register(in: &router)
        return FrontDoor(api: BotAPI(service: service, reader: reader), rest: router)
    }
}

/// Sends Bot API paths one way and everything else to the router.
struct FrontDoor: Responder {
    let api: BotAPI
    let rest: Router

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        let response = try await answer(request)
        // What a caller has been told outlives the process.
        await api.service.settled()
        return response
    }

    private func answer(_ request: ServerRequest) async throws -> ServerResponse {
        let path = request.path
        if path.hasPrefix("/bot") {
            return await api.respond(request, path: request.decodedPath ?? path)
        }
        if path.hasPrefix("/file/bot") { return api.file(request.decodedPath ?? path) }
        if path.hasPrefix("/sim/") || path == "/" || path.hasPrefix("/page/") || path.hasPrefix("/js/") {
            return try await page(request)
        }
        guard request.method == .get || request.method == .post else { return BotAPI.response(BareStatus(status: 501)) }
        return BotAPI.response(.notFound)
    }

    /// The page and the control API, whose refusals have a text that the page shows.
    private func page(_ request: ServerRequest) async throws -> ServerResponse {
        do {
            return try await rest.respond(to: request)
        } catch {
            guard let error = error as? HTTPError else { throw error }
            var response = ControlRefusal.response(.exact(error.status.rawValue, error.message))
            for field in error.fields { response.fields.append(field.name, field.value) }
            return response
        }
    }
}
