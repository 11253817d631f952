import Storage
import Support

/// The statements on the table of jobs, each inside the transaction that lends the connection.
///
/// Conditions on the state are written out as in the partial indexes, so that those are used.
struct JobStore {
    private let connection: any SQLConnection

    init(_ connection: any SQLConnection) { self.connection = connection }

    private static let pending: SQL = "state IN ('available', 'scheduled', 'retryable')"
    private static let unfinished: SQL = "state NOT IN ('completed', 'cancelled', 'discarded')"

    func insert(_ job: StoredJob, now: Timestamp) throws -> JobID? {
        let options = job.options
        let runAt = options.at ?? now
        let state: JobState = runAt > now ? .scheduled : .available
        let turn = try turn(for: options)
        let row = try connection.one(
            """
            INSERT INTO jobs (kind, queue, args, state, priority, turn, run_at, max_attempts, unique_key, fairness_key,
                scheduled_for, origin, created)
            VALUES (\(job.kind), \(options.queue), \(job.arguments), \(state), \(options.priority), \(turn), \(runAt),
                \(max(1, options.maxAttempts)), \(options.uniqueKey), \(options.fairnessKey), \(job.scheduledFor),
                \(job.origin), \(now))
            ON CONFLICT DO NOTHING RETURNING id
            """)
        return try row?.get("id")
    }

    /// The turn in which a job comes: that of the first in line, or the one after its key's last.
    ///
    /// So a chat that stores a hundred jobs takes its turns with the chats that store one.
    private func turn(for options: JobOptions) throws -> Int64 {
        let first = try connection.value(
            """
            SELECT turn FROM jobs WHERE queue = \(options.queue) AND priority = \(options.priority) AND \(Self.pending)
            ORDER BY turn LIMIT 1
            """, as: Int64.self)
        guard let key = options.fairnessKey else { return first ?? 0 }
        let last =
            try connection.value(
                "SELECT max(turn) FROM jobs WHERE fairness_key = \(key) AND \(Self.unfinished)", as: Int64?.self) ?? nil
        return max(first ?? 0, last.map { $0 + 1 } ?? 0)
    }

    func find(_ id: JobID) throws -> JobRecord? {
        try connection.one("SELECT * FROM jobs WHERE id = \(id)").map(JobRecord.init)
    }

    /// The jobs of a kind that have stored how far they came and are not final.
    func begun(kind: String) throws -> [JobRecord] {
        // Two statements, for the two partial indexes: final jobs, by far the most, are not looked at.
        let waiting = try connection.query(
            "SELECT * FROM jobs WHERE kind = \(kind) AND step_state IS NOT NULL AND \(Self.pending)")
        let running = try connection.query(
            "SELECT * FROM jobs WHERE kind = \(kind) AND step_state IS NOT NULL AND state = 'running'")
        return try (waiting + running).map(JobRecord.init)
    }

    /// Takes due jobs for a runner, as many as it has room for, in the order in which they are due.
    ///
    /// What is to run now does so also where its time lies ahead, because the clock was set back since it was stored.
    func claim(_ room: RunnerState.Room, queues: [String], lease: Lease, now: Timestamp) throws -> [JobRecord] {
        var room = room
        var chosen: [JobID] = []
        while room.total > 0, !room.kinds.isEmpty {
            let wanted = room.total
            let candidates = try connection.query(
                """
                SELECT id, kind FROM jobs
                WHERE queue IN \(list: queues) AND (run_at <= \(now) OR state = 'available') AND kind IN \(list: room.kinds.keys.sorted())
                    AND \(Self.pending) AND id NOT IN \(list: chosen)
                ORDER BY priority DESC, turn, run_at, id LIMIT \(wanted)
                """)
            for row in candidates where room.take(try row.get("kind")) { chosen.append(try row.get("id")) }
            // A kind without room has left the list; the next round looks behind its jobs.
            if candidates.count < wanted { break }
        }
        guard !chosen.isEmpty else { return [] }
        let claimed = try connection.query(
            """
            UPDATE jobs SET state = 'running', attempt = attempt + 1, lease_owner = \(lease.owner),
                lease_token = lease_token + 1, lease_until = \(lease.until)
            WHERE id IN \(list: chosen) AND \(Self.pending) RETURNING *
            """
        ).map(JobRecord.init)
        let order = Dictionary(uniqueKeysWithValues: zip(chosen, 0...))
        return claimed.sorted { order[$0.id, default: 0] < order[$1.id, default: 0] }
    }

    /// Whether a runner of these kinds finds something to do now, and when it next does so if not.
    ///
    /// What is running is due when its lease ends, so a runner asks while it runs nothing itself.
    func outlook(queues: [String], kinds: [String], now: Timestamp) throws -> (isDue: Bool, next: Timestamp?) {
        let waiting: SQL = "queue IN \(list: queues) AND kind IN \(list: kinds) AND \(Self.pending)"
        let moments = try [
            connection.value("SELECT min(run_at) FROM jobs WHERE \(waiting) AND run_at > \(now)", as: Timestamp?.self),
            connection.value(
                "SELECT min(lease_until) FROM jobs WHERE state = 'running' AND kind IN \(list: kinds) AND lease_until > \(now)",
                as: Timestamp?.self),
            connection.value(
                "SELECT min(next_run) FROM schedules WHERE enabled = 1 AND next_run > \(now)", as: Timestamp?.self),
        ]
        let due = try [
            connection.one(
                "SELECT 1 FROM jobs WHERE \(waiting) AND (run_at <= \(now) OR state = 'available') LIMIT 1"),
            connection.one(
                "SELECT 1 FROM jobs WHERE state = 'running' AND kind IN \(list: kinds) AND lease_until <= \(now) LIMIT 1"
            ),
            connection.one("SELECT 1 FROM schedules WHERE enabled = 1 AND next_run <= \(now) LIMIT 1"),
        ]
        return (due.contains { $0 != nil }, moments.compactMap { $0 ?? nil }.min())
    }

    /// Stores that a run is done, as nearly all of them are; false where the lease was lost meanwhile.
    func complete(_ job: JobRecord, now: Timestamp) throws -> Bool {
        try connection.execute(
            """
            UPDATE jobs SET state = 'completed', finished = \(now), lease_owner = NULL, lease_until = NULL
            WHERE id = \(job.id) AND lease_token = \(job.leaseToken) AND state = 'running'
            """) == 1
    }

    /// Stores the end of a run; false where the lease was lost meanwhile, and then nothing is stored.
    func finish(_ job: JobRecord, _ change: JobLifecycle.Change, now: Timestamp) throws -> Bool {
        let errors = try change.failure.map { try JobCoding.encode(Array((job.errors + [$0]).suffix(10))) }
        let finished: Timestamp? = change.isFinal ? now : nil
        let waitsSince: Timestamp? = change.isDelayed ? now : nil
        let count = try connection.execute(
            """
            UPDATE jobs SET state = \(change.state), run_at = \(change.runAt), attempt = \(change.attempt),
                snoozes = \(change.snoozes), cancel_reason = \(change.cancelReason), waits_since = \(waitsSince),
                errors = coalesce(\(errors), errors), finished = \(finished), lease_owner = NULL, lease_until = NULL
            WHERE id = \(job.id) AND lease_token = \(job.leaseToken) AND state = 'running'
            """)
        return count == 1
    }

    /// Lets delays that began after now, because the clock was set back since, begin now.
    func restartDelays(now: Timestamp) throws {
        try connection.execute(
            """
            UPDATE jobs SET run_at = \(now) + (run_at - waits_since), waits_since = \(now)
            WHERE waits_since IS NOT NULL AND waits_since > \(now) AND state IN ('scheduled', 'retryable')
            """)
    }

    /// Stores how far a job has come; false where the lease was lost meanwhile.
    func saveState(_ state: String?, of job: JobRecord) throws -> Bool {
        try connection.execute(
            """
            UPDATE jobs SET step_state = \(state)
            WHERE id = \(job.id) AND lease_token = \(job.leaseToken) AND state = 'running'
            """) == 1
    }

    /// Whether a run still has its lease.
    func isHeld(_ job: JobRecord) throws -> Bool {
        try connection.one(
            "SELECT 1 FROM jobs WHERE id = \(job.id) AND lease_token = \(job.leaseToken) AND state = 'running'") != nil
    }

    /// What is stored now about a run that still has its lease.
    func held(_ job: JobRecord) throws -> JobRecord? {
        try connection.one(
            "SELECT * FROM jobs WHERE id = \(job.id) AND lease_token = \(job.leaseToken) AND state = 'running'"
        ).map(JobRecord.init)
    }

    /// Prolongs the leases of an owner's runs and tells which it still has.
    func heartbeat(_ ids: [JobID], lease: Lease) throws -> [RunnerState.Beat] {
        try connection.query(
            """
            UPDATE jobs SET lease_until = \(lease.until)
            WHERE state = 'running' AND lease_owner = \(lease.owner) AND id IN \(list: ids)
            RETURNING id, lease_token, cancel_reason
            """
        ).map { row in
            RunnerState.Beat(
                id: try row.get("id"), token: try row.get("lease_token"), cancelReason: try row.get("cancel_reason"))
        }
    }

    /// Runs whose lease is over, or lies so far ahead that the clock must have been set back since.
    func expired(kinds: [String], now: Timestamp, horizon: Timestamp, limit: Int) throws -> [JobRecord] {
        try connection.query(
            """
            SELECT * FROM jobs WHERE state = 'running' AND kind IN \(list: kinds)
                AND (lease_until <= \(now) OR lease_until > \(horizon))
            ORDER BY lease_until LIMIT \(limit)
            """
        ).map(JobRecord.init)
    }

    /// Runs that an earlier process of this name has left behind.
    func leftBehind(by owner: String) throws -> [JobRecord] {
        try connection.query("SELECT * FROM jobs WHERE state = 'running' AND lease_owner = \(owner)").map(
            JobRecord.init)
    }

    /// Calls off what matches: at once what does not run, by a mark what does.
    func cancel(_ condition: SQL, reason: String, now: Timestamp) throws -> Int {
        try connection.execute(
            """
            UPDATE jobs SET cancel_reason = \(reason),
                finished = CASE WHEN state = 'running' THEN NULL ELSE \(now) END,
                state = CASE WHEN state = 'running' THEN 'running' ELSE 'cancelled' END
            WHERE \(condition) AND \(Self.unfinished)
            """)
    }

    /// Forgets jobs that have long been final; tells how many.
    func forget(_ state: JobState, before moment: Timestamp, limit: Int) throws -> Int {
        try connection.execute(
            """
            DELETE FROM jobs WHERE id IN (
                SELECT id FROM jobs WHERE finished IS NOT NULL AND finished < \(moment) AND state = \(state)
                LIMIT \(limit))
            """)
    }

    func statistics(now: Timestamp) throws -> JobStatistics {
        let counts = try connection.query(
            "SELECT kind, state, count(*) AS n FROM jobs GROUP BY kind, state ORDER BY 1, 2"
        )
        .map { row in
            JobStatistics.Count(kind: try row.get("kind"), state: try row.get("state"), count: try row.get("n"))
        }
        let oldest = try connection.value("SELECT min(run_at) FROM jobs WHERE \(Self.pending)", as: Timestamp?.self)
        return JobStatistics(counts: counts, lag: max(.zero, (oldest ?? nil).map { now.since($0) } ?? .zero))
    }
}

/// Who works on a job, and until when nobody else may.
struct Lease: Sendable {
    var owner: String
    var until: Timestamp
}
