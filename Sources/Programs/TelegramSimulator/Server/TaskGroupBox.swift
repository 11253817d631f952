import Synchronization

/// Tasks that belong to a server: started from anywhere, all ended when it stops.
final class TaskGroupBox: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var next = 0
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Starts a task; it is forgotten when it ends.
    @discardableResult
    func start(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let gate = PollWaiter()
        let task = Task {
            _ = await gate.wait()
            if !Task.isCancelled { await body() }
            self.state.withLock { $0.tasks[id] = nil }
        }
        let isStopped = state.withLock { state in
            if !state.isStopped { state.tasks[id] = task }
            return state.isStopped
        }
        if isStopped { task.cancel() }
        gate.resume(.updates)
        return task
    }

    /// Cancels all tasks and waits for their ends.
    func stop() async {
        let tasks = state.withLock { state in
            state.isStopped = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
