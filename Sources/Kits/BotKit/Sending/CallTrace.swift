import Support
import TelegramAPI

/// Sees every call from where it is made to its end, waiting and repeats included: for the log and the metrics.
struct CallTrace: TelegramInterceptor {
    let time: any TimeSource
    let metrics: BotMetrics
    let logger: Logger

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        // A poll is open most of the time, and belongs to no update.
        guard request.method != GetUpdates.name else { return try await next(request) }
        let scope = SendScope.current
        let start = time.uptime
        logger.debug("call", scope.fields(request.method))
        do {
            let reply = try await next(request)
            end(start, scope, request.method, "ok")
            return reply
        } catch {
            end(start, scope, request.method, error.label)
            throw error
        }
    }

    private func end(_ start: Duration, _ scope: SendScope, _ method: String, _ outcome: String) {
        let seconds = (time.uptime - start) / .seconds(1)
        metrics.calls.observe(seconds, trace: scope.trace)
        logger.debug(
            "call ended",
            scope.fields(method).merging(["outcome": .string(outcome), "seconds": .number(seconds)]) { $1 })
    }
}
