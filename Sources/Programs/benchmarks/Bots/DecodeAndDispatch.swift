/// How many updates one core reads and takes to their handlers, beside three frameworks in Python.
struct DecodeAndDispatch: Benchmark {
    let name = "dispatch"

    private static let file = "scripts/peers/updates.jsonl"
    private static let frameworks = ["aiogram", "python-telegram-bot", "pyTelegramBotAPI"]

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparison = Comparison(
            title: "Decode and dispatch, per core", unit: "updates/s", isHigherBetter: true,
            method: """
                \(settings.updates) updates of a private chat, a group and a forum, from JSON text to the handler: 20 commands \
                are declared, the last is meant. No network and no database; each contender is held to one core and \
                counted by the processor time that it used. Quartet reads the update twice, once for its number, as it \
                does to store it first.
                """,
            rows: ["Quartet"] + Self.frameworks, goal: .figure(100_000))
        let frameworks = Self.frameworks.map { framework in
            Self.onOneCore(
                [Peers.python, "scripts/peers/bots/dispatch.py", framework, Self.file, "\(settings.updates)"])
        }
        try await comparison.measure(
            rounds: settings.rounds,
            ([try Self.command(settings)] + frameworks).map { command in
                { try await Peers.figure(command) }
            })
        return [comparison]
    }

    /// The command that prints how many updates a second Quartet reads and dispatches on one core.
    static func command(_ settings: RunSettings) throws -> [String] {
        onOneCore(try Role.dispatch.command([file, "\(settings.updates)"]))
    }

    private static func onOneCore(_ command: [String]) -> [String] { ["taskset", "-c", "0"] + command }
}
