import Storage
public import Support
import Synchronization

/// Runs stored jobs until asked to stop.
///
/// Several runners, also in several processes, may work on one database: a job is leased to one of
/// them at a time. What a process that died has begun comes back when its lease runs out.
public final class JobRunner: Service {
    /// How a runner works.
    public struct Configuration: Sendable {
        /// How many jobs run at the same time, of all kinds together.
        public var concurrency = 32
        /// The queues whose jobs it takes.
        public var queues = ["default"]
        /// How long a lease lasts without a heartbeat.
        public var lease: Duration = .seconds(60)
        /// How often leases are prolonged.
        public var heartbeat: Duration = .seconds(15)
        /// How often it looks for due jobs when nothing signals one.
        public var poll: Duration = .seconds(1)
        /// How long a stop waits for what runs.
        public var softDrain: Duration = .seconds(15)
        /// How long it then waits for cancelled runs to end.
        public var hardDrain: Duration = .seconds(5)
        /// How long after its deadline a run that does not heed its cancellation is given up.
        public var deafness: Duration = .seconds(30)
        /// How long done jobs are remembered.
        public var keepsCompleted: Duration = .seconds(24 * 3600)
        /// How long cancelled and discarded jobs are remembered.
        public var keepsFailed: Duration = .seconds(14 * 24 * 3600)
        /// A name that no other running process has; what an earlier one of this name left is taken up at once.
        public var owner: String?
        /// Seed of the random part of delays; nil for one that differs each time.
        public var seed: UInt64?

        /// The usual settings.
        public init() {}
    }

    /// The service's name.
    public let name = "jobs"

    let queue: JobQueue
    let configuration: Configuration
    let handlers: JobHandlers
    let owner: String
    let observer: @Sendable (JobEvent) -> Void
    let random: Mutex<SeededRandom>
    let state: Mutex<RunnerState>
    let tasks = Mutex<[JobID: Task<Void, Never>]>([:])
    let idle = Shutdown()
    let agenda: Mutex<RunnerAgenda>

    var database: any Database { queue.database }
    var time: any TimeSource { queue.time }
    var logger: Logger { queue.logger }

    /// A runner of a queue's jobs; `observer` is told each change after it is stored.
    public init(
        _ queue: JobQueue, handlers: JobHandlers, configuration: Configuration = Configuration(),
        observer: @escaping @Sendable (JobEvent) -> Void = { _ in }
    ) {
        self.queue = queue
        self.handlers = handlers
        self.configuration = configuration
        self.observer = observer
        owner = configuration.owner ?? "runner-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        random = Mutex(SeededRandom(seed: configuration.seed ?? UInt64.random(in: .min ... .max)))
        state = Mutex(
            RunnerState(limit: configuration.concurrency, kindLimits: handlers.entries.mapValues(\.policy.concurrency)))
        agenda = Mutex(RunnerAgenda(configuration))
    }

    /// Takes and runs jobs until `shutdown`, then lets what runs finish, then gives back the rest.
    public func run(until shutdown: Shutdown) async throws {
        // What was going on where the runner is started says nothing of its jobs.
        try await WorkOrigin.$current.withValue(nil) { try await work(until: shutdown) }
    }

    private func work(until shutdown: Shutdown) async throws {
        try await takeUpLeftBehind()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepTime() }
            group.addTask {
                // Also returns when this service is cancelled.
                await shutdown.wait()
                self.state.withLock { $0.beginDraining() }
                self.queue.wake.signal()
            }
            await claimUntilDraining()
            await drain()
            group.cancelAll()
        }
    }

    private func claimUntilDraining() async {
        while !state.withLock({ $0.isDraining }) {
            let generation = queue.wake.generation
            do {
                if try await claim() { continue }
            } catch {
                logger.error("jobs cannot be claimed", ["error": "\(error)"])
            }
            await queue.wake.wait(after: generation)
        }
    }

    /// Claims what there is room for and starts it; true where there may be more, and room for it by now.
    private func claim() async throws -> Bool {
        let room = state.withLock { $0.room }
        guard room.total > 0, !room.kinds.isEmpty else { return state.withLock { $0.mayClaimMore(after: room) } }
        let left = try await take(room)
        return state.withLock { $0.mayClaimMore(after: left) }
    }

    /// Leases what is due and there is room for, and starts it; gives the room that is left.
    func take(_ room: RunnerState.Room) async throws -> RunnerState.Room {
        let now = time.now
        let lease = Lease(owner: owner, until: now.adding(configuration.lease))
        let queues = configuration.queues
        // Without the disk: a job that is not known to be taken after a loss of power is taken again, as it has to be.
        let jobs = try await database.write(surviving: .processEnd) { connection in
            try JobStore(connection).claim(room, queues: queues, lease: lease, now: now)
        }
        for job in jobs { start(job) }
        var left = room
        for job in jobs { _ = left.take(job.kind) }
        return left
    }

    private func start(_ job: JobRecord) {
        guard let entry = handlers.entries[job.kind] else { return }
        let deadline = time.uptime + entry.policy.deadline
        state.withLock { $0.start(job.id, kind: job.kind, token: job.leaseToken, deadline: deadline) }
        report(JobEvent(job, .started))
        let task = Task { await perform(job, entry) }
        let mustStop = state.withLock { state in
            guard let run = state.runs[job.id], run.token == job.leaseToken else { return false }
            tasks.withLock { $0[job.id] = task }
            return run.stop != nil
        }
        if mustStop { task.cancel() }
    }

    func cancelTasks(_ ids: [JobID]) {
        let stopped = tasks.withLock { tasks in ids.compactMap { tasks[$0] } }
        for task in stopped { task.cancel() }
    }

    /// Ends a run; `isDue` where the job itself may be claimed again at once.
    func forget(_ id: JobID, token: Int64, isDue: Bool) {
        let (isIdle, isAwaited) = state.withLock { state in
            // A run that was given up ends late: then the task may be that of the job's next run.
            if state.isRunning(id, token: token) { _ = tasks.withLock { $0.removeValue(forKey: id) } }
            let isAwaited = state.finish(id, token: token)
            return (state.isIdle && state.isDraining, isAwaited)
        }
        if isIdle { idle.trigger() }
        if isAwaited || isDue { queue.wake.signal() }
    }
}
