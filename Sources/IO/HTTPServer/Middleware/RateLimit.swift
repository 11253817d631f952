internal import HTTP
public import Support
import Synchronization

/// Answers 429 to who asks too often: a token bucket for each key, by default the client's address.
public struct RateLimit: Middleware {
    private struct Bucket {
        var tokens: Double
        var filledAt: Duration
    }

    private final class Buckets: Sendable {
        let list = Mutex<[String: Bucket]>([:])
    }

    /// Keys remembered at one time; beyond it the full buckets are forgotten, which changes nothing for their owners.
    static let maximumKeys = 10_000

    private let perSecond: Double
    private let burst: Double
    private let time: any TimeSource
    private let key: @Sendable (ServerRequest) -> String
    private let buckets = Buckets()

    /// Allows `burst` requests at once and `perSecond` on average.
    public init(
        perSecond: Double, burst: Int, time: any TimeSource = SystemTime(),
        key: @escaping @Sendable (ServerRequest) -> String = { $0.remoteAddress }
    ) {
        precondition(perSecond > 0 && burst > 0, "a rate is positive")
        self.perSecond = perSecond
        self.burst = Double(burst)
        self.time = time
        self.key = key
    }

    /// Takes a token, or answers 429 with `Retry-After` in whole seconds.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        let wait = take(key(request))
        guard wait > 0 else { return try await next.respond(to: request) }
        throw HTTPError(.tooManyRequests, fields: ["Retry-After": String(Int(wait.rounded(.up)))])
    }

    /// Seconds until there is a token, 0 when one was taken.
    private func take(_ key: String) -> Double {
        let now = time.uptime
        return buckets.list.withLock { list in
            if list.count >= Self.maximumKeys, list[key] == nil {
                list = list.filter { filled($0.value, at: now) < burst }
                if list.count >= Self.maximumKeys { return 1 / perSecond }
            }
            var tokens = list[key].map { filled($0, at: now) } ?? burst
            defer { list[key] = Bucket(tokens: tokens, filledAt: now) }
            guard tokens >= 1 else { return (1 - tokens) / perSecond }
            tokens -= 1
            return 0
        }
    }

    private func filled(_ bucket: Bucket, at now: Duration) -> Double {
        min(burst, bucket.tokens + (now - bucket.filledAt).inSeconds * perSecond)
    }
}
