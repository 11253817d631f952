import Support

/// What a bot takes of the machine that knows a million people.
struct KnownChats: Benchmark {
    let name = "known-chats"

    private static let counts = [1_000, 1_000_000]
    private static let frameworks = ["aiogram", "python-telegram-bot", "pyTelegramBotAPI"]

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparisons: [Comparison] = []
        for count in Self.counts {
            let title = "\(Figures.number(Double(count))) known chats"
            var memory = Comparison(
                title: "\(title): memory", unit: "MB resident", isHigherBetter: false,
                method: """
                    An idle bot with so many people, each with a chosen language and a state in a dialogue. Quartet has \
                    them in SQLite and in memory; the others only in memory, where their guides put them first, and lose \
                    them with the process.
                    """,
                rows: ["Quartet"] + Self.frameworks, goal: nil)
            var start = Comparison(
                title: "\(title): start", unit: "ms", isHigherBetter: false,
                method: "From starting the process to the first long poll; the others take in what they never stored.",
                rows: ["Quartet"] + Self.frameworks, goal: nil)
            let folder = try Scratch.newFolder()
            defer { Scratch.remove(folder) }
            let database = "\(folder)/known.sqlite"
            _ = try await ChildProcess.run(Role.knownChats.command([database, "\(count)"]))
            for _ in 0..<settings.rounds {
                for index in memory.rows.indices {
                    let idle = try await Self.idle { url in
                        if index > 0 {
                            return [
                                Peers.python, "scripts/peers/bots/known.py", Self.frameworks[index - 1],
                                SimulatorRole.token(0), url, "\(count)",
                            ]
                        }
                        return try Role.echoBot.command(
                            [SimulatorRole.token(0), url, database, EchoWay.durable.rawValue, "0"])
                    }
                    memory.rows[index].samples.append(idle.memory)
                    start.rows[index].samples.append(idle.start * 1000)
                }
            }
            comparisons += [memory, start]
        }
        return comparisons
    }

    /// Starts a bot beside a simulator and looks at it two seconds after its first poll.
    private static func idle(_ command: (String) throws -> [String]) async throws -> EchoContender.Idle {
        let simulator = try ChildProcess(Role.simulator.command(SimulatorRole.Load().arguments))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        let start = SystemTime().uptime / .seconds(1)
        let bot = try ChildProcess(command(url))
        defer { bot.stop() }
        let awaited = try await Peers.value(after: "awaited", from: simulator)
        return EchoContender.Idle(
            start: (Double(awaited) ?? start) - start, memory: try await ProcessFigures.idleMegabytes(bot.identifier))
    }
}
