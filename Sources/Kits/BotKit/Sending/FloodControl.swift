/// Decides when a message may go: budgets, waiting lines and bans, without a clock of its own.
///
/// Times are durations on one monotonic clock. A `retry_after` holds up the chat it concerns and no other.
struct FloodControl: Sendable {
    typealias Ticket = UInt64

    /// A chat as the budgets see it.
    struct Destination: Hashable, Sendable {
        let chat: Int64
        /// Groups, supergroups and channels have negative ids.
        var isGroup: Bool { chat < 0 }
    }

    private struct Chat: Sendable {
        var bucket: TokenBucket?
        var bannedUntil: Duration = .zero
        var answers = FIFO<Ticket>()
        var pushes = FIFO<Ticket>()

        var isWaiting: Bool { !answers.isEmpty || !pushes.isEmpty }

        /// Whether a ticket of this priority is first in the chat's line.
        func isNext(_ priority: SendPriority) -> Bool {
            priority == .answer ? !answers.isEmpty : answers.isEmpty && !pushes.isEmpty
        }

        mutating func popFirst(_ priority: SendPriority) -> Ticket? {
            priority == .answer ? answers.popFirst() : pushes.popFirst()
        }
    }

    private let budgets: FloodBudgets
    private var chats: [Destination: Chat] = [:]
    /// Chats with somebody waiting, in the order in which they began to.
    private var line: [Destination] = []
    private var overall: TokenBucket?
    private var sweepAt = 256

    init(budgets: FloodBudgets) {
        self.budgets = budgets
    }

    /// Chats that are remembered.
    var chatCount: Int { chats.count }

    /// Tickets that wait.
    var isWaiting: Bool { !line.isEmpty }

    /// Asks to send now; where the answer is false, hand in a ticket with `wait`.
    mutating func admit(to chat: Destination, _ priority: SendPriority, at now: Duration) -> Bool {
        sweep(at: now)
        if let state = chats[chat] {
            guard state.answers.isEmpty, priority == .answer || state.pushes.isEmpty else { return false }
        }
        guard delay(to: chat, priority, at: now) <= .zero else { return false }
        // Pushes to other chats that wait for the overall budget were here first.
        if priority == .push, budgets.overall != nil, !line.isEmpty { return false }
        take(for: chat, at: now)
        return true
    }

    /// Whether something that is not worth waiting for may go: the chat is not banned.
    func isFree(_ chat: Destination, at now: Duration) -> Bool {
        (chats[chat]?.bannedUntil ?? .zero) <= now
    }

    /// Puts a ticket at the end of its chat's line.
    mutating func wait(_ ticket: Ticket, for chat: Destination, _ priority: SendPriority) {
        if chats[chat]?.isWaiting != true { line.append(chat) }
        switch priority {
        case .answer: chats[chat, default: Chat()].answers.append(ticket)
        case .push: chats[chat, default: Chat()].pushes.append(ticket)
        }
    }

    /// The tickets that may go now, and when to ask again if some still wait.
    mutating func release(at now: Duration) -> (tickets: [Ticket], next: Duration?) {
        var released: [Ticket] = []
        var next: Duration?
        // Answers of all chats first, so that a broadcast never makes a person wait.
        for priority in [SendPriority.answer, .push] {
            for chat in line {
                while let state = chats[chat], state.isNext(priority) {
                    let delay = delay(to: chat, priority, at: now)
                    // Waits are rounded up so that a wake-up is never a hair too early.
                    guard delay <= .zero else {
                        next = min(next ?? .seconds(Int64.max >> 20), now + delay + .microseconds(1))
                        break
                    }
                    if let ticket = chats[chat]?.popFirst(priority) { released.append(ticket) }
                    take(for: chat, at: now)
                }
            }
        }
        line.removeAll { chats[$0]?.isWaiting != true }
        return (released, next)
    }

    /// Telegram asked to wait with a chat.
    mutating func ban(_ chat: Destination, for duration: Duration, at now: Duration) {
        chats[chat, default: Chat()].bannedUntil = max(chats[chat]?.bannedUntil ?? .zero, now + duration)
    }

    private func delay(to chat: Destination, _ priority: SendPriority, at now: Duration) -> Duration {
        let state = chats[chat]
        var delay = (state?.bannedUntil ?? .zero) - now
        if chat.isGroup || priority == .push, let bucket = state?.bucket {
            delay = max(delay, bucket.delay(at: now))
        }
        if priority == .push, let overall { delay = max(delay, overall.delay(at: now)) }
        return delay
    }

    private mutating func take(for chat: Destination, at now: Duration) {
        if let rate = chat.isGroup ? budgets.group : budgets.chat {
            var state = chats[chat] ?? Chat()
            var bucket = state.bucket ?? TokenBucket(rate, now: now)
            bucket.take(at: now)
            state.bucket = bucket
            chats[chat] = state
        }
        if let rate = budgets.overall {
            var bucket = overall ?? TokenBucket(rate, now: now)
            bucket.take(at: now)
            overall = bucket
        }
    }

    /// Forgets chats that have their whole budget again; seldom, so that its cost spreads.
    private mutating func sweep(at now: Duration) {
        guard chats.count >= sweepAt else { return }
        chats = chats.filter { _, chat in
            chat.isWaiting || chat.bannedUntil > now || chat.bucket?.isFull(at: now) == false
        }
        sweepAt = max(256, chats.count * 2)
    }
}
