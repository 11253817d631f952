/// A whole bot, from a person's message to the answer, beside other frameworks on the same simulator.
struct EchoBot: Benchmark {
    let name = "echo"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparisons: [Comparison] = []
        for way in EchoWay.allCases {
            let contenders = EchoContender.all(way)
            let names = contenders.map(\.name)
            var rate = Comparison(
                title: "Echo bot, \(way.title)", unit: "answers/s", isHigherBetter: true,
                method: way.method(settings), rows: names, goal: .ratio(way.goal, to: "aiogram"))
            var work = Comparison(
                title: "Echo bot, \(way.title): processor time", unit: "ms per answer", isHigherBetter: false,
                method: """
                    What the bot's process used of the processor in the same runs: what it would need where the server \
                    is on a machine of its own.
                    """,
                rows: names, goal: nil)
            var server: [Double] = []
            for _ in 0..<settings.rounds {
                for (index, contender) in contenders.enumerated() {
                    let sample = try await contender.measure(settings)
                    let count = Double(settings.people * settings.messages)
                    rate.rows[index].samples.append(count / sample.seconds)
                    work.rows[index].samples.append(sample.botProcessor / count * 1000)
                    if index == 0 {
                        server.append(sample.serverProcessor / count * 1000)
                        rate.note = Self.limit(sample)
                    }
                }
            }
            work.note = "The simulator itself needs \(Figures.decimal(server.median)) ms for each of Quartet's answers."
            comparisons += [rate, work]
            guard way != .durable else { continue }
            let rates = rate.rows.map(\.samples.median)
            let slowest = rates.min() ?? 0
            comparisons += try await Self.waits(
                way, contenders, rates.map { Int($0 / 2) }, settings, title: "the wait at half load",
                method: """
                    The same bots, each at half of its own rate from the table above, one message after another at a \
                    steady pace for \(settings.seconds) s. Looked at five times in a millisecond.
                    """)
            comparisons += try await Self.waits(
                way, contenders, rates.map { _ in Int(slowest / 2) }, settings, title: "the wait at the same load",
                method: "As before, but all at half of the slowest one's rate: \(Int(slowest / 2)) messages a second.")
        }
        return comparisons
    }

    /// How long people wait for their answers at some rate for each bot.
    private static func waits(
        _ way: EchoWay, _ contenders: [EchoContender], _ rates: [Int], _ settings: RunSettings,
        title: String, method: String
    ) async throws -> [Comparison] {
        var half = Comparison(
            title: "Echo bot, \(way.title): \(title), median", unit: "ms", isHigherBetter: false,
            method: method, rows: contenders.map(\.name), goal: nil)
        var nearlyAll = Comparison(
            title: "Echo bot, \(way.title): \(title), 99 of 100", unit: "ms", isHigherBetter: false,
            method: "From the same runs.", rows: contenders.map(\.name), goal: nil)
        for _ in 0..<settings.rounds {
            for (index, contender) in contenders.enumerated() {
                let waits = try await contender.latency(at: rates[index], settings)
                half.rows[index].samples.append(waits.half)
                nearlyAll.rows[index].samples.append(waits.nearlyAll)
            }
        }
        return [half, nearlyAll]
    }

    /// What held the run up, from who was busy how long.
    private static func limit(_ sample: EchoContender.Sample) -> String {
        let (bot, server) = (sample.botProcessor / sample.seconds, sample.serverProcessor / sample.seconds)
        return """
            In Quartet's last run the bot kept \(Figures.decimal(bot)) cores busy and the simulator \
            \(Figures.decimal(server)) of \(Machine.cores): \
            \(bot + server > 0.85 * Double(Machine.cores)
                ? "the machine is full, and a faster simulator would give a higher figure."
                : "the rest was waiting, for the disk and for other programs on the machine.")
            """
    }
}
