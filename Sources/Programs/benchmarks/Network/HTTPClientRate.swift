import HTTP
import HTTPClient

/// How many small requests a second a client makes, beside a load generator in C and a Python client.
struct HTTPClientRate: Benchmark {
    let name = "http-client"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparison = Comparison(
            title: "HTTP client", unit: "requests/s", isHigherBetter: true,
            method: """
                Small GET requests over loopback for \(settings.seconds) s, \(settings.inFlight) in flight, against one bare libmicrohttpd server. wrk does \
                nothing but count; it is the ceiling of server and machine.
                """,
            rows: ["Quartet", "wrk", "aiohttp"], goal: .figure(15_000))
        let server = try await Peers.microhttpdServer()
        defer { server.process.stop() }
        let client = HTTPClient()
        try await comparison.measure(
            rounds: settings.rounds,
            [
                { try await Self.rate(client, server.url, settings) },
                { try await Peers.wrk(server.url, settings) },
                { try await Peers.aiohttpClient(server.url, settings) },
            ])
        await client.stop()
        return [comparison]
    }

    /// Our client's requests a second.
    private static func rate(_ client: HTTPClient, _ url: String, _ settings: RunSettings) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start.advanced(by: .seconds(settings.seconds))
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<settings.inFlight {
                group.addTask {
                    var count = 0
                    while clock.now < end {
                        guard try await client.send(ClientRequest(url)).status.isSuccess else {
                            throw BenchmarkFailure("the server refused a request")
                        }
                        count += 1
                    }
                    return count
                }
            }
            var total = 0
            for try await count in group { total += count }
            return total
        }
        return Double(total) / (clock.now - start).inSeconds
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
