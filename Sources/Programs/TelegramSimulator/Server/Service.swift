internal import HTTP
internal import HTTPClient
internal import Support
import Synchronization

/// The service behind its doors: owns the world, runs turns on it and carries out what they leave.
final class Service: Sendable {
    let time: any TimeSource
    let logger: Logger
    let files: FileStore
    let http: HTTPClient
    let hub = EventHub()
    let log = CallLog()
    let faults = FaultPlans()
    let tasks = TaskGroupBox()
    private let world: Mutex<World>
    private let polls = Mutex<[Int64: PollWaiter]>([:])
    private let conflicts = Mutex<[Int64: Int64]>([:])
    private let deliverers = Mutex<[Int64: WebhookDeliverer]>([:])
    private let store = Mutex<StateStore?>(nil)
    private let alarm = Mutex<Alarm?>(nil)
    private let snapshots = Mutex<[String: World]>([:])
    private let webhooks = Mutex<[(from: String, to: String)]>([])
    private let lastPolls = Mutex<[Int64: (offset: Int64, start: Int64)]>([:])
    let trials = WebhookTrials()
    /// Whether who asks for the same updates, or sets webhooks, again and again is slowed down.
    let restrainsPolling: Bool
    /// How long a webhook may take to answer.
    let webhookPatience: Duration
    /// Whether a connection is tried before a webhook is set.
    let triesWebhooks: Bool

    init(
        world: World, files: FileStore, time: any TimeSource, http: HTTPClient, logger: Logger,
        restrainsPolling: Bool, triesWebhooks: Bool, webhookPatience: Duration = WebhookDeliverer.readTimeout
    ) {
        self.webhookPatience = webhookPatience
        self.triesWebhooks = triesWebhooks
        self.restrainsPolling = restrainsPolling
        self.world = Mutex(world)
        self.files = files
        self.time = time
        self.http = http
        self.logger = logger
    }

    var milliseconds: Int64 { time.now.microseconds / 1000 }

    /// Has changes kept from now on.
    func record(in store: StateStore) {
        self.store.withLock { $0 = store }
        world.withLock { $0.tracksChanges = true }
    }

    /// Returns when all that turns have changed so far would outlive the process.
    func settled() async { await store.withLock { $0 }?.settled() }

    // MARK: Turns

    /// Runs one turn on the world: all of it or, where it throws, what it did until then.
    ///
    /// - Parameter afterwards: Runs when the events of the turn are handed on, before anybody sees the world again.
    func turn<Value: Sendable>(
        _ body: (inout World) throws(APIError) -> Value,
        afterwards: (Result<Value, APIError>, World) -> Void = { _, _ in }
    ) throws(APIError) -> Value {
        let milliseconds = milliseconds
        var wakes: Set<Int64> = []
        var due = Int64.max
        let result = world.withLock { world -> Result<Value, APIError> in
            world.milliseconds = milliseconds
            world.tick()
            let result: Result<Value, APIError>
            do throws(APIError) { result = .success(try body(&world)) } catch { result = .failure(error) }
            wakes = world.effects.wakes
            settle(&world)
            afterwards(result, world)
            due = min(world.closings.soonest, world.releases.soonest)
            return result
        }
        for bot in wakes { wake(bot) }
        if due != .max { setAlarm(due) }
        return try result.get()
    }

    /// Reads the world.
    func look<Value: Sendable>(_ body: (World) -> Value) -> Value {
        let milliseconds = milliseconds
        return world.withLock { world in
            world.milliseconds = milliseconds
            return body(world)
        }
    }

    /// Hands events and changes on while the world is as they describe it.
    private func settle(_ world: inout World) {
        let events = world.effects.events
        let changes = world.effects.changes
        world.effects = Effects()
        for event in events {
            if case .update(let bot, let body) = event {
                note(LogEntry(at: world.milliseconds, kind: .update, bot: bot, body: body), world)
            } else if hub.isEnabled {
                EventRenderer.publish(event, of: world, to: hub)
            }
        }
        if !changes.isEmpty { store.withLock { $0 }?.note(changes) }
    }

    // MARK: Snapshots and addresses

    func keepSnapshot(_ name: String) {
        let copy = look { $0 }
        snapshots.withLock { $0[name] = copy }
    }

    func snapshot(_ name: String) -> World? { snapshots.withLock { $0[name] } }

    /// Has webhooks whose address begins with a text delivered to another one; an empty one ends that.
    func mapWebhooks(from: String, to: String) {
        webhooks.withLock { map in
            map.removeAll { $0.from == from }
            if !to.isEmpty { map.append((from, to)) }
        }
    }

    /// Where the updates for a webhook really go.
    func address(of webhook: String) -> String {
        webhooks.withLock { map in
            for (from, to) in map where webhook.hasPrefix(from) { return to + webhook.dropFirst(from.count) }
            return webhook
        }
    }

    // MARK: Timed changes

    /// A turn that is to come because something falls due.
    private struct Alarm {
        var date: Int64
        var task: Task<Void, Never>?
    }

    /// Sees to it that a turn runs at a moment in Unix seconds, so that a poll closes though nobody calls.
    private func setAlarm(_ date: Int64) {
        let (isNew, old) = alarm.withLock { alarm -> (Bool, Task<Void, Never>?) in
            if let known = alarm, known.date <= date { return (false, nil) }
            defer { alarm = Alarm(date: date) }
            return (true, alarm?.task)
        }
        guard isNew else { return }
        old?.cancel()
        let wait = max(1, date * 1000 - milliseconds)
        let task = tasks.start { [self] in
            // A cancelled alarm was replaced by an earlier one, or the simulator stops.
            guard (try? await time.sleep(for: .milliseconds(wait))) != nil else { return }
            alarm.withLock { if $0?.date == date { $0 = nil } }
            // Letting time pass has no refusal.
            try? turn { (_) throws(APIError) in }
        }
        alarm.withLock { if $0?.date == date { $0?.task = task } }
    }

    /// Enters something into the log and tells the pages.
    func note(_ entry: LogEntry) {
        let entry = log.append(entry)
        guard hub.isEnabled else { return }
        look { publish(entry, $0) }
    }

    /// Does so within a turn.
    func note(_ entry: LogEntry, _ world: World) {
        let entry = log.append(entry)
        if hub.isEnabled { publish(entry, world) }
    }

    private func publish(_ entry: LogEntry, _ world: World) {
        hub.publish(entry.kind.rawValue, WireWriter.bytes { entry.write(in: world, to: &$0) }, user: nil)
    }

    // MARK: Wakes

    private func wake(_ bot: Int64) {
        if look({ $0.bots[bot]?.webhook != nil }) {
            deliverer(of: bot).wake()
        } else if let waiter = polls.withLock({ $0[bot] }) {
            // The update may have been answered and confirmed before this poll began to wait. In this order: what is
            // in the queue after the poll was seen waiting is what it waits for.
            if look({ $0.queues[bot]?.first(1).isEmpty == false }) { waiter.resume(.updates) }
        }
    }

    /// Forgets what was under way to webhooks, since the queues are about to be others.
    func forgetDeliveries() {
        let old = deliverers.withLock { all in
            defer { all = [:] }
            return all.values
        }
        for deliverer in old { deliverer.retire() }
    }

    /// Forgets what is under way to the webhook of a bot: it says nothing about the next one.
    func forgetDeliveries(of bot: Int64) { deliverers.withLock { $0.removeValue(forKey: bot) }?.retire() }

    private func deliverer(of bot: Int64) -> WebhookDeliverer {
        deliverers.withLock { all in
            if let known = all[bot] { return known }
            let new = WebhookDeliverer(bot: bot, service: self)
            all[bot] = new
            return new
        }
    }

    /// Whether a bot holds a long poll open.
    func isPolling(_ bot: Int64) -> Bool { polls.withLock { $0[bot] != nil } }

    /// Ends the long poll of a bot, as `setWebhook` does.
    func terminatePoll(of bot: Int64, _ outcome: PollWaiter.Outcome) {
        polls.withLock { $0.removeValue(forKey: bot) }?.resume(outcome)
    }

    func stop() async {
        for waiter in polls.withLock({ Array($0.values) }) { waiter.resume(.cancelled) }
        hub.finish()
        await tasks.stop()
        await http.stop()
    }

    // MARK: Polling

    private enum Poll {
        case answer(Answer)
        case wait(PollWaiter, old: PollWaiter?)
    }

    static let maximumWait: Int64 = 50
    /// The moment that a long poll stays open after its first update.
    static let gathering: Duration = .milliseconds(2)

    /// `getUpdates`: confirms, answers, or waits up to 50 seconds.
    func getUpdates(_ call: Call) async throws(APIError) -> Answer {
        var wait = call.arguments.integer("timeout", in: 0...Self.maximumWait)
        var limit = Int(call.arguments.integer("limit", default: 100, in: 1...100))
        // A poll that is refused says nothing of how often its bot asks.
        if look({ $0.bots[call.bot]?.webhook != nil }) { throw Self.webhookActive }
        if restrainsPolling { restrain(call, &wait, &limit) }
        let (seconds, most) = (wait, limit)
        let first = try turn { (world) throws(APIError) in try poll(call, most, waits: seconds > 0, &world) }
        guard case .wait(let waiter, let old) = first else {
            guard case .answer(let answer) = first else { return Answer(Array("[]".utf8)) }
            return answer
        }
        old?.resume(.terminated)
        let timer = tasks.start { [time] in
            // A cancelled timer has nothing left to end.
            guard (try? await time.sleep(for: .seconds(seconds))) != nil else { return }
            waiter.resume(.timeout)
        }
        let outcome = await waiter.wait()
        timer.cancel()
        polls.withLock { polls in if polls[call.bot] === waiter { polls[call.bot] = nil } }
        switch outcome {
        case .terminated: throw await conflict(call.bot)
        case .terminatedByWebhook: throw .exact(409, "Conflict: terminated by setWebhook request")
        case .loggedOut: throw .exact(400, "Logged out")
        case .cancelled: throw .exact(500, "Internal Server Error: restart")
        case .updates, .timeout:
            if restrainsPolling, outcome == .updates {
                // What follows at once comes along; a caller that leaves meanwhile needs no delay.
                try? await time.sleep(for: Self.gathering)
            }
            return try turn { (world) throws(APIError) in
                let now = world.now
                _ = world.queues[call.bot]?.expire(now: now)
                return Self.answer(world.queues[call.bot]?.first(most) ?? [])
            }
        }
    }

    /// Who asks from the same offset within three seconds waits so long where there is nothing, and within half a
    /// second gets one update at a time.
    private func restrain(_ call: Call, _ wait: inout Int64, _ limit: inout Int) {
        let offset = Self.offset(call.arguments)
        let now = milliseconds
        let last = lastPolls.withLock { polls in
            defer { polls[call.bot] = (offset, now) }
            return polls[call.bot]
        }
        guard let last, last.offset == offset else { return }
        if wait < 3, now < last.start + 3000 { wait = 3 }
        if now < last.start + 500 { limit = 1 }
    }

    /// Update numbers have 32 bits: what goes beyond is the last of them.
    private static func offset(_ arguments: Arguments) -> Int64 {
        arguments.integer("offset", in: Int64(Int32.min)...Int64(Int32.max))
    }

    private static let webhookActive = APIError.exact(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")

    private func poll(_ call: Call, _ limit: Int, waits: Bool, _ world: inout World) throws(APIError) -> Poll {
        guard let bot = world.bots[call.bot] else { throw .unauthorized }
        if bot.webhook != nil { throw Self.webhookActive }
        world.choose(updates: call.arguments, for: call.bot)
        var queue = world.queues[call.bot] ?? UpdateQueue()
        world.queues[call.bot] = nil
        var gone = queue.expire(now: world.now)
        gone += queue.confirm(Self.offset(call.arguments), next: bot.nextUpdate)
        let ready = queue.first(limit)
        world.queues[call.bot] = queue
        for id in gone { world.changed(.update(call.bot, id)) }
        if !ready.isEmpty || !waits { return .answer(Self.answer(ready)) }
        let waiter = PollWaiter()
        let old = polls.withLock { polls in
            defer { polls[call.bot] = waiter }
            return polls[call.bot]
        }
        return .wait(waiter, old: old)
    }

    private static func answer(_ entries: [UpdateQueue.Entry]) -> Answer {
        .writing { writer in writer.array(entries) { $0.raw($1.body) } }
    }

    /// A second conflict within three seconds is answered three seconds late.
    private func conflict(_ bot: Int64) async -> APIError {
        let now = milliseconds
        let last = conflicts.withLock { conflicts in
            defer { conflicts[bot] = now }
            return conflicts[bot]
        }
        if let last, now - last < 3000 {
            // A caller that leaves meanwhile needs no delay.
            try? await time.sleep(for: .seconds(3))
        }
        return .exact(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
    }
}
