import Storage
import Support
import Testing

@testable import Jobs

@Suite struct JobLifecycleTests {
    private static let now = Timestamp(seconds: 1_000_000)
    private let lifecycle = JobLifecycle(backoff: Backoff(first: .seconds(10), limit: .seconds(60), jitter: 0))

    private func job(attempt: Int, maxAttempts: Int = 3, snoozes: Int = 0, cancelReason: String? = nil) throws
        -> JobRecord
    {
        let row = Row(
            columns: .init([
                "id", "kind", "state", "attempt", "max_attempts", "snoozes", "run_at", "unique_key", "scheduled_for",
                "errors", "created", "finished", "cancel_reason", "origin", "args", "step_state", "lease_token",
            ]),
            values: [
                .integer(1), .text("note"), .text("running"), .integer(Int64(attempt)), .integer(Int64(maxAttempts)),
                .integer(Int64(snoozes)), .integer(0), .null, .null, .text("[]"), .integer(0), .null,
                cancelReason.sqlValue, .null, .text("{}"), .null, .integer(1),
            ])
        return try JobRecord(row)
    }

    private func change(_ job: JobRecord, _ end: JobEnd) -> JobLifecycle.Change {
        var random = SeededRandom(seed: 1)
        return lifecycle.change(of: job, by: end, now: Self.now, random: &random)
    }

    struct Example: Sendable {
        var end: JobEnd
        var attempt: Int
        var state: JobState
        var delay: Duration?
        var attemptAfter: Int
    }

    @Test(arguments: [
        Example(end: .outcome(.done), attempt: 1, state: .completed, attemptAfter: 1),
        Example(
            end: .outcome(.snooze(.seconds(7))), attempt: 1, state: .scheduled, delay: .seconds(7), attemptAfter: 0),
        Example(
            end: .outcome(.snooze(.seconds(7))), attempt: 3, state: .scheduled, delay: .seconds(7), attemptAfter: 2),
        Example(end: .outcome(.cancel(reason: "x")), attempt: 1, state: .cancelled, attemptAfter: 1),
        Example(end: .cancelled(reason: "x"), attempt: 1, state: .cancelled, attemptAfter: 1),
        Example(end: .failed("x"), attempt: 1, state: .retryable, delay: .seconds(10), attemptAfter: 1),
        Example(end: .failed("x"), attempt: 2, state: .retryable, delay: .seconds(20), attemptAfter: 2),
        Example(end: .failed("x"), attempt: 3, state: .discarded, attemptAfter: 3),
        Example(end: .leaseExpired, attempt: 1, state: .retryable, delay: .seconds(10), attemptAfter: 1),
        Example(end: .leaseExpired, attempt: 3, state: .discarded, attemptAfter: 3),
        Example(end: .released, attempt: 3, state: .available, delay: .zero, attemptAfter: 2),
        Example(
            end: .outcome(.retry(after: .seconds(3), reason: "x")), attempt: 1, state: .retryable, delay: .seconds(3),
            attemptAfter: 1),
        Example(end: .outcome(.retry(reason: "x")), attempt: 3, state: .discarded, attemptAfter: 3),
    ])
    func `what follows from the end of a run`(_ example: Example) throws {
        let change = change(try job(attempt: example.attempt), example.end)
        #expect(change.state == example.state)
        #expect(change.attempt == example.attemptAfter)
        if let delay = example.delay { #expect(change.runAt == Self.now.adding(delay)) }
    }

    @Test func `a put-off is counted and is no attempt`() throws {
        let change = change(try job(attempt: 2, snoozes: 5), .outcome(.snooze(.seconds(1))))
        #expect(change.snoozes == 6)
        #expect(change.attempt == 1)
        #expect(change.failure == nil)
    }

    @Test(arguments: [JobEnd.outcome(.snooze(.seconds(1))), .failed("x"), .released, .leaseExpired])
    func `what was called off is not taken up again`(_ end: JobEnd) throws {
        let change = change(try job(attempt: 1, cancelReason: "unwanted"), end)
        #expect(change.state == .cancelled)
        #expect(change.cancelReason == "unwanted")
    }

    @Test func `what was called off but done is done`() throws {
        #expect(change(try job(attempt: 1, cancelReason: "unwanted"), .outcome(.done)).state == .completed)
    }

    @Test(arguments: [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (60, 3600), (1000, 3600)])
    func `the back-off doubles up to its limit`(attempt: Int, seconds: Int) {
        var random = SeededRandom(seed: 3)
        #expect(Backoff(jitter: 0).delay(after: attempt, random: &random) == .seconds(seconds))
        let varied = Backoff().delay(after: attempt, random: &random)
        #expect(varied >= .seconds(seconds) * 0.8 && varied <= .seconds(seconds) * 1.2)
    }
}
