/// How much a bot sends before it slows down by itself, to stay clear of Telegram's flood control.
///
/// Telegram publishes no exact limits; the defaults are the ones its FAQ names. Replies may exceed them, so answers
/// are held back only by a group's budget, by any budget that a refusal has cut, and by the overall one for the moment
/// in which pushes have used it up; pushes keep to all of them.
public struct FloodBudgets: Equatable, Sendable {
    /// So many messages in any stretch of so much time.
    public struct Rate: Equatable, Sendable {
        /// Messages, at least 1.
        public var count: Int
        /// The time in which they may be sent.
        public var period: Duration

        /// `count` messages in `period`.
        public init(_ count: Int, per period: Duration) {
            precondition(count > 0 && period > .zero)
            self.count = count
            self.period = period
        }
    }

    /// Pushes to one private chat.
    public var chat: Rate?
    /// Everything sent to one group, supergroup or channel; edits count.
    public var group: Rate?
    /// Pushes to all chats together.
    public var overall: Rate?
    /// Pushes with `allow_paid_broadcast`, which are paid for in Stars and stand outside `overall`.
    public var paid: Rate?

    /// Budgets; nil means without limit.
    public init(chat: Rate?, group: Rate?, overall: Rate?, paid: Rate? = Rate(1000, per: .seconds(1))) {
        self.chat = chat
        self.group = group
        self.overall = overall
        self.paid = paid
    }

    /// The limits that Telegram's FAQ names: about 1 a second to a chat, 20 a minute to a group, 30 a second overall.
    public static let telegram = FloodBudgets(
        chat: Rate(3, per: .seconds(3)), group: Rate(20, per: .seconds(60)), overall: Rate(30, per: .seconds(1)))

    /// No pacing; a `retry_after` is honoured all the same.
    public static let unlimited = FloodBudgets(chat: nil, group: nil, overall: nil, paid: nil)
}
