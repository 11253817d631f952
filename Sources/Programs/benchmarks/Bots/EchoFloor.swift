/// What an echo by polling cannot do without on this machine, and how far above it ours is.
struct EchoFloor: Benchmark {
    let name = "floor"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparison = Comparison(
            title: "The least that an echo by polling costs", unit: "ms of processor time", isHigherBetter: false,
            method: """
                Each part for itself, with the least around it: an exchange between wrk and bare libmicrohttpd, both \
                sides; reading and dispatching an update, as above; storing an update in SQLite and marking it, by \
                Python's `sqlite3`, twenty in a transaction. Against it the processor time of Quartet's echo bot and of \
                the simulator together, under load.
                """,
            rows: [
                "the three together", "an exchange over loopback HTTP", "JSON and dispatch", "SQLite",
                "Quartet's echo, bot and simulator",
            ], goal: nil)
        let echo = EchoContender.all(.polling)[0]
        for _ in 0..<settings.rounds {
            let parts = [
                try await Self.exchange(settings), try await Self.reading(settings), try await Self.storing(settings),
            ]
            let sample = try await echo.measure(settings)
            let answers = Double(settings.people * settings.messages)
            let whole = (sample.botProcessor + sample.serverProcessor) / answers * 1000
            for (index, figure) in ([parts.reduce(0, +)] + parts + [whole]).enumerated() {
                comparison.rows[index].samples.append(figure)
            }
        }
        comparison.makeGrowth(goalRow: 0)
        return [comparison]
    }

    private static func exchange(_ settings: RunSettings) async throws -> Double {
        let server = try await Peers.microhttpdServer()
        defer { server.process.stop() }
        // wrk has ended by then, and is the only one.
        func used() throws -> Double {
            try ProcessFigures.processorSeconds(server.process.identifier) + ProcessFigures.endedChildrenSeconds
        }
        let before = try used()
        let rate = try await Peers.wrk(server.url, settings)
        return (try used() - before) / (rate * Double(settings.seconds)) * 1000
    }

    private static func reading(_ settings: RunSettings) async throws -> Double {
        1000 / (try await Peers.figure(DecodeAndDispatch.command(settings)))
    }

    private static func storing(_ settings: RunSettings) async throws -> Double {
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        return try await Peers.figure(
            [Peers.python, "scripts/peers/sqlite_floor.py", "\(folder)/floor.sqlite", "\(settings.updates)"])
    }
}
