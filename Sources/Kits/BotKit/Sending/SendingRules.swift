import HTTPClient
import Support
import TelegramAPI

/// What every call passes: flood control, repeats, migrated groups, blocked people.
struct SendingRules: TelegramInterceptor {
    let policy: SendingPolicy
    let gate: FloodGate
    let time: any TimeSource
    let metrics: BotMetrics
    let logger: Logger
    let report: @Sendable (ChatChange) -> Void

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        let rule = CallRule(method: request.method)
        let target = rule.isCounted || rule.isBestEffort ? request.chat : nil
        let scope = SendScope.current
        var request = request
        var destination = target.map(FloodControl.Destination.init)
        var repeats = 0
        var bans = 0
        while true {
            if rule.isCounted, let destination, await !gate.enter(destination, scope.priority) {
                throw .network(.cancelled)
            }
            if rule.isBestEffort, !gate.isFree(destination) {
                throw .retryAfter(.seconds(1), description: "dropped while the chat is banned")
            }
            do {
                let reply = try await next(request)
                if rule.isCounted { metrics.sends.increment() }
                return reply
            } catch {
                switch error {
                case .retryAfter(let duration, _):
                    metrics.floodSeconds.increment(by: Int(duration.components.seconds))
                    if let destination { gate.ban(destination, for: duration) }
                    bans += 1
                    guard duration <= policy.patience, bans <= policy.repeats, !rule.isBestEffort else { throw error }
                    if !rule.isCounted || destination == nil { try await pause(duration) }
                case .migrated(let chat):
                    guard case .id(let old)? = request.chat, old != chat else { throw error }
                    report(.migrated(from: old, to: chat))
                    request = request.replacing(chat: chat)
                    destination = destination.map { _ in FloodControl.Destination(chat: chat.rawValue) }
                case .forbidden(let refusal, _):
                    if refusal.isLasting, case .id(let chat)? = request.chat { report(.unreachable(chat, refusal)) }
                    throw error
                default:
                    guard error.isTransient else { throw error }
                    let isSafe = rule.isRepeatable || !error.isAmbiguous
                    guard repeats < (isSafe ? policy.repeats : policy.ambiguousRepeats), !rule.isBestEffort,
                        request.method != "getUpdates"
                    else { throw error }
                    if !isSafe { metrics.doubtfulSends.increment() }
                    try await pause(policy.firstDelay * (1 << min(repeats, 6)))
                    repeats += 1
                }
            }
        }
    }

    private func pause(_ duration: Duration) async throws(TelegramError) {
        do {
            try await time.sleep(for: duration)
        } catch {
            throw .network(.cancelled)
        }
    }
}

extension TelegramError.Refusal {
    /// Whether writing there again is pointless until something changes.
    var isLasting: Bool {
        switch self {
        case .blocked, .deactivated, .kicked, .notMember, .notStarted, .toBot, .chatDeleted: true
        case .missingRights, .other: false
        }
    }
}
