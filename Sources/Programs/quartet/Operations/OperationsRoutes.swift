import HTTP
import HTTPServer
import JSON
import Support

/// What the operator asks the process: is it alive, can it work, what are its numbers.
struct OperationsRoutes: Sendable {
    let probes: [HealthProbe]
    let metrics: Metrics
    let time: any TimeSource
    var limit: Duration = .seconds(5)

    func register(in router: inout Router) {
        // Alive means that the process answers; restarting it would not bring a remote service back.
        router.get("/health") { _ in
            .json("{\"status\":\"healthy\",\"version\":\"\(Quartet.version)\"}")
        }
        router.get("/ready") { _ in
            let results = await HealthProbe.results(of: probes, limit: limit, time: time)
            let isReady = results.allSatisfy(\.isHealthy)
            return .json(
                Self.body(results, isReady: isReady, at: time.now), status: isReady ? .ok : .serviceUnavailable)
        }
        let process = ProcessMetrics(metrics, time: time)
        router.get("/metrics") { request in
            process.update()
            let format = MetricFormat(accept: request.fields["Accept"])
            return .bytes(Array(metrics.render(as: format).utf8), type: format.contentType)
        }
    }

    private static func body(_ results: [ProbeResult], isReady: Bool, at now: Timestamp) -> [UInt8] {
        var checks = JSONObject()
        for result in results {
            checks.append(
                result.name, ["ok": .bool(result.isHealthy), "detail": result.detail.map(JSONValue.string) ?? .null])
        }
        let body: JSONValue = [
            "status": .string(isReady ? "ready" : "not ready"), "time": .string(now.iso8601()),
            "checks": .object(checks),
        ]
        return body.serialised()
    }
}
