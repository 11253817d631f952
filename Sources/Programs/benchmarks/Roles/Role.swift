import Glibc
import Support

/// What this program does when a benchmark starts it once more as a process of its own.
enum Role: String {
    /// `simulator PEOPLE MESSAGES PORT BOTS RATE`
    case simulator
    /// `echo-bot TOKEN URL DATABASE WAY PORT`
    case echoBot = "echo-bot"
    /// `many-bots URL DATABASE COUNT`
    case manyBots = "many-bots"
    /// `known-chats DATABASE COUNT`
    case knownChats = "known-chats"
    /// `dispatch FILE COUNT`
    case dispatch
    /// `broadcast COUNT FOLDER`
    case broadcast
    /// `stash COUNT`
    case stash
    /// `choosing URL COUNT FOLDER`
    case choosing

    func play(_ arguments: [String]) async throws {
        switch (self, arguments.count) {
        case (.simulator, 5):
            guard let load = SimulatorRole.Load(arguments) else { throw BenchmarkFailure("no such load") }
            try await SimulatorRole(load: load).play()
        case (.echoBot, 5):
            guard let way = EchoWay(rawValue: arguments[3]) else { throw BenchmarkFailure("no such way") }
            try await EchoBotRole(
                token: Secret(arguments[0]), url: arguments[1], path: arguments[2], way: way,
                port: Int(arguments[4]) ?? 0
            ).play()
        case (.manyBots, 3):
            try await ManyBotsRole(url: arguments[0], path: arguments[1], count: Int(arguments[2]) ?? 0).play()
        case (.knownChats, 2): try await KnownChatsRole.fill(arguments[0], count: Int(arguments[1]) ?? 0)
        case (.dispatch, 2): try await DispatchRole.play(path: arguments[0], count: Int(arguments[1]) ?? 0)
        case (.broadcast, 2):
            try await BroadcastRole(chats: Int(arguments[0]) ?? 0, folder: arguments[1]).play()
        case (.stash, 1): try await StashRole.play(count: Int(arguments[0]) ?? 0)
        case (.choosing, 3):
            try await ChoosingRole(url: arguments[0], count: Int(arguments[1]) ?? 0, folder: arguments[2]).play()
        default: throw BenchmarkFailure("\(rawValue) takes other arguments")
        }
    }

    /// The command that starts the role.
    func command(_ arguments: [String]) throws -> [String] {
        [try ProcessFigures.ownProgram, "play", rawValue] + arguments
    }

    /// Waits for a line, or for the end of the benchmark.
    static func line() async {
        await withCheckedContinuation { continuation in
            OSThread.start(name: "input") {
                _ = readLine()
                continuation.resume()
            }.detach()
        }
    }

    /// Tells the benchmark something.
    static func report(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // A benchmark that has gone needs no reports.
        _ = unsafe write(STDOUT_FILENO, bytes, bytes.count)
    }
}
