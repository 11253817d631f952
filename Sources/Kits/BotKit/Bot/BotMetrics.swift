import Support

/// The figures of a bot.
struct BotMetrics: Sendable {
    let sends: Counter
    let floodSeconds: Counter
    let doubtfulSends: Counter
    let failures: Counter
    let tookTooLong: Counter
    let setAside: Counter
    let conflicts: Counter
    let duplicates: Counter
    let handling: Histogram
    let queueAge: Histogram
    let calls: Histogram
    private let updates: [UpdateKind: Counter]
    let pollAge: Gauge
    let waiting: Gauge

    init(_ metrics: Metrics) {
        sends = metrics.counter("bot_sends_total", help: "Messages sent and edited")
        floodSeconds = metrics.counter("bot_flood_seconds_total", help: "Seconds that Telegram asked to wait")
        doubtfulSends = metrics.counter(
            "bot_doubtful_sends_total", help: "Messages sent again as no answer told whether they had arrived")
        failures = metrics.counter("bot_handler_failures_total", help: "Updates whose handler failed")
        tookTooLong = metrics.counter(
            "bot_handlers_given_up_total", help: "Updates whose handler took too long and was given up")
        setAside = metrics.counter(
            "bot_updates_set_aside_total", help: "Updates that ended the program each time, or cannot be read")
        conflicts = metrics.counter(
            "bot_poll_conflicts_total", help: "Polls taken away by another program with the same token")
        duplicates = metrics.counter("bot_duplicate_updates_total", help: "Updates that had come before")
        handling = metrics.histogram("bot_handling_seconds", help: "Time that a handler took")
        queueAge = metrics.histogram("bot_queue_seconds", help: "Time from receiving an update to its handler")
        calls = metrics.histogram(
            "bot_call_seconds", help: "Time that a call to Telegram took, waiting and repeats included")
        pollAge = metrics.gauge("bot_poll_age_seconds", help: "Age of the last completed poll")
        waiting = metrics.gauge("bot_updates_waiting", help: "Updates that wait or are being handled")
        updates = Dictionary(
            uniqueKeysWithValues: UpdateKind.allCases.map { kind in
                (
                    kind,
                    metrics.counter(
                        "bot_updates_total", help: "Updates by kind", labels: ["kind": kind.rawValue])
                )
            })
    }

    func count(_ kind: UpdateKind) { updates[kind]?.increment() }
}
