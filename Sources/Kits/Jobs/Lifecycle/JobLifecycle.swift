import Support

/// What has happened to a job that ran.
enum JobEnd: Equatable {
    /// The handler returned.
    case outcome(JobOutcome)
    /// The handler threw, or took too long.
    case failed(String)
    /// Its runner is gone: the lease ran out.
    case leaseExpired
    /// Its runner stops and gives it back.
    case released
    /// It was called off while it ran.
    case cancelled(reason: String)
}

/// The rules of a job's life; pure.
struct JobLifecycle {
    /// What is to be stored about a job after a run.
    struct Change: Equatable {
        var state: JobState
        var runAt: Timestamp
        var attempt: Int
        var snoozes: Int
        var failure: JobRecord.Failure?
        var cancelReason: String?

        var isFinal: Bool { state.isFinal }

        /// Whether it runs again after a delay: then it is the delay that counts, not the time of day.
        var isDelayed: Bool { state == .scheduled || state == .retryable }
    }

    var backoff: Backoff

    /// The change that a run's end makes; `job.attempt` already counts that run.
    func change(
        of job: JobRecord, by end: JobEnd, now: Timestamp, random: inout some RandomNumberGenerator
    ) -> Change {
        var change = Change(
            state: .completed, runAt: job.runAt, attempt: job.attempt, snoozes: job.snoozes,
            cancelReason: job.cancelReason)
        switch end {
        case .outcome(.done):
            change.state = .completed
        case .outcome(.snooze(let delay)):
            change.state = .scheduled
            change.runAt = now.adding(max(.zero, delay))
            change.attempt -= 1
            change.snoozes += 1
        case .outcome(.cancel(let reason)), .cancelled(let reason):
            change.state = .cancelled
            change.cancelReason = reason
        case .released:
            change.state = .available
            change.runAt = now
            change.attempt -= 1
        case .outcome(.retry(let delay, let reason)):
            fail(&change, job, reason, delay, now, &random)
        case .failed(let message):
            fail(&change, job, message, nil, now, &random)
        case .leaseExpired:
            fail(&change, job, "the runner ended in the middle of it", nil, now, &random)
        }
        // What was called off meanwhile is not taken up again.
        if let reason = job.cancelReason, !change.isFinal {
            change.state = .cancelled
            change.cancelReason = reason
        }
        return change
    }

    private func fail(
        _ change: inout Change, _ job: JobRecord, _ message: String, _ delay: Duration?, _ now: Timestamp,
        _ random: inout some RandomNumberGenerator
    ) {
        change.failure = JobRecord.Failure(
            attempt: job.attempt, at: now.microseconds, message: String(message.prefix(500)))
        if job.attempt >= job.maxAttempts {
            change.state = .discarded
        } else {
            change.state = .retryable
            change.runAt = now.adding(delay ?? backoff.delay(after: job.attempt, random: &random))
        }
    }
}
