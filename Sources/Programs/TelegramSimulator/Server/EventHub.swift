internal import Support
import Synchronization

/// An event as it is sent to pages.
struct PageEvent: Sendable {
    var number: Int64
    var kind: String
    var data: [UInt8]
    /// Whom it is for; `nil` is everybody who watches.
    var user: Int64?
    /// What watchers of everything see too.
    var isForAll: Bool
}

/// Keeps the last events and hands them to the streams that listen.
///
/// Nothing is made or kept before the first page has asked, so that a simulator without one costs nothing.
final class EventHub: Sendable {
    static let capacity = 10_000

    private struct State {
        var isEnabled = false
        var next: Int64
        var events: [PageEvent] = []
        var dropped: Int64
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
        var isFinished = false
    }

    private let state: Mutex<State>

    /// Numbers begin at the time in milliseconds, so that none means another event after a restart.
    init() {
        let start = SystemTime().now.microseconds / 1000
        state = Mutex(State(next: start + 1, dropped: start))
    }

    var isEnabled: Bool { state.withLock { $0.isEnabled } }

    /// The number of the newest event.
    var last: Int64 { state.withLock { $0.next - 1 } }

    func enable() { state.withLock { $0.isEnabled = true } }

    func publish(_ kind: String, _ data: [UInt8], user: Int64?, isForAll: Bool = true) {
        let listeners = state.withLock { state -> [AsyncStream<Void>.Continuation] in
            guard state.isEnabled else { return [] }
            state.events.append(
                PageEvent(number: state.next, kind: kind, data: data, user: user, isForAll: isForAll))
            state.next += 1
            if state.events.count > Self.capacity * 2 {
                state.dropped = state.events[Self.capacity - 1].number
                state.events.removeFirst(Self.capacity)
            }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield() }
    }

    /// The events behind a number, or `nil` where some of them are gone.
    func events(after number: Int64) -> [PageEvent]? {
        state.withLock { state in
            guard number >= state.dropped, number < state.next else { return nil }
            guard let first = state.events.first?.number else { return [] }
            return Array(state.events.dropFirst(max(0, Int(number - first + 1))))
        }
    }

    /// A stream that ticks when there may be news; `stop` ends it.
    func listen() -> (ticks: AsyncStream<Void>, stop: @Sendable () -> Void) {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard !state.isFinished else { return nil }
            state.isEnabled = true
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        guard let id else {
            continuation.finish()
            return (stream, {})
        }
        return (
            stream,
            { [weak self] in
                self?.state.withLock { $0.listeners[id] = nil }
                continuation.finish()
            }
        )
    }

    func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
