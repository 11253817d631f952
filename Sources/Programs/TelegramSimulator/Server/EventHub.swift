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
/// Nothing is made or kept before the first page has asked, nor a while after the last has left, so that a simulator
/// without one costs nothing. A page that comes back later is told to load everything again.
final class EventHub: Sendable {
    static let capacity = 10_000
    static let maximumBytes = 32 << 20
    /// How long events are kept for a page that is about to listen, or to come back.
    static let patience: Duration = .seconds(60)

    private struct State {
        var isEnabled = false
        var next: Int64
        var events = RecentItems<PageEvent>(maximumCount: capacity, maximumBytes: maximumBytes)
        /// The uptime at which somebody last asked without listening.
        var asked: Duration = .zero
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
        var isFinished = false

        /// Stops keeping events where nobody has asked for long; a gap in the numbers tells who comes back.
        mutating func rest(_ clock: any TimeSource) {
            guard isEnabled, listeners.isEmpty, clock.uptime - asked > EventHub.patience else { return }
            isEnabled = false
            events.removeAll()
            next += 1
        }
    }

    private let state: Mutex<State>
    /// Real time: how long events are kept is no part of the played world.
    private let clock: any TimeSource

    /// Numbers begin at the time in milliseconds, so that none means another event after a restart.
    init(clock: any TimeSource = SystemTime()) {
        self.clock = clock
        state = Mutex(State(next: clock.now.microseconds / 1000 + 1))
    }

    var isEnabled: Bool {
        state.withLock { state in
            state.rest(clock)
            return state.isEnabled
        }
    }

    /// The number of the newest event.
    var last: Int64 { state.withLock { $0.next - 1 } }

    /// Keeps events from now on; answers the number of the newest one.
    @discardableResult
    func enable() -> Int64 {
        state.withLock { state in
            state.rest(clock)
            state.isEnabled = true
            state.asked = clock.uptime
            return state.next - 1
        }
    }

    func publish(_ kind: String, _ data: [UInt8], user: Int64?, isForAll: Bool = true) {
        let listeners = state.withLock { state -> [AsyncStream<Void>.Continuation] in
            guard state.isEnabled else { return [] }
            state.events.append(
                PageEvent(number: state.next, kind: kind, data: data, user: user, isForAll: isForAll),
                size: 128 + data.count)
            state.next += 1
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield() }
    }

    /// The events behind a number, or `nil` where some of them are gone.
    func events(after number: Int64) -> [PageEvent]? {
        state.withLock { state in
            let first = state.next - Int64(state.events.count)
            guard number >= first - 1, number < state.next else { return nil }
            return state.events.dropping(Int(number - first + 1))
        }
    }

    /// A stream that ticks when there may be news; `stop` ends it.
    func listen() -> (ticks: AsyncStream<Void>, stop: @Sendable () -> Void) {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard !state.isFinished else { return nil }
            state.rest(clock)
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
                if let self {
                    state.withLock { state in
                        state.listeners[id] = nil
                        state.asked = clock.uptime
                    }
                }
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
