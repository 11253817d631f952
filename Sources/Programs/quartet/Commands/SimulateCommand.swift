import ServiceSimulators
import Support

/// `quartet simulate …`: one of the servers that stand in for services others run.
struct SimulateCommand: Command {
    static let name = "simulate"
    static let summary = "run a simulated Stash"
    static let usage = "stash [OPTIONS]"
    static let options = [
        (form: "--port N", meaning: "the port (default: 9999 for Stash; 0 takes a free one)"),
        (form: "--seed N", meaning: "the seed of what is made up (default: 1)"),
        (form: "--photos DIR", meaning: "Stash: the pictures of a folder instead of painted ones"),
        (form: "--api-key KEY", meaning: "Stash: the key that requests must carry"),
    ]

    private enum Target: Sendable {
        case stash(photos: String?, key: String?)
    }

    private let target: Target
    private let port: Int?
    private let seed: UInt64

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        port = try arguments.integer("--port", in: 0...65_535)
        seed = try arguments.seed("--seed") ?? 1
        let photos = try arguments.value("--photos")
        let key = try arguments.value("--api-key")
        switch arguments.word() {
        case "stash": target = .stash(photos: photos, key: key)
        case nil: throw .missingWord("what to simulate: stash")
        case let word?: throw .unexpectedWord(word, command: Self.name)
        }
    }

    func run() async throws -> ExitCode {
        let shutdown = Shutdown()
        TerminationSignals.handle(triggering: shutdown)
        switch target {
        case .stash(_, let key):
            let simulator = try StashSimulator(
                library: .samples(modified: SystemTime().now), apiKey: key, port: port ?? 9999, seed: seed)
            let address = try await simulator.start()
            Console.out("ready: http://\(address)")
            try await simulator.run(until: shutdown)
        }
        return .success
    }
}
