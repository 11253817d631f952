/// A budget that refills with time; the clock is the caller's.
struct TokenBucket: Equatable, Sendable {
    private let rate: FloodBudgets.Rate
    /// Tokens at the time of the last change; negative after an advance.
    private var tokens: Double
    private var changed: Duration

    init(_ rate: FloodBudgets.Rate, now: Duration) {
        self.rate = rate
        tokens = Double(rate.count)
        changed = now
    }

    /// How long until one token is there; zero when it is.
    func delay(at now: Duration) -> Duration {
        let missing = 1 - level(at: now)
        guard missing > 1e-9 else { return .zero }
        return rate.period * (missing / Double(rate.count))
    }

    /// Takes one token; may go below zero, for what may not be held back.
    mutating func take(at now: Duration) {
        tokens = max(level(at: now) - 1, -Double(rate.count))
        changed = now
    }

    /// Whether nothing was taken lately.
    func isFull(at now: Duration) -> Bool { level(at: now) >= Double(rate.count) }

    private func level(at now: Duration) -> Double {
        min(Double(rate.count), tokens + (now - changed) / rate.period * Double(rate.count))
    }
}
