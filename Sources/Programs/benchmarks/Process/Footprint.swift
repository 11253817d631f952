import HTTP
import HTTPClient
import Support

/// What a bot takes of the machine while nobody writes, and how long it takes to be there.
struct Footprint: Benchmark {
    let name = "footprint"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        let bots = EchoContender.all(.polling)
        let names = ["Quartet, `quartet serve`", "Quartet, echo bot"] + bots.dropFirst().map { "\($0.name), echo bot" }
        var memory = Comparison(
            title: "Idle memory", unit: "MB resident", isHigherBetter: false,
            method: """
                Resident memory two seconds after the start, in 10⁶ bytes. `quartet serve` is the Gallery bot with its \
                database, job runner, two HTTP servers and a folder of photos.
                """,
            rows: names, goal: .figure(40))
        var start = Comparison(
            title: "Start", unit: "ms", isHigherBetter: false,
            method: """
                From starting the process until it is ready: `quartet serve` says so itself on `/ready` (database, \
                Telegram and photos are asked), the echo bots hold their first long poll open.
                """,
            rows: names, goal: .figure(300))
        for _ in 0..<settings.rounds {
            let serve = try await Self.serve()
            var samples = [serve]
            for bot in bots { samples.append(try await bot.idle()) }
            for (index, sample) in samples.enumerated() {
                memory.rows[index].samples.append(sample.memory)
                start.rows[index].samples.append(sample.start * 1000)
            }
        }
        return [memory, start]
    }

    private static func serve() async throws -> EchoContender.Idle {
        let simulator = try ChildProcess(Role.simulator.command(SimulatorRole.Load().arguments))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        let folder = try Scratch.newFolder()
        defer { Scratch.remove(folder) }
        let port = Peers.freePort()
        let configuration = """
            telegram:
              api_url: \(url)
            http:
              public: {port: \(Peers.freePort())}
              internal: {port: \(port)}
            gallery:
              telegram: {bot_token: "\(SimulatorRole.token(0))", allowed_user_ids: [501]}
              folder: {path: \(folder)}
              database: {path: \(folder)/gallery.sqlite}
            """
        try TextFile.write(configuration, to: "\(folder)/quartet.yml")
        let program = try ProcessFigures.ownProgram.split(separator: "/").dropLast().joined(separator: "/")
        let clock = ContinuousClock()
        let start = clock.now
        let process = try ChildProcess(["/\(program)/quartet", "serve", "--config", "\(folder)/quartet.yml"])
        defer { process.stop() }
        try await Peers.untilAnswered("http://127.0.0.1:\(port)/ready", every: .milliseconds(2))
        let seconds = (clock.now - start).inSeconds
        return .init(start: seconds, memory: try await ProcessFigures.idleMegabytes(process.identifier))
    }
}
