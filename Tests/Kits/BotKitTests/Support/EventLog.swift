import JSON
import Synchronization

/// What somebody saw, in order, and those who wait for more.
final class EventLog: Sendable {
    struct Event: Sendable {
        let kind: String
        let data: JSONValue
    }

    private struct Waiter {
        let id: Int
        let start: Int
        let matches: @Sendable (Event) -> Bool
        let continuation: CheckedContinuation<Int?, Never>
    }

    private struct State {
        var events: [Event] = []
        var waiters: [Waiter] = []
        var nextID = 0
    }

    private let state = Mutex(State())

    var events: [Event] { state.withLock(\.events) }

    func append(_ event: Event) {
        let ready = state.withLock { state in
            state.events.append(event)
            let place = state.events.count - 1
            let ready = state.waiters.filter { $0.start <= place && $0.matches(event) }.map { ($0, place) }
            state.waiters.removeAll { waiter in ready.contains { $0.0.id == waiter.id } }
            return ready
        }
        for (waiter, place) in ready { waiter.continuation.resume(returning: place) }
    }

    /// The place of the first matching event from `start` on; nil where the test's time is over.
    func wait(from start: Int, where matches: @escaping @Sendable (Event) -> Bool) async -> Int? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let place: Int?? = state.withLock { state in
                    if let place = state.events.indices.dropFirst(start).first(where: { matches(state.events[$0]) }) {
                        return .some(place)
                    }
                    if Task.isCancelled { return .some(nil) }
                    state.waiters.append(Waiter(id: id, start: start, matches: matches, continuation: continuation))
                    return nil
                }
                if let place { continuation.resume(returning: place) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }
}
