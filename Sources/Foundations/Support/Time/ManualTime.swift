import Synchronization

/// A clock that moves only when told to, for tests and for the simulators' virtual time.
///
/// A test waits until the code under test sleeps (`waitForSleepers`), then moves the clock (`advance`).
public final class ManualTime: TimeSource {
    private struct Sleeper {
        let id: UInt64
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Observer {
        let id: UInt64
        let count: Int
        let horizon: Duration?
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Timestamp
        var uptime: Duration = .zero
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var observers: [Observer] = []

        mutating func makeID() -> UInt64 {
            nextID += 1
            return nextID
        }

        /// Whether `count` sleepers wake within `horizon` from now.
        func hasSleepers(_ count: Int, within horizon: Duration?) -> Bool {
            guard let horizon else { return sleepers.count >= count }
            return sleepers.count { $0.deadline - uptime <= horizon } >= count
        }
    }

    private let state: Mutex<State>

    /// Makes a clock that stands at `now` (2026-01-01T00:00:00Z unless told otherwise).
    public init(now: Timestamp = Timestamp(seconds: 1_767_225_600)) {
        state = Mutex(State(now: now))
    }

    /// Where the wall clock stands.
    public var now: Timestamp { state.withLock { $0.now } }

    /// How far the clock has been advanced in all.
    public var uptime: Duration { state.withLock { $0.uptime } }

    /// How many tasks sleep on this clock now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// How long until the first sleeper wakes, or nil when nobody sleeps.
    public var nextWakeUp: Duration? {
        state.withLock { state in state.sleepers.map(\.deadline).min().map { $0 - state.uptime } }
    }

    /// Sets the wall clock without waking anybody, as an administrator does who corrects it.
    public func setWallClock(_ now: Timestamp) { state.withLock { $0.now = now } }

    /// Moves both clocks on and wakes, in order of their deadlines, the sleepers whose time has come.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not go back")
        let due = state.withLock { state in
            state.uptime += duration
            state.now = state.now + duration
            let uptime = state.uptime
            let due = state.sleepers.filter { $0.deadline <= uptime }
            state.sleepers.removeAll { $0.deadline <= uptime }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Moves the clock to the first sleeper's deadline and wakes it; returns false when nobody sleeps.
    @discardableResult
    public func advanceToNextWakeUp() -> Bool {
        guard let next = nextWakeUp else { return false }
        advance(by: max(next, .zero))
        return true
    }

    /// Sleeps until the clock has been advanced far enough.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let satisfied: [Observer]? = state.withLock { state in
                    if Task.isCancelled { return nil }
                    let deadline = state.uptime + duration
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    let satisfied = state.observers.filter { state.hasSleepers($0.count, within: $0.horizon) }
                    let ids = Set(satisfied.map(\.id))
                    state.observers.removeAll { ids.contains($0.id) }
                    return satisfied
                }
                guard let satisfied else { return continuation.resume(throwing: CancellationError()) }
                for observer in satisfied { observer.continuation.resume() }
            }
        } onCancel: {
            let cancelled = state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            cancelled?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Returns when at least `count` tasks sleep on this clock, or when the waiting task is cancelled.
    ///
    /// - Parameter horizon: Only those count that wake within it; nil for all.
    public func waitForSleepers(_ count: Int = 1, within horizon: Duration? = nil) async {
        let id = state.withLock { $0.makeID() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.hasSleepers(count, within: horizon) || Task.isCancelled { return true }
                    state.observers.append(
                        Observer(id: id, count: count, horizon: horizon, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let cancelled = state.withLock { state in
                state.observers.firstIndex { $0.id == id }.map { state.observers.remove(at: $0) }
            }
            cancelled?.continuation.resume()
        }
    }
}
