import HTTP
import HTTPClient
import Testing

@Suite struct RetryPolicyTests {
    private static let host = "example.org"

    /// Whether a policy of three attempts tries again after the first.
    @Test(arguments: [
        (HTTPMethod.get, HTTPClientError.connectionLost(host: host), true),
        (.put, .timeout(.total, host: host), true),
        (.delete, .timeout(.idle, host: host), true),
        // The server may have acted on it.
        (.post, .connectionLost(host: host), false),
        (.patch, .timeout(.total, host: host), false),
        // The server cannot have seen it.
        (.post, .unresolvedHost(host), true),
        (.post, .connectionFailed(host: host, reason: ""), true),
        (.post, .timeout(.connect, host: host), true),
        // Another attempt would fail the same way.
        (.get, .tls(host: host, reason: ""), false),
        (.get, .invalidRequest(""), false),
        (.get, .tooLarge(limit: 1), false),
        (.get, .protocolError(host: host, reason: ""), false),
        (.get, .cancelled, false),
        (.get, .stopped, false),
    ])
    func `a failure is repeated where that is safe and of use`(
        method: HTTPMethod, error: HTTPClientError, isRepeated: Bool
    ) {
        let decision = RetryPolicy.standard.decision(after: .failed(error), attempt: 1, method: method, randomness: 0)
        #expect((decision != .accept) == isRepeated)
    }

    @Test(arguments: [
        (HTTPMethod.get, HTTPStatus(200), false), (.get, 404, false), (.get, 500, true), (.get, 502, true),
        (.get, 503, true), (.get, 504, true), (.get, 408, true), (.get, 501, false), (.post, 500, false),
        (.post, 503, false),
        // The server says that it did not act.
        (.post, 429, true),
    ])
    func `a status is repeated where that is safe and of use`(
        method: HTTPMethod, status: HTTPStatus, isRepeated: Bool
    ) {
        let decision = RetryPolicy.standard.decision(
            after: .answered(status, retryAfter: nil), attempt: 1, method: method, randomness: 0)
        #expect((decision != .accept) == isRepeated)
    }

    @Test func `unsafe methods are repeated on demand`() {
        let policy = RetryPolicy(repeatsUnsafeMethods: true)
        let decision = policy.decision(
            after: .answered(503, retryAfter: nil), attempt: 1, method: .post, randomness: 0)
        #expect(decision == .retry(after: .milliseconds(250)))
    }

    @Test(arguments: [
        (1, Duration.milliseconds(100)), (2, .milliseconds(200)), (3, .milliseconds(400)), (4, .milliseconds(800)),
        (5, .seconds(1)), (60, .seconds(1)),
    ])
    func `pauses double up to the longest`(attempt: Int, pause: Duration) {
        let policy = RetryPolicy(
            maximumAttempts: 100, baseDelay: .milliseconds(100), maximumDelay: .seconds(1), jitter: 0.5)
        let decision = policy.decision(
            after: .failed(.connectionLost(host: "")), attempt: attempt, method: .get, randomness: 0)
        #expect(decision == .retry(after: pause))
    }

    @Test(arguments: [(0.0, 1000), (0.5, 750), (1.0, 500)])
    func `jitter shortens a pause by its part`(randomness: Double, milliseconds: Int) {
        let policy = RetryPolicy(baseDelay: .seconds(1), jitter: 0.5)
        let decision = policy.decision(
            after: .failed(.connectionLost(host: "")), attempt: 1, method: .get, randomness: randomness)
        #expect(decision == .retry(after: .milliseconds(milliseconds)))
    }

    @Test(arguments: [
        (Duration.seconds(7), RetryDecision.retry(after: .seconds(7))),
        (.zero, .retry(after: .milliseconds(250))),
        (.seconds(60), .retry(after: .seconds(60))),
        (.seconds(61), .accept),
    ])
    func `a server's own pause holds up to the cap`(asked: Duration, expected: RetryDecision) {
        let decision = RetryPolicy.standard.decision(
            after: .answered(503, retryAfter: asked), attempt: 1, method: .get, randomness: 0)
        #expect(decision == expected)
    }

    @Test func `the last attempt's outcome stands`() {
        let outcome = AttemptOutcome.failed(.connectionLost(host: ""))
        #expect(RetryPolicy.standard.decision(after: outcome, attempt: 3, method: .get, randomness: 0) == .accept)
        #expect(RetryPolicy.none.decision(after: outcome, attempt: 1, method: .get, randomness: 0) == .accept)
    }
}
