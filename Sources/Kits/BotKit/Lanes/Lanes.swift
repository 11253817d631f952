import Synchronization

/// Runs work in lanes: in order within one, side by side across them, on as many tasks as have something to do.
final class Lanes<Item: Sendable>: Sendable {
    private struct State {
        var table: LaneTable<Item>
        var isClosed = false
        var roomWaiters: [CheckedContinuation<Void, Never>] = []
        var idleWaiters: [CheckedContinuation<Void, Never>] = []
        var nextTask = 0
        var tasks: [Int: Task<Void, Never>] = [:]

        /// Those who wait for room, when there is some again.
        mutating func takeRested(capacity: Int) -> [CheckedContinuation<Void, Never>] {
            guard !roomWaiters.isEmpty, table.count < capacity else { return [] }
            defer { roomWaiters = [] }
            return roomWaiters
        }
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let run: @Sendable (Item) async -> Void

    /// Lanes of which `width` run at once, with room for `capacity` pieces of work altogether.
    init(width: Int, capacity: Int, run: @escaping @Sendable (Item) async -> Void) {
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
            state.nextTask += 1
            let number = state.nextTask
            state.tasks[number] = Task { await work(as: number) }
        }
    }

    /// Waits until there is room for more work.
    func room() async {
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                if state.table.count < capacity || state.isClosed { return true }
                state.roomWaiters.append(continuation)
                return false
            }
            if hasRoom { continuation.resume() }
        }
    }

    /// Takes no more work and returns when what runs has ended; what waits is dropped from memory.
    ///
    /// If the calling task is cancelled, because the time for a good end is over, so is what runs.
    func close() async {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.roomWaiters = [] }
            return state.roomWaiters
        }
        for waiter in waiters { waiter.resume() }
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
        var current = state.withLock { $0.table.start() }
        while let (key, item) = current {
            await run(item)
            let (next, rested) = state.withLock { state in
                let next = state.table.finish(key, isClosed: state.isClosed)
                return (next, state.takeRested(capacity: capacity))
            }
            current = next
            for waiter in rested { waiter.resume() }
        }
        let idle = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.tasks[number] = nil
            guard state.tasks.isEmpty else { return [] }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in idle { waiter.resume() }
    }
}
