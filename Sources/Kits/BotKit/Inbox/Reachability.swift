import HTTPClient
import Support
import Synchronization
import TelegramAPI

/// Where updates wait whose handlers found that Telegram cannot be reached, until it answers again.
///
/// Without it an outage would burn what waits in memory: each handler fails, and nobody can be told that it did.
final class Reachability: Sendable {
    private struct State {
        var isAsking = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// How often each update was handled in vain; a line that breaks again and again must not repeat it for ever.
        var failures: [Int64: Int] = [:]
    }

    private let sender: Sender
    private let rules: PollerState.Rules
    private let time: any TimeSource
    private let closing: Shutdown
    private let logger: Logger
    private let state = Mutex(State())

    init(sender: Sender, rules: PollerState.Rules, time: any TimeSource, closing: Shutdown, logger: Logger) {
        self.sender = sender
        self.rules = rules
        self.time = time
        self.closing = closing
        self.logger = logger
    }

    /// Notes that an update was handled in vain; false where that was so too often for another time.
    func mayRepeat(_ update: Int64, most: Int) -> Bool {
        state.withLock { state in
            state.failures[update, default: 0] += 1
            return state.failures[update, default: 0] < most
        }
    }

    /// Forgets how often an update was handled in vain.
    func forget(_ update: Int64) {
        state.withLock { state in
            if !state.failures.isEmpty { state.failures[update] = nil }
        }
    }

    /// Returns when Telegram answers again; false where the bot ends first.
    func wait() async -> Bool {
        await withCheckedContinuation { continuation in
            // One asks for all.
            let mustAsk = state.withLock { state in
                state.waiters.append(continuation)
                defer { state.isAsking = true }
                return !state.isAsking
            }
            if mustAsk { Task { await ask() } }
        }
        return !closing.isTriggered
    }

    private func ask() async {
        var polling = PollerState(offset: nil, rules: rules)
        logger.warning("Telegram cannot be reached; updates wait until it can")
        while !closing.isTriggered {
            polling.failed(.network, jitter: .random(in: 0..<1))
            if case .wait(let duration) = polling.next() { await time.pause(duration, unless: closing) }
            if await answers() { break }
        }
        if !closing.isTriggered { logger.notice("Telegram can be reached again") }
        let waiters = state.withLock { state in
            state.isAsking = false
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func answers() async -> Bool {
        do {
            try await sender.call(GetMe())
            return true
        } catch {
            // A refusal is an answer.
            return !error.isOutage
        }
    }
}

extension TelegramError {
    /// Whether the call has failed because Telegram cannot be reached, or cannot do its work.
    var isOutage: Bool {
        switch self {
        case .server: true
        case .network(let error): error.isTransient
        default: false
        }
    }
}

extension TimeSource {
    /// Waits, but not longer than until the end is asked for.
    func pause(_ duration: Duration, unless ending: Shutdown) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await ending.wait() }
            group.addTask {
                // Cancelled when the end is asked for first; that is what the race is for.
                do { try await self.sleep(for: duration) } catch { return }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
