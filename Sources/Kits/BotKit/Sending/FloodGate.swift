import Support
import Synchronization
import TelegramAPI

/// Makes callers wait as flood control says: the machine with a clock and with those who wait.
final class FloodGate: Sendable {
    private struct State {
        var control: FloodControl
        var nextTicket: FloodControl.Ticket = 0
        var waiting: [FloodControl.Ticket: CheckedContinuation<Bool, Never>] = [:]
        /// When the timer wakes up, if there is one.
        var wakeUp: Duration?
    }

    private let state: Mutex<State>
    private let time: any TimeSource

    init(budgets: FloodBudgets, time: any TimeSource) {
        state = Mutex(State(control: FloodControl(budgets: budgets)))
        self.time = time
    }

    /// Waits until a message may go; false where the task was cancelled.
    func enter(_ chat: FloodControl.Destination, _ priority: SendPriority) async -> Bool {
        let now = time.uptime
        if state.withLock({ $0.control.admit(to: chat, priority, at: now) }) { return true }
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            let passed = await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    state.control.wait(ticket, for: chat, priority)
                    return false
                }
                if isCancelled { continuation.resume(returning: false) } else { release() }
            }
            return passed
        } onCancel: {
            // The ticket stays in line and is passed over when its turn comes.
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: false)
        }
    }

    /// Whether something that is not worth waiting for may go.
    func isFree(_ chat: FloodControl.Destination?) -> Bool {
        let now = time.uptime
        guard let chat else { return true }
        return state.withLock { $0.control.isFree(chat, at: now) }
    }

    /// Telegram asked to wait.
    func ban(_ chat: FloodControl.Destination, for duration: Duration) {
        let now = time.uptime
        state.withLock { $0.control.ban(chat, for: duration, at: now) }
    }

    /// Lets those go whose turn has come, and sets the timer for the next.
    private func release() {
        let now = time.uptime
        let (ready, timer) = state.withLock { state -> ([CheckedContinuation<Bool, Never>], Duration?) in
            let (tickets, next) = state.control.release(at: now)
            let ready = tickets.compactMap { state.waiting.removeValue(forKey: $0) }
            guard let next, state.wakeUp.map({ next < $0 }) ?? true else { return (ready, nil) }
            state.wakeUp = next
            return (ready, next)
        }
        for continuation in ready { continuation.resume(returning: true) }
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

extension FloodControl.Destination {
    /// A chat by its id; a public one by a number made of its name.
    init(_ target: ChatTarget) {
        switch target {
        case .id(let id): self.init(chat: id.rawValue)
        case .username(let name):
            let hash = name.utf8.reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) {
                $0 = ($0 ^ UInt64($1)) &* 0x100_0000_01b3
            }
            self.init(chat: -Int64(hash >> 1) - 1)
        }
    }
}
