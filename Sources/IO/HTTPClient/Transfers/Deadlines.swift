/// When a transfer has waited too long; a pure rule over monotonic nanoseconds.
struct Deadlines {
    private let total: Int64?
    private let idle: Int64?
    private let end: Int64?
    private var lastActivity: Int64

    init(_ timeouts: Timeouts, startedAt now: Int64) {
        total = timeouts.total.map(\.nanoseconds)
        idle = timeouts.idle.map(\.nanoseconds)
        end = total.map { now.addingReportingOverflow($0).partialValue }
        lastActivity = now
    }

    /// Notes that a byte went by, or that the client itself was what the transfer waited for.
    mutating func noteActivity(at now: Int64) { lastActivity = now }

    /// The limit that ran out, if one did.
    func expired(at now: Int64) -> HTTPClientError.Limit? {
        if let end, now >= end { return .total }
        if let idle, now - lastActivity >= idle { return .idle }
        return nil
    }

    /// The earliest time at which a limit can run out.
    var next: Int64? {
        switch (end, idle.map { lastActivity + $0 }) {
        case (let end?, let silence?): min(end, silence)
        case (let end?, nil): end
        case (nil, let silence): silence
        }
    }
}

extension Duration {
    /// Whole nanoseconds, at most a century.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let longest: Int64 = 3_155_760_000
        return min(max(seconds, 0), longest) * 1_000_000_000 + max(attoseconds, 0) / 1_000_000_000
    }

    /// Whole milliseconds, at least 1.
    var milliseconds: Int { Int(max(nanoseconds / 1_000_000, 1)) }
}
