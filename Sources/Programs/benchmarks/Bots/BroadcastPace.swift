/// How near a broadcast comes to the pace that Telegram's limits allow.
struct BroadcastPace: Benchmark {
    let name = "broadcast"

    private static let chats = 100_000

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        let limit = "30 messages a second"
        var comparison = Comparison(
            title: "Broadcast to \(Figures.number(Double(Self.chats))) chats", unit: "s on a virtual clock",
            isHigherBetter: false,
            method: """
                A message to \(Figures.number(Double(Self.chats))) chats, from SQLite to calls that are answered after \
                80 ms; one chat in a hundred has blocked the bot, and the clock jumps to whatever is waited for next. \
                The server refuses what exceeds 30 messages in any second.
                """,
            rows: ["Quartet", limit], goal: .ratio(0.95, to: limit))
        var notes: [[Double]] = []
        for _ in 0..<settings.rounds {
            let folder = try Scratch.newFolder()
            defer { Scratch.remove(folder) }
            let text = try await ChildProcess.run(
                Role.broadcast.command(["\(Self.chats)", folder]), within: .seconds(600))
            let figures = text.split(separator: "\n").last?.split(separator: " ").compactMap { Double($0) } ?? []
            guard figures.count == 4 else { throw BenchmarkFailure("the broadcast told: \(text)") }
            comparison.rows[0].samples.append(figures[0])
            comparison.rows[1].samples.append(Double(Self.chats) / 30)
            notes.append(figures)
        }
        if let last = notes.last {
            comparison.note = """
                In the last run \(Figures.number(last[1])) calls were refused, \(Figures.number(last[2])) chats that had \
                blocked the bot were pruned, and the whole took \(Figures.decimal(last[3])) s of processor time.
                """
        }
        return [comparison]
    }
}
