import Storage
import Support
import Synchronization

/// Marks updates as handled, many in one transaction: those that come while one is written go with the next.
///
/// A mark may be lost when the process is killed in these milliseconds, and with the power until something else is
/// written that has to survive that; then the update is handled again. What must not happen twice is written with
/// `ctx.commit`, which carries the mark in its own transaction.
final class HandledMarks: Sendable {
    private struct Mark: Sendable {
        let updateID: Int64
        let outcome: Inbox.Outcome?
        let time: Timestamp
    }

    private struct State {
        var waiting: [Mark] = []
        /// Those of the transaction that is under way.
        var written: [Mark] = []
        var isWriting = false
        var idleWaiters: [CheckedContinuation<Void, Never>] = []
    }

    /// The pauses between attempts to write what could not be written, doubled up to a limit.
    private static let pauses = (first: Duration.milliseconds(500), longest: Duration.seconds(30))

    private let inbox: Inbox
    private let time: any TimeSource
    private let nudge = Nudge()
    private let logger: Logger
    private let state = Mutex(State())

    init(inbox: Inbox, time: any TimeSource, logger: Logger) {
        self.inbox = inbox
        self.time = time
        self.logger = logger
    }

    func add(_ updateID: Int64, outcome: Inbox.Outcome?, now: Timestamp) {
        let mustStart = state.withLock { state in
            state.waiting.append(Mark(updateID: updateID, outcome: outcome, time: now))
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { Task { await write() } }
    }

    /// Updates that are handled, and not marked in the database yet.
    var unwritten: [Int64] { state.withLock { ($0.written + $0.waiting).map(\.updateID) } }

    /// Writes the marks that wait, inside the transaction that stores what came after them.
    ///
    /// Otherwise a kill could leave the state of an update without the mark of the one before it in its chat, which would
    /// be handled again in a state that came later. Writing a mark twice is no fault.
    func write(in connection: any SQLConnection) throws {
        for mark in state.withLock({ $0.written + $0.waiting }) {
            try inbox.mark(mark.updateID, outcome: mark.outcome, now: mark.time, in: connection)
        }
    }

    /// Returns when every mark is written, or has been tried once more in vain.
    func flush() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if !state.isWriting { return true }
                state.idleWaiters.append(continuation)
                return false
            }
            if isIdle { continuation.resume() } else { nudge.wake() }
        }
    }

    private func write() async {
        var pause = Self.pauses.first
        while true {
            let marks = state.withLock { state -> [Mark] in
                state.written = state.waiting
                state.waiting = []
                if state.written.isEmpty { state.isWriting = false }
                return state.written
            }
            guard !marks.isEmpty else { break }
            do {
                let inbox = inbox
                try await inbox.database.write(surviving: .processEnd) { connection in
                    for mark in marks {
                        try inbox.mark(mark.updateID, outcome: mark.outcome, now: mark.time, in: connection)
                    }
                }
                pause = Self.pauses.first
            } catch {
                logger.error("cannot mark updates as handled", ["count": .integer(marks.count), "error": "\(error)"])
                // Unmarked, they would be handled again after the next start, behind what came after them.
                guard postpone() else { continue }
                await nudge.wait(until: time.uptime + pause, time: time)
                pause = min(pause * 2, Self.pauses.longest)
            }
        }
        let waiters = state.withLock { state in
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Keeps the marks that could not be written for later; false where somebody waits for the end, and they are given up.
    private func postpone() -> Bool {
        state.withLock { state in
            guard state.idleWaiters.isEmpty else {
                state.written = []
                return false
            }
            state.waiting = state.written + state.waiting
            state.written = []
            return true
        }
    }
}
