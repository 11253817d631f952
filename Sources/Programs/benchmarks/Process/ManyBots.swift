import Support

/// One, ten and a hundred bots in a process.
struct ManyBots: Benchmark {
    let name = "many-bots"

    private static let counts = [1, 10, 100]
    private static let frameworks = ["aiogram", "python-telegram-bot", "pyTelegramBotAPI-async"]

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        let names = ["Quartet"] + Self.frameworks
        var comparisons: [Comparison] = []
        for count in Self.counts {
            let bots = count == 1 ? "one bot" : "\(count) bots"
            var memory = Comparison(
                title: "A process with \(bots): memory", unit: "MB resident", isHigherBetter: false,
                method: """
                    Echo bots that poll, after the run of the next table. Quartet's share one database; the others are \
                    started as their guides do it for several bots, and keep nothing.
                    """,
                rows: names, goal: nil)
            var rate = Comparison(
                title: "A process with \(bots): answers", unit: "answers/s", isHigherBetter: true,
                method: "\(max(settings.people, count)) people in all write \(settings.messages / 10) messages each.",
                rows: names, goal: nil)
            for _ in 0..<settings.rounds {
                for index in names.indices {
                    let sample = try await Self.measure(
                        index == 0 ? nil : Self.frameworks[index - 1], bots: count, settings)
                    memory.rows[index].samples.append(sample.memory)
                    rate.rows[index].samples.append(sample.rate)
                }
            }
            comparisons += [memory, rate]
        }
        return comparisons
    }

    private static func measure(
        _ framework: String?, bots: Int, _ settings: RunSettings
    ) async throws -> (memory: Double, rate: Double) {
        var load = SimulatorRole.Load()
        load.people = max(settings.people, bots)
        load.messages = max(1, settings.messages / 10)
        load.bots = bots
        let simulator = try ChildProcess(Role.simulator.command(load.arguments))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        let command =
            if let framework {
                [Peers.python, "scripts/peers/bots/many.py", framework, url]
                    + (0..<bots).map(SimulatorRole.token)
            } else {
                try Role.manyBots.command([url, "\(folder)/bots.sqlite", "\(bots)"])
            }
        let process = try ChildProcess(command)
        defer { process.stop() }
        _ = try await Peers.value(after: "awaited", from: simulator)
        _ = try await Peers.value(after: "warm", from: simulator)
        try simulator.send("go")
        let answered = try await Peers.value(after: "answered", from: simulator).split(separator: " ")
        guard let seconds = answered.first.flatMap({ Double($0) }) else {
            throw BenchmarkFailure("the simulator's report is incomplete")
        }
        let messages = Double(load.people / bots * bots * load.messages)
        return (try ProcessFigures.residentMegabytes(process.identifier), messages / seconds)
    }
}
