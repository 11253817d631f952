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
        let arguments = [Self.file, "\(settings.updates)"]
        var commands = [try Role.dispatch.command(arguments)]
        commands += Self.frameworks.map { [Peers.python, "scripts/peers/bots/dispatch.py", $0] + arguments }
        try await comparison.measure(
            rounds: settings.rounds,
            commands.map { command in
                { try await Peers.figure(["taskset", "-c", "0"] + command) }
            })
        return [comparison]
    }
}
