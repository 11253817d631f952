public import HTTP

/// When a failed request is sent again, and after how long a pause.
public struct RetryPolicy: Sendable, Hashable {
    /// How often the request is sent in all, the first time included.
    public var maximumAttempts: Int
    /// The pause before the second attempt; each further pause is twice as long.
    public var baseDelay: Duration
    /// The longest pause of the policy's own choosing.
    public var maximumDelay: Duration
    /// The part of a pause that is random, from 0 (none) to 1 (all of it).
    public var jitter: Double
    /// The statuses that ask for another attempt.
    public var statuses: Set<Int>
    /// Whether methods that are not idempotent (RFC 9110 section 9.2.2) are repeated after they may have had an effect.
    public var repeatsUnsafeMethods: Bool
    /// The longest pause a server may ask for; a longer one ends the attempts.
    public var maximumRetryAfter: Duration

    /// A policy; the defaults are those of ``standard``.
    public init(
        maximumAttempts: Int = 3, baseDelay: Duration = .milliseconds(250), maximumDelay: Duration = .seconds(10),
        jitter: Double = 0.5, statuses: Set<Int> = [408, 429, 500, 502, 503, 504],
        repeatsUnsafeMethods: Bool = false, maximumRetryAfter: Duration = .seconds(60)
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.jitter = jitter
        self.statuses = statuses
        self.repeatsUnsafeMethods = repeatsUnsafeMethods
        self.maximumRetryAfter = maximumRetryAfter
    }

    /// One attempt.
    public static let none = RetryPolicy(maximumAttempts: 1)
    /// Three attempts, for methods that may be repeated.
    public static let standard = RetryPolicy()
}

/// How an attempt ended.
public enum AttemptOutcome: Sendable {
    /// With an answer: its status, and the pause that its `Retry-After` asks for.
    case answered(HTTPStatus, retryAfter: Duration?)
    /// Without one.
    case failed(HTTPClientError)
}

/// What a retry policy says after an attempt.
public enum RetryDecision: Sendable, Hashable {
    /// Take the outcome as it is.
    case accept
    /// Try again after the pause.
    case retry(after: Duration)
}

extension RetryPolicy {
    /// What to do after an attempt.
    ///
    /// - Parameters:
    ///   - attempt: how many attempts were made, 1 after the first.
    ///   - randomness: a number from 0 up to 1, which places the pause within its jitter.
    public func decision(
        after outcome: AttemptOutcome, attempt: Int, method: HTTPMethod, randomness: Double
    ) -> RetryDecision {
        guard attempt < maximumAttempts else { return .accept }
        let isRepeatable = repeatsUnsafeMethods || method.isIdempotent
        switch outcome {
        case .failed(let error):
            guard error.isTransient, isRepeatable || error.precedesSending else { return .accept }
            return .retry(after: pause(afterAttempt: attempt, randomness: randomness))
        case .answered(let status, let retryAfter):
            // 429 says that the request was not processed (RFC 6585 section 4).
            guard statuses.contains(status.rawValue), isRepeatable || status.rawValue == 429 else { return .accept }
            let pause = pause(afterAttempt: attempt, randomness: randomness)
            guard let retryAfter else { return .retry(after: pause) }
            return retryAfter > maximumRetryAfter ? .accept : .retry(after: max(retryAfter, pause))
        }
    }

    private func pause(afterAttempt attempt: Int, randomness: Double) -> Duration {
        // 2^20 times any base is beyond every maximum in use, and keeps the product in range.
        let grown = baseDelay * (1 << min(attempt - 1, 20))
        let capped = min(grown, maximumDelay)
        return capped * (1 - jitter * randomness)
    }
}
