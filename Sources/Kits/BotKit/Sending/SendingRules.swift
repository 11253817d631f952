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
        let scope = SendScope.current
        let patience = scope.patience ?? policy.patience
        var request = request
        var destination = rule.isCounted || rule.isBestEffort ? request.floodDestination : nil
        let load = FloodControl.Load(
            priority: scope.priority, messages: rule.isCounted ? request.messageCount : 1,
            isPaid: rule.isCounted && request.isPaid, patience: patience)
        var repeats = 0
        var bans = 0
        while true {
            if let destination { try await enter(destination, rule, load) }
            if scope.departure?.leave() == false { throw .network(.cancelled) }
            do {
                let reply = try await next(request)
                if rule.isCounted { metrics.sends.increment() }
                return reply
            } catch {
                switch error {
                case .retryAfter(let duration, _):
                    metrics.floodSeconds.increment(by: Int(duration.components.seconds))
                    if let destination { note(duration, destination, load, scope.fields(request.method)) }
                    bans += 1
                    guard duration <= patience, bans <= policy.repeats, !rule.isBestEffort else { throw error }
                    if destination == nil { try await pause(duration) }
                case .migrated(let chat):
                    guard case .id(let old)? = request.chat, old != chat else { throw error }
                    report(.migrated(from: old, to: chat))
                    guard let moved = request.moved(to: chat) else { throw Self.leftBehind }
                    request = moved
                    destination = destination.map { _ in FloodDestination(chat: chat.rawValue) }
                case .forbidden(let refusal, _):
                    if refusal.isLasting, case .id(let chat)? = request.chat { report(.unreachable(chat, refusal)) }
                    throw error
                default:
                    guard error.isTransient else { throw error }
                    let isSafe = rule.isRepeatable || !error.isAmbiguous
                    let limit = isSafe ? policy.repeats : rule.mayBeDoubled ? policy.ambiguousRepeats : 0
                    guard repeats < limit, !rule.isBestEffort, request.method != "getUpdates" else { throw error }
                    if !isSafe { metrics.doubtfulSends.increment() }
                    try await pause(policy.firstDelay * (1 << min(repeats, 6)))
                    repeats += 1
                }
            }
        }
    }

    /// What a call is told that is about a message of a group which became a supergroup.
    private static let leftBehind = TelegramError.notFound(
        .message,
        description: "message not found: the group became a supergroup, where its number may be another message's")

    /// Waits until flood control lets a call go.
    private func enter(
        _ destination: FloodDestination, _ rule: CallRule, _ load: FloodControl.Load
    ) async throws(TelegramError) {
        if rule.isBestEffort {
            guard let delay = gate.enterBestEffort(destination, isShown: rule.isDraft) else { return }
            throw .retryAfter(delay, description: "left out while there is no room for it")
        }
        switch await gate.enter(destination, load) {
        case .passed: return
        case .cancelled: throw .network(.cancelled)
        case .banned(let duration): throw .retryAfter(duration, description: "Telegram has asked to wait")
        }
    }

    /// Makes those wait whom a refusal concerns.
    private func note(
        _ duration: Duration, _ destination: FloodDestination, _ load: FloodControl.Load, _ fields: [String: LogValue]
    ) {
        let concern = gate.refuse(destination, messages: load.messages, for: duration)
        var fields = fields
        fields["seconds"] = .integer(duration.components.seconds)
        switch concern {
        case .chat: logger.notice("Telegram asks to wait with a chat", fields)
        case .bot: logger.warning("Telegram asks the whole bot to wait", fields)
        case .known: logger.debug("Telegram asks the whole bot to wait", fields)
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
