import HTTPServer

/// How many small requests a second the server answers, beside the bare C library and a Python server.
struct HTTPServerRate: Benchmark {
    let name = "http-server"

    func run(_ settings: RunSettings) async throws -> [Comparison] {
        var comparison = Comparison(
            title: "HTTP server", unit: "requests/s", isHigherBetter: true,
            method: """
                Small GET requests from wrk over loopback for \(settings.seconds) s, \(settings.inFlight) connections. Bare libmicrohttpd is the library \
                below Quartet's server with nothing around it.
                """,
            rows: ["Quartet", "bare libmicrohttpd", "aiohttp"], goal: .figure(30_000))
        let server = HTTPServer { _ in .json(#"{"ok":true,"result":[]}"#) }
        let address = try await server.start()
        let bare = try await Peers.microhttpdServer()
        let aiohttp = try await Peers.aiohttpServer()
        defer {
            bare.process.stop()
            aiohttp.process.stop()
        }
        try await comparison.measure(
            rounds: settings.rounds,
            [
                { try await Peers.wrk("http://127.0.0.1:\(address.port)/", settings) },
                { try await Peers.wrk(bare.url, settings) },
                { try await Peers.wrk(aiohttp.url, settings) },
            ])
        await server.stop(graceful: .zero)
        return [comparison]
    }
}
