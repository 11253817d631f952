import Storage
import Support
import Synchronization

extension JobRunner {
    /// Does the regular duties and wakes the claiming, once each poll interval.
    func keepTime() async {
        while true {
            await doDuties()
            queue.wake.signal()
            do {
                try await time.sleep(for: configuration.poll)
            } catch {
                return  // the runner has stopped
            }
        }
    }

    /// Does what is due now.
    func doDuties() async {
        cancelTasks(state.withLock { $0.overdue(at: time.uptime) })
        await giveUpDeaf()
        let duties = agenda.withLock { $0.due(at: time.uptime, cancellations: queue.wake.cancellations) }
        for duty in duties {
            do {
                switch duty {
                // The heartbeat comes first, so that a clock set forward does not cost us our own leases.
                case .heartbeat: try await beat()
                case .reap: try await reap()
                case .schedules: try await fireSchedules()
                case .cleanUp: try await cleanUp()
                }
            } catch {
                logger.error("a duty of the job runner failed", ["duty": "\(duty)", "error": "\(error)"])
            }
        }
    }

    /// Stores the end of runs that do not heed their cancellation, and gives their places to others.
    ///
    /// A handler cannot be stopped from outside; what it writes from now on is refused, for its lease is gone.
    private func giveUpDeaf() async {
        let deaf = state.withLock { $0.deaf(at: time.uptime, grace: configuration.deafness) }
        for (id, run) in deaf.sorted(by: { $0.key < $1.key }) {
            let fields: [String: LogValue] = ["job": "\(id.rawValue)", "kind": "\(run.kind)"]
            do {
                if let job = try await queue.find(id), job.leaseToken == run.token,
                    let entry = handlers.entries[run.kind],
                    let end = state.withLock({
                        $0.end(
                            of: id, token: run.token, result: .failure(CancellationError()),
                            deadline: entry.policy.deadline)
                    })
                {
                    report(try await write(end, of: job, entry))
                }
            } catch {
                // It keeps its place, and is given up a poll later.
                let fault: [String: LogValue] = ["error": "\(error)"]
                logger.error("a job that does not stop cannot be given up", fields.merging(fault) { $1 })
                continue
            }
            logger.error("a job does not stop although it was cancelled; others take its place", fields)
            forget(id, token: run.token, isDue: true)
        }
    }

    func beat() async throws {
        let asked = state.withLock { $0.runs.mapValues(\.token) }
        guard !asked.isEmpty else { return }
        let lease = Lease(owner: owner, until: time.now.adding(configuration.lease))
        let answers = try await database.write(surviving: .processEnd) { connection in
            try JobStore(connection).heartbeat(asked.keys.sorted(), lease: lease)
        }
        cancelTasks(state.withLock { $0.heartbeat(asked: asked, answers: answers) })
    }

    /// Brings back what runners left behind that are gone, and what waits for a time that the clock was at before.
    func reap() async throws {
        let now = time.now
        let horizon = now.adding(configuration.lease * 2)
        let kinds = handlers.kinds
        try await takeBack { store in
            try store.restartDelays(now: now)
            return try store.expired(kinds: kinds, now: now, horizon: horizon, limit: 100)
        }
    }

    /// Brings back at the start what an earlier process of the same name left behind.
    func takeUpLeftBehind() async throws {
        guard configuration.owner != nil else { return }
        try await takeBack { [owner] store in try store.leftBehind(by: owner) }
    }

    private func takeBack(_ find: @escaping @Sendable (JobStore) throws -> [JobRecord]) async throws {
        let now = time.now
        let seed = random.withLock { $0.next() }
        let events = try await database.write { [handlers, logger] connection in
            var random = SeededRandom(seed: seed)
            let store = JobStore(connection)
            var events: [JobEvent] = []
            for job in try find(store) {
                guard let entry = handlers.entries[job.kind] else { continue }
                let change = JobLifecycle(backoff: entry.policy.backoff)
                    .change(of: job, by: .leaseExpired, now: now, random: &random)
                guard try store.finish(job, change, now: now) else { continue }
                if change.state == .discarded { try Self.discard(job, change, entry, connection, logger) }
                events.append(JobEvent(job, change))
            }
            return events
        }
        for event in events { report(event) }
    }

    private func cleanUp() async throws {
        let now = time.now
        let ages: [(JobState, Duration)] = [
            (.completed, configuration.keepsCompleted), (.cancelled, configuration.keepsFailed),
            (.discarded, configuration.keepsFailed),
        ]
        for (state, age) in ages {
            // In small steps, so that nobody waits long for the writer.
            while try await database.write({ try JobStore($0).forget(state, before: now - age, limit: 500) }) == 500 {}
        }
    }

    /// Lets what runs finish, then cancels the rest and gives it back.
    func drain() async {
        if state.withLock({ $0.isIdle }) { return }
        if await isIdle(within: configuration.softDrain) { return }
        cancelTasks(state.withLock { $0.stopAll() })
        if await isIdle(within: configuration.hardDrain) { return }
        logger.warning("jobs do not stop and are given back")
        await giveBackRest()
    }

    /// Gives back what still runs although it was cancelled; its own end will find the lease gone.
    private func giveBackRest() async {
        let rest = state.withLock { $0.runs }
        for id in rest.keys.sorted() {
            do {
                guard let job = try await queue.find(id), job.leaseToken == rest[id]?.token,
                    let entry = handlers.entries[job.kind]
                else { continue }
                report(try await write(.released, of: job, entry))
            } catch {
                logger.error("a job cannot be given back", ["job": "\(id.rawValue)", "error": "\(error)"])
            }
        }
    }

    private func isIdle(within limit: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [idle] in await idle.wait() }
            group.addTask { [time] in
                do {
                    try await time.sleep(for: limit)
                } catch {
                    return  // idle came first, or the service is cancelled
                }
            }
            await group.next()
            group.cancelAll()
        }
        return state.withLock { $0.isIdle }
    }
}
