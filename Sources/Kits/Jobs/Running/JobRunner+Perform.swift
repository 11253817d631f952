import Storage
import Support
import Synchronization

extension JobRunner {
    /// Runs one job and stores how it ended.
    func perform(_ job: JobRecord, _ entry: JobHandlers.Entry) async {
        let context = JobContext(job: job, database: database, time: time)
        let result: Result<JobOutcome, any Error>
        do {
            let outcome = try await WorkOrigin.$current.withValue(job.origin) {
                try await JobRun.$current.withValue(JobRun(kind: job.kind, id: job.id)) {
                    try await entry.run(job.arguments, context)
                }
            }
            result = .success(outcome)
        } catch {
            result = .failure(error)
        }
        var isDue = false
        defer { forget(job.id, token: job.leaseToken, isDue: isDue) }
        if context.progress.isCompleted {
            report(JobEvent(job, .completed))
            return
        }
        let end = state.withLock {
            $0.end(of: job.id, token: job.leaseToken, result: result, deadline: entry.policy.deadline)
        }
        guard let end else {
            report(JobEvent(job, .leaseLost))
            return
        }
        isDue = end != .outcome(.done)
        await store(end, of: job, entry)
    }

    /// Stores an end; a database that is busy or full is asked again while the lease is kept up.
    private func store(_ end: JobEnd, of job: JobRecord, _ entry: JobHandlers.Entry) async {
        for pause in [1, 2, 4, 8, nil] as [Int?] {
            do {
                let event = try await write(end, of: job, entry)
                report(event)
                return
            } catch {
                logger.error(
                    "the end of a job cannot be stored", job.logged.merging(["error": "\(error)"]) { $1 })
            }
            guard let pause else { break }
            do {
                try await time.sleep(for: .seconds(pause))
            } catch {
                break  // cancelled: the process stops, and the lease runs out
            }
        }
    }

    /// Writes an end through the lease and tells what became of the job.
    func write(_ end: JobEnd, of job: JobRecord, _ entry: JobHandlers.Entry) async throws -> JobEvent {
        let now = time.now
        if end == .outcome(.done) {
            // Without the disk: what a loss of power takes back is done again, like a job that it has cut off. A
            // handler that cannot bear this ends with `JobContext.complete`.
            let isHeld = try await database.write(surviving: .processEnd) { try JobStore($0).complete(job, now: now) }
            return JobEvent(job, isHeld ? .completed : .leaseLost)
        }
        let seed = random.withLock { $0.next() }
        let lifecycle = JobLifecycle(backoff: entry.policy.backoff)
        return try await database.write { [logger] connection in
            var random = SeededRandom(seed: seed)
            let store = JobStore(connection)
            // It may have been called off since it was claimed.
            guard let current = try store.held(job) else { return JobEvent(job, .leaseLost) }
            let change = lifecycle.change(of: current, by: end, now: now, random: &random)
            guard try store.finish(current, change, now: now) else { return JobEvent(job, .leaseLost) }
            if change.state == .discarded {
                try Self.discard(current, change, entry, connection, logger)
            }
            return JobEvent(job, change)
        }
    }

    /// Tells the handler in the same transaction; its own faults do not keep the job alive for ever.
    static func discard(
        _ job: JobRecord, _ change: JobLifecycle.Change, _ entry: JobHandlers.Entry, _ connection: any SQLConnection,
        _ logger: Logger
    ) throws {
        do {
            try connection.savepoint {
                try WorkOrigin.$current.withValue(job.origin) {
                    try entry.discard(job.arguments, change.failure?.message ?? "", connection)
                }
            }
        } catch {
            if let error = error as? StorageError, error.isOfDatabase { throw error }
            logger.error("a handler failed to give up a job", job.logged.merging(["error": "\(error)"]) { $1 })
        }
    }

    /// Tells the observer and the log what has happened.
    func report(_ event: JobEvent) {
        WorkOrigin.$current.withValue(event.origin) { observer(event) }
        switch event.change {
        case .retried(_, let reason): logger.notice("a job failed and will be tried again: \(reason)", event.logged)
        case .discarded(let reason): logger.error("a job is given up: \(reason)", event.logged)
        case .leaseLost: logger.warning("a job was taken over by another runner", event.logged)
        case .started, .completed, .snoozed, .cancelled, .released:
            logger.debug("job \(event.change.label)", event.logged)
        }
    }
}

extension JobEvent {
    /// What the log says of it; `trace` is the field by which everything of one origin is found.
    fileprivate var logged: [String: LogValue] {
        var fields: [String: LogValue] = ["job": "\(id.rawValue)", "kind": "\(kind)", "attempt": "\(attempt)"]
        if let origin { fields["trace"] = .string(origin) }
        return fields
    }
}

extension JobRecord {
    /// What the log says of it.
    fileprivate var logged: [String: LogValue] {
        var fields: [String: LogValue] = ["job": "\(id.rawValue)", "kind": "\(kind)"]
        if let origin { fields["trace"] = .string(origin) }
        return fields
    }
}

extension StorageError {
    /// Whether the database itself has the fault, and not the statement.
    fileprivate var isOfDatabase: Bool {
        switch code {
        case .locked, .readOnly, .corrupt, .full, .io, .closed, .cannotOpen: true
        case .newerSchema, .divergedHistory, .constraint, .syntax, .misuse, .mismatch: false
        }
    }
}
