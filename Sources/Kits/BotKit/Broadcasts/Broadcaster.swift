import HTTPClient
import Storage
import Support
import Synchronization
import TelegramAPI

/// Sends what broadcasts have to send while the bot runs.
///
/// It holds a window of recipients who are noted as begun. What came of them is stored, and the window filled again,
/// in one transaction for many; so a killed process has at most one window in doubt.
final class Broadcaster: Sendable {
    /// How long broadcasts that ended are remembered.
    static let retention = Duration.seconds(30 * 86_400)
    /// Enough for 30 messages a second where each takes a second.
    private static let window = 32
    /// For 1000 messages a second.
    private static let paidWindow = 512
    /// The longest time that something is known and not stored.
    private static let flush = Duration.seconds(1)

    private struct Flight {
        let broadcast: Int64
        let departure: SendScope.Departure
        let task: Task<Void, Never>
    }

    private struct State {
        var flights: [Int64: Flight] = [:]
        var outcomes: [BroadcastStore.Outcome] = []
        /// Broadcasts to be paused, with the reason.
        var halts: [Int64: String] = [:]
        var troubles = BroadcastTroubles()
        var window = Broadcaster.window

        /// Half a window is known, or there is nothing to wait for.
        var mustStore: Bool { outcomes.count >= window / 2 || flights.isEmpty && !outcomes.isEmpty || !halts.isEmpty }
    }

    /// What one transaction has brought.
    private struct Exchange: Sendable {
        var isHeld = true
        var running: [Int64] = []
        var claimed: [BroadcastStore.Recipient] = []
        var requests: [Int64: TelegramRequest] = [:]
        var finished: [BroadcastID] = []
        var next: Timestamp?
    }

    let store: BroadcastStore
    let nudge = Nudge()
    private let database: any Database
    private let client: TelegramClient
    private let gate: FloodGate
    private let prune: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)?
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(State())

    init(
        store: BroadcastStore, database: any Database, client: TelegramClient, gate: FloodGate,
        prune: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)?, time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.database = database
        self.client = client
        self.gate = gate
        self.prune = prune
        self.time = time
        self.logger = logger
    }

    /// Messages a second that are allowed now; nil without limit.
    func rate(isPaid: Bool) -> Double? { gate.pushRate(isPaid: isPaid) }

    /// How long nothing may be sent.
    var ban: Duration { gate.ban }

    /// Calls that are begun, those of them and of others that wait for flood control, and whether there is to store.
    var load: (begun: Int, waiting: Int, mustStore: Bool) {
        let waiting = gate.waitingCount
        return state.withLock { ($0.flights.count, waiting, $0.mustStore) }
    }

    /// Sends until asked to end; then what is on its way arrives, and the rest waits for the next start.
    func run(until ending: Shutdown) async {
        let run = String(UInt64.random(in: .min ... .max), radix: 36)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ending.wait()
                self.nudge.wake()
            }
            await send(as: run, until: ending)
            group.cancelAll()
        }
    }

    private func send(as run: String, until ending: Shutdown) async {
        var requests: [Int64: TelegramRequest] = [:]
        var isTaken = false
        while !ending.isTriggered, !Task.isCancelled {
            do {
                if !isTaken { try await database.write { [store] in try store.takeOver(run, in: $0) } }
                isTaken = true
                let exchange = try await exchange(as: run, room: room, known: Set(requests.keys))
                guard exchange.isHeld else {
                    logger.warning("another process has taken over the broadcasts")
                    break
                }
                requests.merge(exchange.requests) { $1 }
                requests = requests.filter { exchange.running.contains($0.key) }
                let isPaid = requests.values.contains(where: \.isPaid)
                state.withLock { $0.window = isPaid ? Self.paidWindow : Self.window }
                launch(exchange.claimed, requests)
                callBack { !exchange.running.contains($0.broadcast) }
                await wait(exchange)
            } catch {
                logger.error("broadcasts cannot go on", ["error": .string("\(error)")])
                await nudge.wait(until: time.uptime + Self.flush, time: time)
            }
        }
        await land()
        do {
            if isTaken { _ = try await exchange(as: run, room: 0, known: []) }
        } catch {
            logger.error("what was sent last of broadcasts is not noted", ["error": .string("\(error)")])
        }
    }

    /// How many more may be begun.
    private var room: Int {
        let now = time.uptime
        return state.withLock { state in
            state.troubles.restsUntil > now || gate.ban > .zero ? 0 : max(0, state.window - state.flights.count)
        }
    }

    /// Waits for something to do.
    private func wait(_ exchange: Exchange) async {
        let now = time.uptime
        let moment = state.withLock { state -> Duration? in
            if !state.outcomes.isEmpty || !state.flights.isEmpty { return now + Self.flush }
            guard !exchange.running.isEmpty else { return nil }
            let rest = max(state.troubles.restsUntil, now + gate.ban)
            if rest > now { return rest }
            // A clock that jumps is looked at again after a minute.
            return exchange.next.map { now + min(max(.zero, $0.since(time.now)), .seconds(60)) } ?? now + Self.flush
        }
        if let moment { await nudge.wait(until: moment, time: time) } else { await nudge.wait() }
    }

    // MARK: Storing

    /// Stores what is known and takes the next recipients.
    private func exchange(as run: String, room: Int, known: Set<Int64>) async throws -> Exchange {
        let (outcomes, halts) = state.withLock { state in
            defer { (state.outcomes, state.halts) = ([], [:]) }
            return (state.outcomes, state.halts)
        }
        do {
            let exchange = try await database.write { [self] connection in
                try write(as: run, outcomes, halts, room: room, known: known, in: connection)
            }
            for id in exchange.finished {
                logger.notice("a broadcast is finished", ["broadcast": .integer(id.rawValue)])
            }
            return exchange
        } catch {
            state.withLock { state in
                state.outcomes = outcomes + state.outcomes
                state.halts.merge(halts) { first, _ in first }
            }
            throw error
        }
    }

    private func write(
        as run: String, _ outcomes: [BroadcastStore.Outcome], _ halts: [Int64: String], room: Int, known: Set<Int64>,
        in connection: any SQLConnection
    ) throws -> Exchange {
        var exchange = Exchange()
        exchange.isHeld = try store.isHeld(by: run, in: connection)
        guard exchange.isHeld else { return exchange }
        let now = time.now
        for (chat, refusal) in try store.record(outcomes, now: now, in: connection) {
            guard let prune else { continue }
            do {
                try connection.savepoint { try prune(chat, refusal, connection) }
            } catch {
                logger.error(
                    "an unreachable chat is not noted", ["chat": .integer(chat.rawValue), "error": "\(error)"])
            }
        }
        for (broadcast, reason) in halts {
            logger.error("a broadcast is paused", ["broadcast": .integer(broadcast), "reason": .string(reason)])
            try store.halt(broadcast, reason: reason, in: connection)
        }
        exchange.finished = try store.finish(now: now, in: connection)
        exchange.running = try store.running(in: connection)
        for broadcast in exchange.running where !known.contains(broadcast) {
            exchange.requests[broadcast] = try store.request(of: broadcast, in: connection)
        }
        exchange.claimed = try store.claim(room, of: exchange.running, now: now, in: connection)
        exchange.next = try store.nextTurn(of: exchange.running, in: connection)
        return exchange
    }

    // MARK: Sending

    private func launch(_ recipients: [BroadcastStore.Recipient], _ requests: [Int64: TelegramRequest]) {
        for recipient in recipients {
            guard let message = requests[recipient.broadcast] else { continue }
            let request = message.replacing(chat: ChatID(recipient.chat))
            let departure = SendScope.Departure()
            // The task waits for this lock before it takes itself off the list.
            state.withLock { state in
                let task = Task { await self.deliver(request, to: recipient, departure) }
                state.flights[recipient.id] = Flight(broadcast: recipient.broadcast, departure: departure, task: task)
            }
        }
    }

    private func deliver(
        _ request: TelegramRequest, to recipient: BroadcastStore.Recipient, _ departure: SendScope.Departure
    ) async {
        // A chat that is banned gives its place to others; the bot as a whole is waited for in `room`.
        let scope = SendScope(priority: .push, patience: .zero, departure: departure)
        let verdict: BroadcastVerdict
        do {
            _ = try await SendScope.$given.withValue(scope) { try await client.send(request) }
            verdict = .sent
        } catch {
            verdict = BroadcastVerdict(
                error as? TelegramError ?? .network(.cancelled), to: recipient.chat, hasLeft: departure.hasLeft,
                attempts: recipient.attempts)
        }
        let now = time.uptime
        let mustWake = state.withLock { state in
            state.flights[recipient.id] = nil
            state.outcomes.append(.init(recipient: recipient, verdict: verdict))
            if let reason = state.troubles.note(verdict, of: recipient.broadcast, at: now) {
                state.halts[recipient.broadcast] = reason
            }
            return state.mustStore
        }
        if mustWake { nudge.wake() }
    }

    /// Cancels those who wait for their turn, where something holds.
    private func callBack(where holds: (Flight) -> Bool) {
        let flights = state.withLock(\.flights).values
        for flight in flights where holds(flight) && flight.departure.recall() { flight.task.cancel() }
    }

    /// Returns when nothing is under way any more: what has left arrives, unless this task is cancelled.
    private func land() async {
        callBack { _ in true }
        let tasks = state.withLock { $0.flights.values.map(\.task) }
        await withTaskCancellationHandler {
            for task in tasks { await task.value }
        } onCancel: {
            for task in tasks { task.cancel() }
        }
    }
}
