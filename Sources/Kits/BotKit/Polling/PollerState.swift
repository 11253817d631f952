/// What the poller does next: the rules of long polling without clock or socket.
///
/// The offset moves only when updates are stored, so a batch that was received but not stored is asked for again.
struct PollerState: Equatable, Sendable {
    /// Times that rule the poller.
    struct Rules: Equatable, Sendable {
        /// How long Telegram holds a poll open; it allows at most 50 s.
        var longPoll: Duration = .seconds(30)
        /// How long after its end a poll may stay without an answer before it is given up; nil for ever.
        var grace: Duration? = .seconds(30)
        /// First wait after a failure; doubled each time.
        var firstDelay: Duration = .milliseconds(500)
        /// Longest wait between attempts.
        var longestDelay: Duration = .seconds(30)
        /// Answers 401 in a row before the poller gives up.
        var unauthorizedLimit = 5
    }

    /// What went wrong with a poll, in the terms that decide what to do.
    enum Failure: Equatable, Sendable {
        /// 409: another program polls with the same token.
        case otherPoller
        /// 409: a webhook is set.
        case webhookActive
        /// 401 or 404: the token is not valid (any more).
        case unauthorized
        /// 429.
        case flood(Duration)
        /// 5xx, an HTML page, an empty or unreadable body.
        case server
        /// No connection, or it broke.
        case network
        /// No answer long after the poll should have ended; the connection is dead.
        case wedged
        /// The updates could not be stored.
        case storage
    }

    /// What the shell is to do.
    enum Action: Equatable, Sendable {
        /// Call getUpdates; nil asks from the head of the queue.
        case poll(offset: Int64?, timeout: Duration)
        case wait(Duration)
        case deleteWebhook
        /// Give up: nothing but a new token helps.
        case stop
    }

    let rules: Rules
    /// The first update that is not stored yet.
    private(set) var offset: Int64?
    /// Failures in a row.
    private(set) var failures = 0
    /// Whether the poll before was cut off: a new one can lose against it where it reaches Telegram later.
    private(set) var mayMeetItself = false
    private var unauthorized = 0
    private var hasPolled = false
    private var pending: Action?

    init(offset: Int64?, rules: Rules = Rules()) {
        self.offset = offset
        self.rules = rules
    }

    /// The next thing to do.
    mutating func next() -> Action {
        if let action = pending {
            pending = nil
            return action
        }
        // The first poll comes back at once, so that a start is known to be good without waiting.
        return .poll(offset: offset, timeout: hasPolled ? rules.longPoll : .zero)
    }

    /// A poll was answered and what it brought is stored; `last` is the highest update id in it.
    mutating func stored(last: Int64?) {
        failures = 0
        unauthorized = 0
        mayMeetItself = false
        hasPolled = true
        if let last { offset = last + 1 }
    }

    /// A poll or the storing of its updates failed; `jitter` in 0..<1 spreads the attempts of many bots.
    mutating func failed(_ failure: Failure, jitter: Double) {
        failures += 1
        if failure != .unauthorized { unauthorized = 0 }
        mayMeetItself = failure == .network || failure == .wedged
        switch failure {
        case .webhookActive:
            pending = failures > 3 ? .wait(delay(jitter)) : .deleteWebhook
        case .unauthorized:
            unauthorized += 1
            pending = unauthorized >= rules.unauthorizedLimit ? .stop : .wait(delay(jitter))
        case .flood(let duration):
            pending = .wait(max(duration, .milliseconds(100)))
        case .wedged:
            // A new connection may work at once.
            pending = failures > 1 ? .wait(delay(jitter)) : nil
        case .otherPoller, .server, .network, .storage:
            pending = .wait(delay(jitter))
        }
    }

    /// Doubled for each failure in a row, up to a limit, and at random between half of it and the whole.
    private func delay(_ jitter: Double) -> Duration {
        let exponent = min(failures - 1, 16)
        let full = min(rules.firstDelay * (1 << exponent), rules.longestDelay)
        return full * (0.5 + 0.5 * jitter)
    }
}
