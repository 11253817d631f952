/// A whole bot, from a person's message to the answer, beside other frameworks on the same simulator.
struct EchoBot: Benchmark {
    let name = "echo"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        let contenders = EchoContender.all
        let names = contenders.map(\.name)
        var rate = Comparison(
            title: "Echo bot, end to end", unit: "answers/s", isHigherBetter: true,
            method: """
                \(settings.people) people write \(settings.messages) messages each to a bot that polls and says the same \
                again; from the first message to the last answer, after a warm-up. Quartet stores each update in SQLite, \
                synced to the disk, before it is confirmed; the others keep them in memory. They run with their \
                defaults, which on loopback are also their fastest settings. The simulator is a process of its own on \
                the same machine, and its part of the machine is part of what is measured.
                """,
            rows: names, goal: .ratio(10, to: "aiogram"))
        var work = Comparison(
            title: "Echo bot, processor time", unit: "ms per answer", isHigherBetter: false,
            method: """
                What the bot's process used of the processor in the same runs: what it would need where the server is \
                on a machine of its own.
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
        return [rate, work]
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
