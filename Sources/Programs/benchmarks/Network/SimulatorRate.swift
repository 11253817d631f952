import HTTP
import HTTPClient

/// How many calls of the Bot API the simulator answers.
struct SimulatorRate: Benchmark {
    let name = "simulator"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparison = Comparison(
            title: "The simulator's calls", unit: "calls/s", isHigherBetter: true,
            method: """
                Calls from wrk over loopback for \(settings.seconds) s, \(settings.inFlight) connections. `sendMessage` \
                makes a message in a chat each time, in the order in which they come; `getMe` changes nothing.
                """,
            rows: ["sendMessage", "getMe"], goal: .figure(5_000))
        try await comparison.measure(
            rounds: settings.rounds,
            [
                { try await Self.rate("sendMessage", settings, ["-s", "scripts/peers/send_message.lua"]) },
                { try await Self.rate("getMe", settings, []) },
            ])
        comparison.makeGrowth(goalRow: 0)
        return [comparison]
    }

    private static func rate(_ method: String, _ settings: RunSettings, _ script: [String]) async throws -> Double {
        let simulator = try ChildProcess(Role.simulator.command(SimulatorRole.Load().arguments))
        defer { simulator.stop() }
        let url = try await Peers.value(after: "listening", from: simulator)
        // A bot may write only to somebody who has begun.
        let client = HTTPClient()
        let begun = try await client.send(
            ClientRequest(
                .post, "\(url)/sim/start", fields: ["Content-Type": "application/json"],
                body: .bytes(Array(#"{"user": 501, "bot": 7001}"#.utf8))))
        await client.stop()
        guard begun.status.isSuccess else { throw BenchmarkFailure("the simulator lets nobody begin") }
        return try await Peers.wrk(
            "\(url)/bot\(SimulatorRole.token(0))/\(method)", settings, options: script,
            arguments: script.isEmpty ? [] : ["501"])
    }
}
