import Storage
import Support
import Synchronization

/// Threads with a connection each, that only read; started when there is more to do than they can.
final class ReaderPool: Sendable {
    private struct State {
        var calls = Queue<PendingCall>()
        var threads = 0
        var idle = 0
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let signal = Semaphore()
    private let configuration: SQLiteDatabase.Configuration

    init(_ configuration: SQLiteDatabase.Configuration) { self.configuration = configuration }

    func submit(_ call: PendingCall) {
        enum Decision { case refuse, wake, grow, leave }
        let limit = max(1, configuration.maximumReaders)
        let decision: Decision = state.withLock { state in
            if state.isClosed { return .refuse }
            state.calls.append(call)
            if state.idle > 0 {
                state.idle -= 1
                return .wake
            }
            // A busy thread takes it from the queue without being woken.
            guard state.threads < limit else { return .leave }
            state.threads += 1
            return .grow
        }
        switch decision {
        case .refuse: call.fail(StorageError(.closed, "the database \(configuration.path) is closed"))
        case .wake: signal.signal()
        case .grow: OSThread.start(name: "sqlite-reader") { self.run() }.detach()
        case .leave: break
        }
    }

    /// Lets no new call in; what was accepted still runs.
    func beginClosing() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = 0 }
            return state.idle
        }
        for _ in 0..<idle { signal.signal() }
    }

    /// Returns when all connections are closed.
    func close() async {
        beginClosing()
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.threads > 0 { state.closers.append(continuation) }
                return state.threads == 0
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func run() {
        let failure = openAndServe()
        // A thread that could not open the file answers what nobody else is there to take.
        let (orphans, closers) = state.withLock { state in
            state.threads -= 1
            var orphans: [PendingCall] = []
            while state.threads == 0, let call = state.calls.popFirst() { orphans.append(call) }
            var closers: [CheckedContinuation<Void, Never>] = []
            if state.isClosed && state.threads == 0 { swap(&closers, &state.closers) }
            return (orphans, closers)
        }
        let error = failure ?? StorageError(.closed, "the database \(configuration.path) is closed")
        for call in orphans { call.fail(error) }
        for closer in closers { closer.resume() }
    }

    /// Opens the file, serves until closed, and closes the file; gives the error if it does not open.
    private func openAndServe() -> (any Error)? {
        do {
            let connection = try Opening.reader(configuration)
            serve(connection)
            return nil
        } catch {
            return error
        }
    }

    private func serve(_ connection: SQLiteConnection) {
        enum Step { case run(PendingCall), wait, end }
        while true {
            let step: Step = state.withLock { state in
                if let call = state.calls.popFirst() { return .run(call) }
                if state.isClosed { return .end }
                // Whoever wakes this thread takes it off the idle ones.
                state.idle += 1
                return .wait
            }
            switch step {
            case .run(let call): perform(call, on: connection)
            case .wait: signal.wait()
            case .end: return
            }
        }
    }

    private func perform(_ call: PendingCall, on connection: SQLiteConnection) {
        do {
            try connection.control("BEGIN")
            let answer: @Sendable () -> Void
            do {
                answer = try call.perform(connection)
            } catch {
                if !connection.handle.isInAutocommit { try connection.control("ROLLBACK") }
                throw error
            }
            try connection.control("COMMIT")
            answer()
        } catch {
            call.fail(error)
        }
    }
}
