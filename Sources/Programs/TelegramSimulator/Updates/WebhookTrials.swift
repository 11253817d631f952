import Synchronization

/// The connections that are tried before webhooks are set: one for each bot, the newest.
final class WebhookTrials: Sendable {
    /// How often a bot may set a webhook.
    static let interval: Int64 = 1000

    private struct Waiting {
        var id: Int
        var continuation: CheckedContinuation<ConnectionTrial.Outcome?, Never>
    }

    private struct State {
        var next = 0
        var waiting: [Int64: Waiting] = [:]
        var admitted: [Int64: Int64] = [:]
    }

    private let state = Mutex(State())

    /// Whether a bot may set a webhook again already; a moment in milliseconds.
    func admits(_ bot: Int64, now: Int64) -> Bool {
        state.withLock { state in
            if let last = state.admitted[bot], now < last + Self.interval { return false }
            state.admitted[bot] = now
            return true
        }
    }

    /// Answers what came of a trial; whoever waits for an earlier one of the same bot is sent away.
    func run(
        for bot: Int64, _ trial: @escaping @Sendable () async -> ConnectionTrial.Outcome
    ) async throws(APIError) -> ConnectionTrial.Outcome {
        let outcome: ConnectionTrial.Outcome? = await withCheckedContinuation { continuation in
            let (id, old) = state.withLock { state -> (Int, Waiting?) in
                state.next += 1
                defer { state.waiting[bot] = Waiting(id: state.next, continuation: continuation) }
                return (state.next, state.waiting[bot])
            }
            old?.continuation.resume(returning: nil)
            Task { self.end(id, of: bot, with: await trial()) }
        }
        guard let outcome else { throw .exact(409, "Conflict: terminated by other setWebhook") }
        return outcome
    }

    /// Sends away who waits for a trial of a bot.
    func cancel(_ bot: Int64) {
        state.withLock { $0.waiting.removeValue(forKey: bot) }?.continuation.resume(returning: nil)
    }

    private func end(_ id: Int, of bot: Int64, with outcome: ConnectionTrial.Outcome) {
        let waiting = state.withLock { state -> Waiting? in
            state.waiting[bot]?.id == id ? state.waiting.removeValue(forKey: bot) : nil
        }
        waiting?.continuation.resume(returning: outcome)
    }
}
