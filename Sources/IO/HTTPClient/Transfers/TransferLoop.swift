import CCurl
import Glibc
import Support
import Synchronization

/// The one thread that runs all transfers of a client, and the way in for tasks.
///
/// Commands go through an inbox; the thread is woken only if it waits, so that many requests at
/// once cost one wake-up. Answers go back through continuations. The thread starts with the
/// first request and keeps the loop alive until it is stopped.
final class TransferLoop: Sendable {
    enum Command: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        case resume(Transfer)
    }

    private enum Phase {
        case idle
        case running
        /// No new transfers; those that run are cancelled at the time given, in monotonic nanoseconds.
        case stopping(cancelAt: Int64)
        case stopped
    }

    private struct State {
        var phase = Phase.idle
        var commands: [Command] = []
        var isWaiting = false
        var thread: OSThread?
        var stopWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let multi: MultiHandle
    let clock = LoopClock()
    private let handles = Mutex<[EasyHandle]>([])
    /// How many unused handles are kept; each holds some kilobytes.
    private static let keptHandles = 256

    init?(_ configuration: HTTPClient.Configuration) {
        guard
            let multi = MultiHandle(
                maximumConnections: configuration.maximumConnections, perHost: configuration.maximumConnectionsPerHost)
        else { return nil }
        self.multi = multi
    }

    /// Monotonic nanoseconds.
    static var now: Int64 {
        var reading = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &reading)
        return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
    }

    /// A handle without options.
    func takeHandle() -> EasyHandle? { handles.withLock { $0.popLast() } ?? EasyHandle() }

    private func giveBack(_ easy: EasyHandle) {
        easy.reset()
        handles.withLock { handles in
            if handles.count < Self.keptHandles { handles.append(easy) }
        }
    }

    /// Runs a transfer; its continuation is resumed in any case.
    func start(_ transfer: Transfer) {
        let isAccepted = state.withLock { state in
            switch state.phase {
            case .stopping, .stopped: return false
            case .idle:
                state.phase = .running
                state.thread = OSThread.start(name: "http-client") { self.run() }
            case .running: break
            }
            enqueue(.start(transfer), &state)
            return true
        }
        if !isAccepted { transfer.end(with: .stopped) }
    }

    /// Ends a transfer, before it is started too; one that is over stays as it is.
    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .releasing)
        send(.cancel(transfer))
    }

    /// Lets a paused transfer go on.
    func resume(_ transfer: Transfer) { send(.resume(transfer)) }

    private func send(_ command: Command) {
        state.withLock { state in
            switch state.phase {
            case .idle, .stopped: break
            case .running, .stopping: enqueue(command, &state)
            }
        }
    }

    private func enqueue(_ command: Command, _ state: inout State) {
        state.commands.append(command)
        wakeIfWaiting(&state)
    }

    private func wakeIfWaiting(_ state: inout State) {
        guard state.isWaiting else { return }
        state.isWaiting = false
        multi.wake()
    }

    /// Takes no more transfers, gives those that run the time to end, and waits for the thread's end.
    func stop(draining limit: Duration) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                switch state.phase {
                case .idle: state.phase = .stopped
                case .stopped: break
                case .running, .stopping:
                    state.phase = .stopping(cancelAt: Self.now + limit.nanoseconds)
                    state.stopWaiters.append(continuation)
                    wakeIfWaiting(&state)
                    return false
                }
                return true
            }
            if isOver { continuation.resume() }
        }
        // The thread has nothing left to do but to return, so this does not block.
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        thread?.join()
    }

    /// Cancels everything, without waiting for the thread's end.
    func abandon() {
        let thread = state.withLock { state in
            switch state.phase {
            case .idle: state.phase = .stopped
            case .running, .stopping:
                state.phase = .stopping(cancelAt: 0)
                wakeIfWaiting(&state)
            case .stopped: break
            }
            defer { state.thread = nil }
            return state.thread
        }
        thread?.detach()
    }
}

// The thread's side.
extension TransferLoop {
    private enum Turn {
        case work([Command])
        case wait(cancelAt: Int64?)
    }

    private func run() {
        var active = ActiveTransfers()
        while true {
            let commands = state.withLock { state in
                defer { state.commands.removeAll(keepingCapacity: true) }
                return state.commands
            }
            clock.now = Self.now
            for command in commands { perform(command, &active) }
            multi.perform()
            while let (transfer, code) = multi.nextFinished() {
                let error = code == CURLE_OK ? nil : HTTPClientError(code, of: transfer)
                finish(transfer, error, &active)
            }
            for (transfer, limit) in active.takeExpired(at: clock.now) {
                finish(transfer, .timeout(limit, host: transfer.host), &active)
            }
            guard wait(&active) else { break }
        }
        let (late, waiters) = state.withLock { state in
            state.phase = .stopped
            defer {
                state.commands = []
                state.stopWaiters = []
            }
            return (state.commands, state.stopWaiters)
        }
        for case .start(let transfer) in late { transfer.end(with: .stopped) }
        handles.withLock { $0 = [] }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until there is something to do; false when the loop is to end.
    private func wait(_ active: inout ActiveTransfers) -> Bool {
        var cancelAt: Int64?
        let isIdle = state.withLock { state in
            if case .stopping(let time) = state.phase { cancelAt = time }
            guard state.commands.isEmpty else { return false }
            state.isWaiting = true
            return true
        }
        if let cancelAt {
            if active.isEmpty, isIdle { return false }
            if clock.now >= cancelAt {
                for transfer in active.all { finish(transfer, .stopped, &active) }
                return !isIdle
            }
        }
        guard isIdle else {
            multi.wait(until: 0)
            return true
        }
        var end = active.nextCheck
        if let cancelAt { end = min(end, cancelAt) }
        multi.wait(until: end)
        state.withLock { $0.isWaiting = false }
        return true
    }

    private func perform(_ command: Command, _ active: inout ActiveTransfers) {
        switch command {
        case .start(let transfer):
            if transfer.isCancelled.load(ordering: .acquiring) {
                transfer.end(with: .cancelled)
            } else if multi.add(transfer.easy) {
                active.insert(transfer)
            } else {
                transfer.end(with: .fault(code: 0))
            }
        case .cancel(let transfer):
            if transfer.isActive { finish(transfer, .cancelled, &active) }
        case .resume(let transfer):
            guard transfer.isActive else { return }
            transfer.waitsForUs = false
            transfer.deadlines.noteActivity(at: clock.now)
            transfer.easy.unpause()
        }
    }

    private func finish(_ transfer: Transfer, _ error: HTTPClientError?, _ active: inout ActiveTransfers) {
        active.remove(transfer)
        multi.remove(transfer.easy)
        giveBack(transfer.easy)
        transfer.end(with: error)
    }
}
