import FoundationEssentials
import HTTPServer
import ServiceSimulators
import Support
import TelegramSimulator

/// `quartet simulate …`: one of the servers that stand in for services others run.
struct SimulateCommand: Command {
    static let name = "simulate"
    static let summary = "run a simulated Telegram, Stash or Immich"
    static let usage = "telegram|stash|immich [OPTIONS]"
    static let options = [
        (
            form: "--port N",
            meaning: "the port (default: 8081 for Telegram, 9999 for Stash, 2283 for Immich; 0: a free one)"
        ),
        (form: "--seed N", meaning: "the seed of what is made up (default: 1)"),
        (form: "--world FILE", meaning: "Telegram: bots, people, groups and channels (docs/simulator.md)"),
        (form: "--state DIR", meaning: "Telegram: keep the world here over restarts"),
        (form: "--local", meaning: "Telegram: the rules of a self-hosted Bot API server"),
        (form: "--virtual-clock", meaning: "Telegram: a clock that only the control API moves"),
        (form: "--photos DIR", meaning: "Stash: the pictures of a folder instead of painted ones"),
        (form: "--api-key KEY", meaning: "Stash, Immich: the key that requests must carry (Immich: default demo)"),
        (form: "--assets N", meaning: "Immich: so many small pictures instead of painted ones"),
    ]

    private enum Target: Sendable {
        case telegram(world: String?, state: String?, isLocal: Bool, hasVirtualClock: Bool)
        case stash(photos: String?, key: String?)
        case immich(assets: Int?, key: String)
    }

    private let target: Target
    private let port: Int?
    private let seed: UInt64

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        port = try arguments.integer("--port", in: 0...65_535)
        seed = try arguments.seed("--seed") ?? 1
        let photos = try arguments.value("--photos")
        let key = try arguments.value("--api-key")
        let assets = try arguments.integer("--assets", in: 1...1_000_000)
        let world = try arguments.value("--world")
        let state = try arguments.value("--state").map(Folder.withoutSlash)
        let isLocal = arguments.flag("--local")
        let hasVirtualClock = arguments.flag("--virtual-clock")
        switch arguments.word() {
        case "telegram":
            target = .telegram(world: world, state: state, isLocal: isLocal, hasVirtualClock: hasVirtualClock)
        case "stash": target = .stash(photos: photos, key: key)
        case "immich": target = .immich(assets: assets, key: key ?? "demo")
        case nil: throw .missingWord("what to simulate: telegram, stash or immich")
        case let word?: throw .unexpectedWord(word, command: Self.name)
        }
    }

    func run() async throws -> ExitCode {
        let shutdown = Shutdown()
        TerminationSignals.handle(triggering: shutdown)
        switch target {
        case .telegram(let world, let state, let isLocal, let hasVirtualClock):
            var configuration = TelegramSimulator.Configuration(
                port: port ?? 8081, seed: seed,
                world: try world.map { try String(contentsOfFile: $0, encoding: .utf8) },
                stateDirectory: state, time: hasVirtualClock ? ManualTime(now: SystemTime().now) : SystemTime())
            configuration.isLocalServer = isLocal
            configuration.triesWebhooks = true
            // A clock that stands still would have bots wait for ever.
            configuration.restrainsPolling = !hasVirtualClock
            let simulator = TelegramSimulator(configuration: configuration)
            Console.out("ready: http://\(try await simulator.start())")
            await shutdown.wait()
            await simulator.stop()
        case .stash(let photos, let key):
            let simulator = try StashSimulator(
                library: try await StashPictures.library(folder: photos.map(Folder.withoutSlash), time: SystemTime()),
                apiKey: key, port: port ?? 9999, seed: seed)
            Console.out("ready: http://\(try await simulator.start())")
            await shutdown.wait()
            await simulator.stop()
        case .immich(let assets, let key):
            let simulator = ImmichSimulator(
                store: try assets.map { try .generated(count: $0) } ?? .samples(), keys: [.init(key)],
                port: port ?? 2283, seed: seed)
            Console.out("ready: http://\(try await simulator.start())")
            await shutdown.wait()
            await simulator.stop()
        }
        return .success
    }
}
