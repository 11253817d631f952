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

    /// What half and what 99 of 100 messages waited for their answer, in milliseconds.
    struct Latency {
        let half: Double
        let nearlyAll: Double
    }

    /// Runs the bot under a load of so many messages a second.
    func latency(at rate: Int, _ settings: RunSettings) async throws -> Latency {
        var load = SimulatorRole.Load()
        load.people = settings.people
        load.messages = max(1, rate * settings.seconds / settings.people)
        load.rate = rate
        return try await withBot(load) { simulator, _, _ in
            _ = try await Self.words(from: simulator, after: "warm")
            try simulator.send("go")
            let waits = try await Self.words(from: simulator, after: "latency")
            guard waits.count == 2 else { throw BenchmarkFailure("the simulator's report is incomplete") }
            return Latency(half: waits[0], nearlyAll: waits[1])
        }
    }

    /// Runs the bot under load.
    func measure(_ settings: RunSettings) async throws -> Sample {
        var load = SimulatorRole.Load()
        load.people = settings.people
        load.messages = settings.messages
        return try await withBot(load) { simulator, bot, _ in
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
        try await withBot(SimulatorRole.Load()) { _, bot, start in
            Idle(start: start, memory: try await ProcessFigures.idleMegabytes(bot.identifier))
        }
    }

    /// Starts simulator and bot and ends both; the body gets the seconds that the bot's start took.
    private func withBot<Value>(
        _ load: SimulatorRole.Load,
        _ body: (_ simulator: ChildProcess, _ bot: ChildProcess, _ start: Double) async throws -> Value
    ) async throws -> Value {
        var load = load
        load.port = way == .webhook ? Peers.freePort() : 0
        let simulator = try ChildProcess(Role.simulator.command(load.arguments))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        let start = SystemTime().uptime / .seconds(1)
        let bot = try ChildProcess(command(url, database: "\(folder)/echo.sqlite", load.port))
        defer { bot.stop() }
        let awaited = try await Self.words(from: simulator, after: "awaited")
        return try await body(simulator, bot, (awaited.first ?? start) - start)
    }

    private func command(_ url: String, database: String, _ port: Int) throws -> [String] {
        guard let framework else {
            return try Role.echoBot.command([SimulatorRole.token(0), url, database, way.rawValue, "\(port)"])
        }
        let command = [Peers.python, "scripts/peers/bots/echo.py", framework, SimulatorRole.token(0), url]
        return way == .webhook ? command + [SimulatorRole.publicURL, "\(port)"] : command
    }

    private static func words(from simulator: ChildProcess, after word: String) async throws -> [Double] {
        try await Peers.value(after: word, from: simulator).split(separator: " ").compactMap { Double($0) }
    }
}
