internal import HTTP
public import Support
import Synchronization

/// Counts requests and their duration by method, matched route and status.
public struct RequestMetrics: Middleware {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private final class Series: Sendable {
        let metrics: Metrics
        let counters = Mutex<[Key: Counter]>([:])
        let histograms = Mutex<[Key: Histogram]>([:])

        init(_ metrics: Metrics) { self.metrics = metrics }

        func observe(_ key: Key, _ duration: Duration) {
            let counter = counters.withLock { counters in
                if let known = counters[key] { return known }
                let counter = metrics.counter(
                    "http_requests_total", help: "Requests answered.",
                    labels: ["method": key.method, "route": key.route, "status": String(key.status)])
                counters[key] = counter
                return counter
            }
            counter.increment()
            let histogram = histograms.withLock { histograms in
                let key = Key(method: key.method, route: key.route, status: 0)
                if let known = histograms[key] { return known }
                let histogram = metrics.histogram(
                    "http_request_duration_seconds", help: "Time from a request's head to the end of its answer.",
                    labels: ["method": key.method, "route": key.route])
                histograms[key] = histogram
                return histogram
            }
            histogram.observe(duration)
        }
    }

    private let series: Series

    /// Counts into `metrics`.
    public init(metrics: Metrics) { series = Series(metrics) }

    /// Lets the request pass and counts it at its end.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        // An invented method must not make a series of its own.
        let known: Set<HTTPMethod> = [.get, .head, .post, .put, .patch, .delete, .options]
        let method = known.contains(request.method) ? request.method.rawValue : "other"
        request.onCompletion { [series, context = request.context] response in
            series.observe(
                Key(method: method, route: context.route ?? "none", status: response.status?.rawValue ?? 0),
                response.duration)
        }
        return try await next.respond(to: request)
    }
}
