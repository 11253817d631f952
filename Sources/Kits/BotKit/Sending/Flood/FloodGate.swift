import Support
import Synchronization

/// Makes callers wait as flood control says: the machine with a clock and with those who wait.
final class FloodGate: Sendable {
    /// How a wait ended.
    enum Passage: Equatable, Sendable {
        case passed
        /// The task was cancelled.
        case cancelled
        /// Banned for so long, which is longer than the call would wait.
        case banned(Duration)
    }

    private struct State {
        var control: FloodControl
        var nextTicket: FloodControl.Ticket = 0
        var waiting: [FloodControl.Ticket: CheckedContinuation<Passage, Never>] = [:]
        /// When the timer wakes up, if there is one.
        var wakeUp: Duration?
    }

    private let state: Mutex<State>
    private let time: any TimeSource

    init(budgets: FloodBudgets, time: any TimeSource) {
        state = Mutex(State(control: FloodControl(budgets: budgets)))
        self.time = time
    }

    /// Calls that wait.
    var waitingCount: Int { state.withLock(\.waiting.count) }

    /// How long all of the bot is banned yet.
    var ban: Duration {
        let now = time.uptime
        return state.withLock { max(.zero, $0.control.bannedUntil - now) }
    }

    /// Pushes a second that the bot's budget allows now; nil without limit.
    func pushRate(isPaid: Bool) -> Double? {
        let now = time.uptime
        return state.withLock { $0.control.pushRate(isPaid: isPaid, at: now) }
    }

    /// Waits until a call may go.
    func enter(_ chat: FloodDestination, _ load: FloodControl.Load) async -> Passage {
        let now = time.uptime
        switch state.withLock({ $0.control.admit(to: chat, load, at: now) }) {
        case .passed: return .passed
        case .banned(let duration): return .banned(duration)
        case .full: break
        }
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    state.control.wait(ticket, for: chat, load, at: now)
                    return false
                }
                if isCancelled { continuation.resume(returning: .cancelled) } else { release() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting.removeValue(forKey: ticket)
                if waiting != nil { state.control.leave(ticket) }
                return waiting
            }
            waiting?.resume(returning: .cancelled)
        }
    }

    /// Asks for something that is not worth waiting for; nil where it may go.
    func enterBestEffort(_ chat: FloodDestination, isShown: Bool) -> Duration? {
        let now = time.uptime
        return state.withLock { $0.control.admitBestEffort(to: chat, isShown: isShown, at: now) }
    }

    /// Telegram asked to wait; gives what that concerns.
    func refuse(_ chat: FloodDestination, messages: Int, for duration: Duration) -> FloodControl.Concern {
        let now = time.uptime
        let (concern, impatient) = state.withLock { state in
            let (concern, tickets) = state.control.refuse(chat, messages: messages, for: duration, at: now)
            return (concern, tickets.compactMap { state.waiting.removeValue(forKey: $0) })
        }
        for continuation in impatient { continuation.resume(returning: .banned(duration)) }
        return concern
    }

    /// Lets those go whose turn has come, and sets the timer for the next.
    private func release() {
        let now = time.uptime
        let (ready, timer) = state.withLock { state -> ([CheckedContinuation<Passage, Never>], Duration?) in
            let (tickets, next) = state.control.release(at: now)
            let ready = tickets.compactMap { state.waiting.removeValue(forKey: $0) }
            guard let next, state.wakeUp.map({ next < $0 }) ?? true else { return (ready, nil) }
            state.wakeUp = next
            return (ready, next)
        }
        for continuation in ready { continuation.resume(returning: .passed) }
        guard let timer else { return }
        Task {
            do {
                try await time.sleep(for: timer - now)
            } catch {
                // Nobody cancels this task; if the clock gives up, those who wait are let go below.
            }
            let isCurrent = state.withLock { state in
                guard state.wakeUp == timer else { return false }
                state.wakeUp = nil
                return true
            }
            if isCurrent { release() }
        }
    }
}
