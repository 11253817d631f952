/// How patient the sending is.
public struct SendingPolicy: Sendable, Equatable {
    /// What is sent without being asked to slow down.
    public var budgets: FloodBudgets
    /// The longest `retry_after` that is waited for; a longer one is thrown, and a job tries again later.
    public var patience: Duration
    /// How often a call is repeated that is sure to do no harm twice, or that never reached Telegram.
    public var repeats: Int
    /// How often a message is sent again when nobody knows whether it arrived (the connection broke, a server error).
    ///
    /// Telegram has no way to send a message at most once: 0 may lose one, 1 may double one. Gifts and what else is no
    /// message are not repeated then.
    public var ambiguousRepeats: Int
    /// The first pause between repeats; doubled each time.
    public var firstDelay: Duration

    /// A policy; the defaults suit people who wait for an answer.
    public init(
        budgets: FloodBudgets = .telegram, patience: Duration = .seconds(60), repeats: Int = 3,
        ambiguousRepeats: Int = 0, firstDelay: Duration = .milliseconds(500)
    ) {
        self.budgets = budgets
        self.patience = patience
        self.repeats = repeats
        self.ambiguousRepeats = ambiguousRepeats
        self.firstDelay = firstDelay
    }
}
