import Glibc
import Support

/// An echo bot made with some framework.
struct EchoContender: Sendable {
    let name: String
    private let framework: String?
    private let way: EchoWay

    /// Ours, then the others.
    static func all(_ way: EchoWay) -> [EchoContender] {
        let others: [(String, String)] =
            switch way {
            case .polling, .durable:
                [
                    ("aiogram", "aiogram"), ("python-telegram-bot", "python-telegram-bot"),
                    ("pyTelegramBotAPI, threads", "pyTelegramBotAPI"),
                    ("pyTelegramBotAPI, async", "pyTelegramBotAPI-async"),
                ]
            case .webhook:
                [
                    ("aiogram", "aiogram"), ("python-telegram-bot", "python-telegram-bot"),
                    ("pyTelegramBotAPI, async", "pyTelegramBotAPI-async"),
                ]
            }
        return [EchoContender(name: "Quartet", framework: nil, way: way)]
            + others.map { EchoContender(name: $0, framework: $1, way: way) }
    }

    /// A run under load.
    struct Sample {
        let seconds: Double
        /// Processor seconds of the bot's process.
        let botProcessor: Double
        /// Processor seconds of the simulator's process.
        let serverProcessor: Double
    }

    /// An idle bot.
    struct Idle {
        /// Seconds from its start to the first poll that waits.
        let start: Double
        /// Resident megabytes.
        let memory: Double
    }

    /// Runs the bot under load.
    func measure(_ settings: RunSettings) async throws -> Sample {
        try await withBot(people: settings.people, messages: settings.messages) { simulator, bot, _ in
            _ = try await Self.words(from: simulator, after: "warm")
            let before = try ProcessFigures.processorSeconds(bot.identifier)
            try simulator.send("go")
            let answered = try await Self.words(from: simulator, after: "answered")
            let after = try ProcessFigures.processorSeconds(bot.identifier)
            guard answered.count == 2 else { throw BenchmarkFailure("the simulator's report is incomplete") }
            return Sample(seconds: answered[0], botProcessor: after - before, serverProcessor: answered[1])
        }
    }

    /// Runs the bot with nothing to do.
    func idle() async throws -> Idle {
        try await withBot(people: 1, messages: 0) { _, bot, start in
            try await Task.sleep(for: .seconds(2))
            return Idle(start: start, memory: try ProcessFigures.residentMegabytes(bot.identifier))
        }
    }

    /// Starts simulator and bot and ends both; the body gets the seconds that the bot's start took.
    private func withBot<Value>(
        people: Int, messages: Int,
        _ body: (_ simulator: ChildProcess, _ bot: ChildProcess, _ start: Double) async throws -> Value
    ) async throws -> Value {
        let port = way == .webhook ? Peers.freePort() : 0
        let simulator = try ChildProcess(Role.simulator.command(["\(people)", "\(messages)", "\(port)"]))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        let start = SystemTime().uptime / .seconds(1)
        let bot = try ChildProcess(command(url, database: "\(folder)/echo.sqlite", port))
        defer { bot.stop() }
        let awaited = try await Self.words(from: simulator, after: "awaited")
        return try await body(simulator, bot, (awaited.first ?? start) - start)
    }

    private func command(_ url: String, database: String, _ port: Int) throws -> [String] {
        guard let framework else {
            return try Role.echoBot.command([SimulatorRole.token, url, database, way.rawValue, "\(port)"])
        }
        let command = [Peers.python, "scripts/peers/bots/echo.py", framework, SimulatorRole.token, url]
        return way == .webhook ? command + [SimulatorRole.publicURL, "\(port)"] : command
    }

    private static func words(from simulator: ChildProcess, after word: String) async throws -> [Double] {
        try await Peers.value(after: word, from: simulator).split(separator: " ").compactMap { Double($0) }
    }
}
