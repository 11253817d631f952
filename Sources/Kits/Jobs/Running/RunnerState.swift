import Support

/// What one runner works on and has room for; pure, without a clock or a database.
struct RunnerState {
    /// Why a run was told to stop.
    enum Stop: Equatable {
        case deadline, cancelled(reason: String), leaseLost, drain
    }

    struct Run: Equatable {
        var kind: String
        var token: Int64
        /// On the clock that is never set back.
        var deadline: Duration
        var stop: Stop?
    }

    /// How many more jobs may be taken, in all and of each kind.
    struct Room: Equatable, Sendable {
        var total: Int
        var kinds: [String: Int]

        /// Takes one of a kind, if there is room; a kind that is full leaves the list.
        mutating func take(_ kind: String) -> Bool {
            guard total > 0, let room = kinds[kind], room > 0 else { return false }
            total -= 1
            kinds[kind] = room == 1 ? nil : room - 1
            return true
        }
    }

    /// The database's answer to a heartbeat, for one run.
    struct Beat: Equatable, Sendable {
        var id: JobID
        var token: Int64
        var cancelReason: String?
    }

    let limit: Int
    let kindLimits: [String: Int]
    private(set) var runs: [JobID: Run] = [:]
    private(set) var isDraining = false
    /// Whether jobs may wait for which there was no room.
    private var awaitsRoom = false

    init(limit: Int, kindLimits: [String: Int]) {
        self.limit = limit
        self.kindLimits = kindLimits
    }

    var isIdle: Bool { runs.isEmpty }

    /// What may be claimed now.
    var room: Room {
        if isDraining { return Room(total: 0, kinds: [:]) }
        var kinds = kindLimits
        for run in runs.values { kinds[run.kind, default: 0] -= 1 }
        return Room(total: max(0, limit - runs.count), kinds: kinds.filter { $0.value > 0 })
    }

    /// Whether to claim again at once, by the room that the last claim left.
    ///
    /// Where it left room for each kind, it took all that was due: only a new job, or time, brings more. Where it left
    /// none, the next run to end brings room, unless one has ended since.
    mutating func mayClaimMore(after left: Room) -> Bool {
        guard left.total == 0 || left.kinds.count < kindLimits.count else { return false }
        guard room == left else { return true }
        awaitsRoom = true
        return false
    }

    mutating func start(_ id: JobID, kind: String, token: Int64, deadline: Duration) {
        runs[id] = Run(kind: kind, token: token, deadline: deadline)
    }

    /// Marks what has taken too long, to be cancelled.
    mutating func overdue(at uptime: Duration) -> [JobID] {
        stop(runs.filter { $0.value.deadline <= uptime }.keys, because: .deadline)
    }

    /// What goes on although it was told to stop, for so long after its deadline that nobody waits for it any more.
    ///
    /// What is given back at the runner's end is not among it.
    func deaf(at uptime: Duration, grace: Duration) -> [JobID: Run] {
        runs.filter { $1.stop != nil && $1.stop != .drain && $1.deadline + grace <= uptime }
    }

    /// Marks what was called off or taken over, to be cancelled.
    ///
    /// Runs started after the heartbeat was sent are not in `asked`.
    mutating func heartbeat(asked: [JobID: Int64], answers: [Beat]) -> [JobID] {
        var stopped: [JobID] = []
        let known = Dictionary(answers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (id, token) in asked where runs[id]?.token == token {
            if let beat = known[id], beat.token == token {
                if let reason = beat.cancelReason { stopped += stop([id], because: .cancelled(reason: reason)) }
            } else {
                stopped += stop([id], because: .leaseLost)
            }
        }
        return stopped
    }

    /// Takes nothing new from now on.
    mutating func beginDraining() { isDraining = true }

    /// Marks all that is left, to be cancelled and given back.
    mutating func stopAll() -> [JobID] { stop(runs.keys, because: .drain) }

    private mutating func stop(_ ids: some Collection<JobID>, because reason: Stop) -> [JobID] {
        let stopped = ids.filter { runs[$0] != nil && runs[$0]?.stop == nil }
        for id in stopped { runs[id]?.stop = reason }
        return stopped
    }

    /// What a run's result means; nil where it lost its lease and so has nothing to say.
    ///
    /// A handler that finished although it was told to stop has finished.
    func end(of id: JobID, token: Int64, result: Result<JobOutcome, any Error>, deadline: Duration) -> JobEnd? {
        guard let run = runs[id], run.token == token, run.stop != .leaseLost else { return nil }
        switch (result, run.stop) {
        case (.success(let outcome), _): return .outcome(outcome)
        case (.failure, .drain): return .released
        case (.failure, .cancelled(let reason)): return .cancelled(reason: reason)
        case (.failure, .deadline): return .failed("it took longer than \(deadline)")
        case (.failure(let error), _): return .failed("\(error)")
        }
    }

    /// Whether a run has its place still; one that was given up has not.
    func isRunning(_ id: JobID, token: Int64) -> Bool { runs[id]?.token == token }

    /// Forgets a run whose end is stored; true where its room is waited for.
    @discardableResult
    mutating func finish(_ id: JobID, token: Int64) -> Bool {
        if runs[id]?.token == token { runs[id] = nil }
        defer { awaitsRoom = false }
        return awaitsRoom
    }
}
