import Support
import Synchronization

/// What becomes of a piece of work that was run.
enum LaneVerdict: Sendable {
    case done
    /// It is run again after a wait, and its lane is held meanwhile; unless the wait gives false.
    case again(after: @Sendable () async -> Bool)
}

/// Runs work in lanes: in order within one, side by side across them, on as many tasks as have something to do.
final class Lanes<Item: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Void, Never>

    /// What a worker does.
    private struct Running {
        let key: LaneKey
        let item: Item
        /// Since when; nil while it waits to be run again.
        var began: Duration?
    }

    private struct State {
        var table: LaneTable<Item>
        var isClosed = false
        var roomWaiters: [Int: Waiter] = [:]
        var idleWaiters: [Waiter] = []
        var emptyWaiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var nextTask = 0
        var tasks: [Int: Task<Void, Never>] = [:]
        var running: [Int: Running] = [:]

        /// Those who wait for room, when there is some again.
        mutating func takeRested(capacity: Int) -> [Waiter] {
            guard !roomWaiters.isEmpty, table.count < capacity || isClosed else { return [] }
            defer { roomWaiters = [:] }
            return Array(roomWaiters.values)
        }

        /// Those who wait until nothing is left, when nothing is.
        mutating func takeUnoccupied() -> [Waiter] {
            guard !emptyWaiters.isEmpty, table.count == 0 || isClosed else { return [] }
            defer { emptyWaiters = [:] }
            return Array(emptyWaiters.values)
        }
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let uptime: @Sendable () -> Duration
    private let run: @Sendable (Item) async -> LaneVerdict

    /// Lanes of which `width` run at once, with room for `capacity` pieces of work altogether.
    init(
        width: Int, capacity: Int, uptime: @escaping @Sendable () -> Duration = { SystemTime().uptime },
        run: @escaping @Sendable (Item) async -> LaneVerdict
    ) {
        self.uptime = uptime
        state = Mutex(State(table: LaneTable(width: width)))
        self.capacity = capacity
        self.run = run
    }

    /// Pieces of work that wait or run.
    var count: Int { state.withLock { $0.table.count } }

    /// Adds a piece of work; after `close` it is left alone, and stays where it is stored.
    func add(_ item: Item, to key: LaneKey) {
        state.withLock { state in
            guard !state.isClosed, state.table.add(item, to: key) else { return }
            startWorker(&state)
        }
    }

    private func startWorker(_ state: inout State) {
        state.nextTask += 1
        let number = state.nextTask
        state.tasks[number] = Task { await work(as: number) }
    }

    /// Cancels what has run longer than a limit and lets its lane go on without it, whether or not it ends.
    ///
    /// `note` is called for each before its cancellation can be seen. Also gives how long until the next look.
    func giveUp(longerThan limit: Duration, note: (Item) -> Void) -> (items: [Item], next: Duration) {
        let now = uptime()
        var next = limit
        var late: [Item] = []
        var cancelled: [Task<Void, Never>] = []
        let waiters = state.withLock { state in
            for (number, piece) in state.running {
                guard let began = piece.began else { continue }
                let rest = limit - (now - began)
                guard rest <= .zero else {
                    next = min(next, rest)
                    continue
                }
                note(piece.item)
                late.append(piece.item)
                state.running[number] = nil
                if let task = state.tasks.removeValue(forKey: number) { cancelled.append(task) }
                if state.table.abandon(piece.key, isClosed: state.isClosed) { startWorker(&state) }
            }
            var waiters = late.isEmpty ? [] : state.takeRested(capacity: capacity) + state.takeUnoccupied()
            if state.tasks.isEmpty {
                waiters += state.idleWaiters
                state.idleWaiters = []
            }
            return waiters
        }
        for task in cancelled { task.cancel() }
        for waiter in waiters { waiter.resume() }
        return (late, next)
    }

    /// Waits until there is room for more work, or until the lanes are closed or the waiting task is cancelled.
    func room() async {
        let capacity = capacity
        await wait(in: \.roomWaiters) { $0.table.count < capacity }
    }

    /// Waits until nothing runs and nothing waits, or until the lanes are closed or the waiting task is cancelled.
    func emptied() async { await wait(in: \.emptyWaiters) { $0.table.count == 0 } }

    private func wait(
        in waiters: any WritableKeyPath<State, [Int: Waiter]> & Sendable, until isOver: @Sendable (State) -> Bool
    ) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    if state.isClosed || Task.isCancelled || isOver(state) { return false }
                    state[keyPath: waiters][number] = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0[keyPath: waiters].removeValue(forKey: number) }?.resume()
        }
    }

    /// Takes no more work; what waits is dropped from memory.
    func shut() {
        let waiters = state.withLock { state in
            state.isClosed = true
            return state.takeRested(capacity: capacity) + state.takeUnoccupied()
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Takes no more work and returns when what runs has ended; what waits is dropped from memory.
    ///
    /// If the calling task is cancelled, because the time for a good end is over, so is what runs.
    func close() async {
        shut()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIdle = state.withLock { state in
                    if state.tasks.isEmpty { return true }
                    state.idleWaiters.append(continuation)
                    return false
                }
                if isIdle { continuation.resume() }
            }
        } onCancel: {
            for task in state.withLock(\.tasks).values { task.cancel() }
        }
    }

    private func work(as number: Int) async {
        let began = uptime()
        var current = state.withLock { state in
            let first = state.table.start()
            if let first { state.running[number] = Running(key: first.key, item: first.item, began: began) }
            return first
        }
        while let (key, item) = current {
            while case .again(let wait) = await run(item) { guard await pause(number, wait) else { break } }
            let now = uptime()
            let (next, rested) = state.withLock { state -> ((key: LaneKey, item: Item)?, [Waiter]) in
                // It was given up: others go on in its lane.
                guard state.running[number] != nil else { return (nil, []) }
                let next = state.table.finish(key, isClosed: state.isClosed)
                state.running[number] = next.map { Running(key: $0.key, item: $0.item, began: now) }
                return (next, state.takeRested(capacity: capacity) + state.takeUnoccupied())
            }
            current = next
            for waiter in rested { waiter.resume() }
        }
        let idle = state.withLock { state -> [Waiter] in
            guard state.tasks.removeValue(forKey: number) != nil, state.tasks.isEmpty else { return [] }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in idle { waiter.resume() }
    }

    /// Waits before a piece is run again, which does not count as running; false where it is not to be run again.
    private func pause(_ number: Int, _ wait: @Sendable () async -> Bool) async -> Bool {
        state.withLock { $0.running[number]?.began = nil }
        let goesOn = await wait()
        let now = uptime()
        return state.withLock { state in
            state.running[number]?.began = now
            // It may have been given up in the moment before the wait.
            return goesOn && !state.isClosed && state.running[number] != nil
        }
    }
}
