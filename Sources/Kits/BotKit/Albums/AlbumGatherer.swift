import Support
import Synchronization

/// Holds the parts of albums back until they are together; what is held is in the inbox, and not marked as handled.
final class AlbumGatherer: Sendable {
    private struct State {
        var table = AlbumTable<Arrival>()
        var isClosed = false
        var nextTask = 0
        /// Albums that have left the table and are being delivered.
        var leaving = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let state = Mutex(State())
    private let quiet: Duration
    private let time: any TimeSource
    private let deliver: @Sendable ([Arrival]) -> Void

    /// Delivers albums for which nothing has come for `quiet`.
    init(quiet: Duration, time: any TimeSource, deliver: @escaping @Sendable ([Arrival]) -> Void) {
        self.quiet = quiet
        self.time = time
        self.deliver = deliver
    }

    /// Parts that are held.
    var count: Int { state.withLock(\.table.count) }

    /// Whether an album is whole that is not delivered yet.
    var isDue: Bool { state.withLock { $0.leaving > 0 || $0.table.isDue(at: time.uptime) } }

    /// Takes a part; one that an earlier run of the program has left waits longer, since the others must be fetched.
    func add(_ arrival: Arrival, message: Int, to key: AlbumKey) {
        let wait = arrival.attempts == nil ? quiet : quiet * 3
        let now = time.uptime
        let whole: [Arrival] = state.withLock { state in
            guard !state.isClosed else { return [] }
            switch state.table.add(arrival, message: message, to: key, at: now, quiet: wait) {
            case .whole(let parts):
                state.leaving += 1
                return parts
            case .further: return []
            case .first(let deadline):
                state.nextTask += 1
                let number = state.nextTask
                state.tasks[number] = Task { await watch(key, from: deadline, as: number) }
                return []
            }
        }
        if !whole.isEmpty { handOver(whole) }
    }

    private func handOver(_ parts: [Arrival]) {
        deliver(parts)
        state.withLock { $0.leaving -= 1 }
    }

    /// Lets go of what is held; it comes again from the inbox at the next start.
    func close() {
        let tasks = state.withLock { state in
            state.isClosed = true
            state.table.clear()
            defer { state.tasks = [:] }
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    private func watch(_ key: AlbumKey, from first: Duration, as number: Int) async {
        var deadline = first
        while true {
            // Cancelled when the bot ends.
            do { try await time.sleep(for: deadline - time.uptime) } catch { return }
            let now = time.uptime
            let look = state.withLock { state in
                let look = state.table.look(at: key, at: now)
                if case .whole(let parts) = look {
                    state.tasks[number] = nil
                    if !parts.isEmpty { state.leaving += 1 }
                }
                return look
            }
            switch look {
            case .later(let next): deadline = next
            case .whole(let parts):
                if !parts.isEmpty { handOver(parts) }
                return
            }
        }
    }
}
