/// How the Gallery bot's time and memory grow with the library.
struct LibraryGrowth: Benchmark {
    let name = "library-growth"

    private static let sizes = [1_000, 10_000, 100_000, 1_000_000]
    private static let situations = [
        ("early", "nothing shown yet, no votes"),
        ("late", "nearly everything shown, no votes"),
        ("weighed-early", "nothing shown yet, weights for every gallery and person, and a filter"),
        ("weighed-late", "nearly everything shown, weights and a filter"),
    ]

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        let rows = Self.sizes.map { "\(Figures.number(Double($0))) images" }
        var index = Comparison(
            title: "Library growth: reading the index", unit: "ms of processor time", isHigherBetter: false,
            method: """
                Reading what choosing needs of every image from a simulated Stash, page by page over HTTP: what the bot's \
                own process uses of the processor.
                """,
            rows: rows, goal: nil)
        var choosing = Comparison(
            title: "Library growth: choosing the next photo", unit: "ms, 99th of 100", isHigherBetter: false,
            method: """
                From the wish to the choice, with reading what is new in the chat's history from SQLite; the worst of \
                four situations: at the beginning and at the end of a round, without votes, and with weights for every \
                gallery and person and the filter `rating>=30 portrait`. 300 choices each, every one noted.
                """,
            rows: rows, goal: .figure(20))
        var memory = Comparison(
            title: "Library growth: memory", unit: "MB resident at most", isHigherBetter: false,
            method: """
                The most that the process held, in 10⁶ bytes, with a chat that was shown nearly everything, and while the \
                index is read again beside the one in use.
                """,
            rows: rows, goal: .figure(150))
        var note = ""
        for _ in 0..<settings.rounds {
            for (row, size) in Self.sizes.enumerated() {
                let figures = try await Self.measure(size)
                index.rows[row].samples.append(figures["indexed", default: [0, 0]][1] * 1000)
                choosing.rows[row].samples.append(Self.situations.map { figures[$0.0, default: [0, 0]][1] }.max() ?? 0)
                memory.rows[row].samples.append(figures["memory", default: [0, 0]][1])
                if size == Self.sizes.last { note = Self.note(figures) }
            }
        }
        for last in [Self.sizes.count - 1] {
            index.makeGrowth(goalRow: last)
            choosing.makeGrowth(goalRow: last)
            memory.makeGrowth(goalRow: last)
        }
        choosing.note = note
        return [index, choosing, memory]
    }

    /// The last run with the most images in words.
    private static func note(_ figures: [String: [Double]]) -> String {
        var lines = ["In the last run with the most images, milliseconds as median and 99th of 100:\n"]
        for (key, title) in situations {
            let samples = figures[key, default: [0, 0]]
            lines.append("- \(title): \(Figures.decimal(samples[0])), \(Figures.decimal(samples[1]))")
        }
        lines.append(
            """
            - the first choice after a restart for a chat that was shown nearly everything, with its history read: \
            \(Figures.number(figures["first", default: [0]][0]))

            The whole index was there after \(Figures.decimal(figures["indexed", default: [0]][0])) s, most of which the \
            simulator took; \(Figures.number(figures["memory", default: [0]][0])) MB were resident between two readings.
            """)
        return lines.joined(separator: "\n")
    }

    private static func measure(_ size: Int) async throws -> [String: [Double]] {
        let stash = try ChildProcess(Role.stash.command(["\(size)"]))
        defer { stash.stop() }
        let url = try await Peers.value(after: "listening", from: stash)
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        let text = try await ChildProcess.run(
            Role.choosing.command([url, "\(size)", folder]), within: .seconds(600))
        var figures: [String: [Double]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let name = words.first { figures[String(name)] = words.dropFirst().compactMap { Double($0) } }
        }
        return figures
    }
}
