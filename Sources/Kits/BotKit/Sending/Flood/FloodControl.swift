/// Decides when a message may go: budgets, waiting lines and bans, without a clock of its own.
///
/// Times are durations on one monotonic clock. A message passes two budgets: its chat's and the bot's. A refusal cuts
/// and bans the one that it concerns (`refuse`), so what one chat has too much of slows no other.
struct FloodControl: Sendable {
    typealias Ticket = UInt64

    /// What a call takes, and how long it waits for it.
    struct Load: Equatable, Sendable {
        var priority: SendPriority
        /// An album counts with each of its files.
        var messages = 1
        /// Pays to stand outside the bot's budget (`allow_paid_broadcast`).
        var isPaid = false
        /// The longest ban that is waited for.
        var patience: Duration

        fileprivate var line: Line { priority == .answer ? .answers : isPaid ? .paidPushes : .pushes }
    }

    enum Admission: Equatable {
        case passed
        /// Hand in a ticket with `wait`.
        case full
        /// Banned for so long, which is longer than the call would wait.
        case banned(Duration)
    }

    /// What a refusal was about.
    enum Concern: Equatable {
        case chat
        case bot
        /// The bot, of which that is known: the call was under way when it was first refused.
        case known
    }

    /// Who waits for the bot's budget, in the order in which the lines are served.
    fileprivate enum Line: Int, CaseIterable {
        case answers, pushes, paidPushes

        var priority: SendPriority { self == .answers ? .answer : .push }
    }

    private struct Waiting: Sendable {
        let ticket: Ticket
        let load: Load
    }

    private struct Chat: Sendable {
        var meter: FloodMeter?
        var bannedUntil: Duration = .zero
        var answers = FIFO<Waiting>()
        var pushes = FIFO<Waiting>()
        /// Whether the chat stands in a line, or waits for its own time, with its answers and with its pushes.
        var hasAnswersPlaced = false
        var hasPushesPlaced = false

        var isWaiting: Bool { !answers.isEmpty || !pushes.isEmpty }

        subscript(priority: SendPriority) -> FIFO<Waiting> {
            get { priority == .answer ? answers : pushes }
            _modify {
                if priority == .answer { yield &answers } else { yield &pushes }
            }
        }

        subscript(placed priority: SendPriority) -> Bool {
            get { priority == .answer ? hasAnswersPlaced : hasPushesPlaced }
            set { if priority == .answer { hasAnswersPlaced = newValue } else { hasPushesPlaced = newValue } }
        }
    }

    /// A chat that waits for its own budget.
    private struct Alarm: Sendable {
        let time: Duration
        let chat: FloodDestination
        let priority: SendPriority
    }

    private let budgets: FloodBudgets
    private var chats: [FloodDestination: Chat] = [:]
    private var lines = [FIFO<FloodDestination>](repeating: FIFO(), count: Line.allCases.count)
    /// The next one last.
    private var alarms: [Alarm] = []
    /// Tickets that left the line.
    private var left: Set<Ticket> = []
    private var overall: FloodMeter?
    private var paid: FloodMeter?
    private(set) var bannedUntil: Duration = .zero
    private var suspicion = BotWideSuspicion()
    private var sweepAt = 256

    init(budgets: FloodBudgets) {
        self.budgets = budgets
        overall = budgets.overall.map(FloodMeter.init)
        paid = budgets.paid.map(FloodMeter.init)
    }

    /// Chats that are remembered.
    var chatCount: Int { chats.count }

    /// Whether tickets wait.
    var isWaiting: Bool { !alarms.isEmpty || lines.contains { !$0.isEmpty } }

    /// Pushes a second that the bot's budget allows now; nil without limit.
    func pushRate(isPaid: Bool, at now: Duration) -> Double? { (isPaid ? paid : overall)?.perSecond(at: now) }

    // MARK: Going

    /// Asks to send now.
    mutating func admit(to chat: FloodDestination, _ load: Load, at now: Duration) -> Admission {
        sweep(at: now)
        let ban = max(bannedUntil, chats[chat]?.bannedUntil ?? .zero) - now
        if ban > load.patience { return .banned(ban) }
        // Who waits already was here first.
        guard lines[Line.answers.rawValue].isEmpty, load.priority == .answer || lines[load.line.rawValue].isEmpty else {
            return .full
        }
        if let state = chats[chat] {
            guard state.answers.isEmpty, load.priority == .answer || state.pushes.isEmpty else { return .full }
        }
        guard delay(of: load, at: now) <= .zero, delay(of: load, to: chat, at: now) <= .zero else { return .full }
        take(load, for: chat, at: now)
        return .passed
    }

    /// Asks for something that is not worth waiting for; nil where it may go, else how long it might not.
    ///
    /// It goes unless chat or bot were refused lately and have nothing to spare. What is shown (a draft) is noted in
    /// its chat's budget, so that it leaves room for messages once that is cut.
    mutating func admitBestEffort(to chat: FloodDestination, isShown: Bool, at now: Duration) -> Duration? {
        sweep(at: now)
        let load = Load(priority: .answer, patience: .zero)
        var delay = max(bannedUntil, chats[chat]?.bannedUntil ?? .zero) - now
        if isShown { delay = max(delay, self.delay(of: load, at: now), self.delay(of: load, to: chat, at: now)) }
        guard delay <= .zero else { return delay }
        if isShown { takeFromChat(load, chat, at: now) }
        return nil
    }

    /// Puts a ticket at the end of its chat's line.
    mutating func wait(_ ticket: Ticket, for chat: FloodDestination, _ load: Load, at now: Duration) {
        chats[chat, default: Chat()][load.priority].append(Waiting(ticket: ticket, load: load))
        place(chat, load.priority, at: now)
    }

    /// Takes a ticket out of its line.
    mutating func leave(_ ticket: Ticket) { left.insert(ticket) }

    /// The tickets that may go now, and when to ask again if some still wait.
    mutating func release(at now: Duration) -> (tickets: [Ticket], next: Duration?) {
        while let alarm = alarms.last, alarm.time <= now {
            alarms.removeLast()
            chats[alarm.chat]?[placed: alarm.priority] = false
            place(alarm.chat, alarm.priority, at: now)
        }
        var released: [Ticket] = []
        // When each line may go on; nil where it was served to its end.
        var openings: [Duration?]
        repeat {
            // Answers of all chats first, so that a broadcast never makes a person wait.
            openings = Line.allCases.map { serve($0, at: now, into: &released) }
            // A chat that leaves one line may stand in an earlier one with what it sends next.
        } while zip(lines, openings).contains { !$0.isEmpty && $1 == nil }
        var next = openings.compactMap(\.self).min()
        if let alarm = alarms.last { next = earlier(next, alarm.time) }
        return (released, next)
    }

    /// Lets those of a line go who may; gives when it goes on where the bot's budget holds it up.
    private mutating func serve(_ line: Line, at now: Duration, into released: inout [Ticket]) -> Duration? {
        while let chat = lines[line.rawValue].first {
            guard let load = head(of: chat, line.priority)?.load, load.line == line, !mustYield(chat, line.priority)
            else {
                leaveLine(line, at: now)
                continue
            }
            let delay = delay(of: load, at: now)
            guard delay <= .zero else { return Self.wakeUp(now + delay) }
            if self.delay(of: load, to: chat, at: now) <= .zero, let first = chats[chat]?[line.priority].popFirst() {
                take(load, for: chat, at: now)
                released.append(first.ticket)
            }
            leaveLine(line, at: now)
        }
        return nil
    }

    // MARK: Refusals

    /// Telegram asked to wait with a call; gives what it concerns, and the tickets that would not wait so long.
    ///
    /// Telegram does not tell what a refusal is about. It is about the chat, unless others are refused at the same
    /// time that have no reason of their own; then the bot as a whole has sent too much.
    mutating func refuse(
        _ chat: FloodDestination, messages: Int, for duration: Duration, at now: Duration
    ) -> (concern: Concern, tickets: [Ticket]) {
        let end = now + duration
        var state = chats[chat] ?? Chat()
        let isNew = state.bannedUntil <= now
        state.bannedUntil = max(state.bannedUntil, end)
        let isQuiet = (state.meter?.used(at: now) ?? 0) <= messages
        // Calls that were under way together are refused together: that is one refusal.
        let isKnown = bannedUntil > now
        if isNew, !isKnown { state.meter?.cutDown(at: now, until: end) }
        chats[chat] = state
        guard !isKnown else { return (.known, giveUp(chat, at: now)) }
        let accomplices = suspicion.note(chat, isQuiet: isQuiet, at: now)
        guard !accomplices.isEmpty else { return (.chat, giveUp(chat, at: now)) }
        for chat in accomplices { chats[chat]?.meter?.restore() }
        bannedUntil = end
        overall?.cutDown(at: now, until: end)
        paid?.cutDown(at: now, until: end)
        return (.bot, chats.keys.flatMap { giveUp($0, at: now) })
    }

    /// Takes those out of a chat's lines who would not wait as long as it is banned.
    private mutating func giveUp(_ chat: FloodDestination, at now: Duration) -> [Ticket] {
        guard let state = chats[chat], state.isWaiting else { return [] }
        let ban = max(bannedUntil, state.bannedUntil) - now
        var tickets: [Ticket] = []
        for priority in SendPriority.allCases {
            tickets += chats[chat]?[priority].remove { $0.load.patience < ban }.map(\.ticket) ?? []
        }
        return tickets.filter { left.remove($0) == nil }
    }

    // MARK: Lines

    private static func wakeUp(_ time: Duration) -> Duration {
        // Rounded up, so that a wake-up is never a hair too early.
        time + .microseconds(1)
    }

    private func earlier(_ first: Duration?, _ second: Duration) -> Duration { first.map { min($0, second) } ?? second }

    /// The first of a chat's line who is still there.
    private mutating func head(of chat: FloodDestination, _ priority: SendPriority) -> Waiting? {
        while let first = chats[chat]?[priority].first {
            guard left.remove(first.ticket) != nil else { return first }
            _ = chats[chat]?[priority].popFirst()
        }
        return nil
    }

    /// A chat's pushes wait for its answers.
    private func mustYield(_ chat: FloodDestination, _ priority: SendPriority) -> Bool {
        priority == .push && chats[chat]?.answers.isEmpty == false
    }

    /// Puts a chat where its next ticket belongs: into the line for the bot's budget, or to wait for its own.
    private mutating func place(_ chat: FloodDestination, _ priority: SendPriority, at now: Duration) {
        guard chats[chat]?[placed: priority] == false, !mustYield(chat, priority) else { return }
        guard let load = head(of: chat, priority)?.load else {
            // The last answer is gone, so pushes may stand in line again.
            if priority == .answer, chats[chat]?.pushes.isEmpty == false { place(chat, .push, at: now) }
            return
        }
        chats[chat]?[placed: priority] = true
        let delay = delay(of: load, to: chat, at: now)
        guard delay > .zero else { return lines[load.line.rawValue].append(chat) }
        let alarm = Alarm(time: Self.wakeUp(now + delay), chat: chat, priority: priority)
        var (low, high) = (0, alarms.count)
        while low < high {
            let middle = (low + high) / 2
            if alarms[middle].time > alarm.time { low = middle + 1 } else { high = middle }
        }
        alarms.insert(alarm, at: low)
    }

    /// Takes the first chat out of a line; with more to send it goes to the end.
    private mutating func leaveLine(_ line: Line, at now: Duration) {
        guard let chat = lines[line.rawValue].popFirst() else { return }
        chats[chat]?[placed: line.priority] = false
        place(chat, line.priority, at: now)
    }

    // MARK: Budgets

    /// What the bot's budget says.
    private func delay(of load: Load, at now: Duration) -> Duration {
        let ban = bannedUntil - now
        switch load.line {
        case .answers:
            guard let overall, overall.bindsAnswers(at: now) else { return ban }
            return max(ban, overall.delay(of: load.messages, at: now))
        case .pushes: return max(ban, overall?.pacedDelay(of: load.messages, at: now) ?? .zero)
        case .paidPushes: return max(ban, paid?.pacedDelay(of: load.messages, at: now) ?? .zero)
        }
    }

    /// What the chat's budget says.
    private func delay(of load: Load, to chat: FloodDestination, at now: Duration) -> Duration {
        guard let state = chats[chat] else { return .zero }
        let ban = state.bannedUntil - now
        guard let meter = state.meter else { return ban }
        switch load.priority {
        case .push: return max(ban, meter.delay(of: load.messages, at: now, reserve: 0.25))
        case .answer:
            guard chat.isGroup || meter.factor(at: now) < 1 else { return ban }
            return max(ban, meter.delay(of: load.messages, at: now))
        }
    }

    private mutating func take(_ load: Load, for chat: FloodDestination, at now: Duration) {
        takeFromChat(load, chat, at: now)
        if load.line == .paidPushes {
            paid?.take(load.messages, at: now, isPaced: true)
        } else {
            overall?.take(load.messages, at: now, isPaced: load.priority == .push)
        }
    }

    private mutating func takeFromChat(_ load: Load, _ chat: FloodDestination, at now: Duration) {
        guard let rate = chat.isGroup ? budgets.group : budgets.chat else { return }
        if chats[chat]?.meter == nil { chats[chat, default: Chat()].meter = FloodMeter(rate) }
        chats[chat]?.meter?.take(load.messages, at: now)
    }

    /// Forgets chats of which nothing is to be known; seldom, so that its cost spreads.
    private mutating func sweep(at now: Duration) {
        guard chats.count >= sweepAt else { return }
        chats = chats.filter { _, chat in
            chat.isWaiting || chat.bannedUntil > now || chat.meter?.isAtRest(at: now) == false
        }
        sweepAt = max(256, chats.count * 2)
    }
}
