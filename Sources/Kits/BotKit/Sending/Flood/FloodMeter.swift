/// One budget with what was sent within it, and what Telegram's refusals have taught; the clock is the caller's.
///
/// The budget is a sliding window: in no stretch of a period are there more messages than it allows. A refusal cuts
/// it to seven tenths, and it comes back along the curve of CUBIC (RFC 9438): fast at first, slowly near the rate
/// that was refused, and faster again once that has proved to be good.
struct FloodMeter: Equatable, Sendable {
    /// What a refusal did.
    private struct Cut: Equatable {
        /// The part of the budget that was in use when it was refused.
        var peak: Double
        /// When sending went on.
        var start: Duration
    }

    private static let remainder = 0.7
    /// Below this part of its budget nothing is cut.
    private static let leastPeak = 0.05

    private let count: Int
    private let period: Duration
    /// When the last messages went, as many as the window may hold.
    private var times: [Duration] = []
    /// When the next push may go, where pushes are spread evenly.
    private var nextSlot: Duration = .zero
    private var lastPush: Duration?
    private var cut: Cut?

    init(_ rate: FloodBudgets.Rate) {
        count = rate.count
        period = rate.period
    }

    /// The part of the budget that may be used.
    func factor(at now: Duration) -> Double {
        guard let cut else { return 1 }
        // −1 when sending goes on, 0 when the refused rate is reached again.
        let x = max(-1, (now - cut.start) / recovery - 1)
        return min(1, cut.peak * (1 + (1 - Self.remainder) * x * x * x))
    }

    /// Messages per second that the budget allows now.
    func perSecond(at now: Duration) -> Double { Double(count) * factor(at: now) / (period / .seconds(1)) }

    /// How long until some messages may go; zero when they may.
    ///
    /// More messages than the window can hold go when it is empty.
    ///
    /// - Parameter reserve: the part of the window that is kept for others.
    func delay(of messages: Int, at now: Duration, reserve: Double = 0) -> Duration {
        let (limit, span) = window(at: now)
        let room = limit - Int(Double(limit) * reserve)
        let index = times.count - 1 - max(0, room - messages)
        return index < 0 ? .zero : max(.zero, times[index] + span - now)
    }

    /// The same where messages are also spread evenly over the period.
    func pacedDelay(of messages: Int, at now: Duration) -> Duration {
        max(delay(of: messages, at: now), nextSlot - now)
    }

    mutating func take(_ messages: Int, at now: Duration, isPaced: Bool = false) {
        let new = min(messages, count)
        times.removeFirst(max(0, times.count + new - count))
        times.append(contentsOf: repeatElement(now, count: new))
        guard isPaced else { return }
        lastPush = now
        let (limit, span) = window(at: now)
        let slot = span * (1 / Double(limit))
        // A timer that is late costs nothing: so much is made up for, and the window still holds.
        nextSlot = max(nextSlot, now - max(slot, .milliseconds(25))) + slot * Double(messages)
    }

    /// Whether those must keep to the budget too who may exceed it: it was cut, or pushes use it up to its limit.
    func bindsAnswers(at now: Duration) -> Bool {
        factor(at: now) < 1 || lastPush.map { $0 + period > now } == true
    }

    /// Messages in the last period.
    func used(at now: Duration) -> Int { times.count - (times.lastIndex { $0 <= now - period }.map { $0 + 1 } ?? 0) }

    /// The rate was refused; sending goes on at a time.
    mutating func cutDown(at now: Duration, until start: Duration) {
        cut = Cut(peak: max(Self.leastPeak, factor(at: now)), start: start)
    }

    /// The refusal was not about this budget.
    mutating func restore() { cut = nil }

    /// Whether it is as if nothing had ever been sent.
    func isAtRest(at now: Duration) -> Bool { used(at: now) == 0 && nextSlot <= now && factor(at: now) == 1 }

    /// How long a rate takes from its cut to where it was refused.
    private var recovery: Duration { max(.seconds(60), period * 2) }

    /// How many messages may go in how much time.
    private func window(at now: Duration) -> (limit: Int, span: Duration) {
        let factor = factor(at: now)
        guard factor < 1 else { return (count, period) }
        let messages = Double(count) * factor
        // Whole messages in a longer time: a shorter one would let two bursts into one period.
        let limit = Int(messages.rounded(.up))
        return (limit, period * (Double(limit) / messages))
    }
}
