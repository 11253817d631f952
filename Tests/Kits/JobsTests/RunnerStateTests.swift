import Support
import Testing

@testable import Jobs

@Suite struct RunnerStateTests {
    private func state() -> RunnerState {
        var state = RunnerState(limit: 3, kindLimits: ["note": 2, "other": 2])
        state.start(JobID(rawValue: 1), kind: "note", token: 1, deadline: .seconds(10))
        state.start(JobID(rawValue: 2), kind: "note", token: 1, deadline: .seconds(20))
        return state
    }

    @Test func `there is room for as many as neither limit forbids`() {
        var state = state()
        #expect(state.room == RunnerState.Room(total: 1, kinds: ["other": 2]))
        state.finish(JobID(rawValue: 1), token: 1)
        #expect(state.room == RunnerState.Room(total: 2, kinds: ["note": 1, "other": 2]))
        state.beginDraining()
        #expect(state.room.total == 0)
    }

    /// A state with runs of these kinds, numbered from 1, and the room that their claim left.
    private func claimed(_ kinds: [String], limit: Int) -> (state: RunnerState, left: RunnerState.Room) {
        var state = RunnerState(limit: limit, kindLimits: ["note": 2, "other": 2])
        var left = state.room
        for (index, kind) in kinds.enumerated() {
            _ = left.take(kind)
            state.start(JobID(rawValue: Int64(index + 1)), kind: kind, token: 1, deadline: .seconds(9))
        }
        return (state, left)
    }

    @Test func `after a claim that left room only a new job brings more`() {
        var (state, left) = claimed(["note", "other"], limit: 3)
        let isMore = state.mayClaimMore(after: left)
        let isAwaited = state.finish(JobID(rawValue: 1), token: 1)
        #expect(!isMore && !isAwaited)
    }

    @Test(arguments: [(["note", "note"], 4), (["note", "other"], 2)])
    func `a claim that left none waits for the next run to end`(kinds: [String], limit: Int) {
        var (state, left) = claimed(kinds, limit: limit)
        let isMore = state.mayClaimMore(after: left)
        let awaited = [1, 2].map { state.finish(JobID(rawValue: $0), token: 1) }
        #expect(!isMore)
        #expect(awaited == [true, false], "the first has told it")
    }

    @Test func `a run that ended during the claim makes the next claim come at once`() {
        var (state, left) = claimed(["note"], limit: 2)
        _ = left.take("note")
        state.finish(JobID(rawValue: 1), token: 1)
        state.start(JobID(rawValue: 2), kind: "note", token: 1, deadline: .seconds(9))
        let isMore = state.mayClaimMore(after: left)
        #expect(isMore)
    }

    @Test func `a full kind leaves the room and the others stay`() {
        var room = RunnerState.Room(total: 3, kinds: ["note": 1, "other": 2])
        let taken = ["note", "note", "other", "other", "other"].map { room.take($0) }
        #expect(taken == [true, false, true, true, false])
        #expect(room.total == 0)
    }

    @Test func `what takes too long is stopped once`() {
        var state = state()
        let stopped = [9, 10, 11].map { state.overdue(at: .seconds($0)) }
        #expect(stopped == [[], [JobID(rawValue: 1)], []])
        let end = state.end(
            of: JobID(rawValue: 1), token: 1, result: .failure(CancellationError()), deadline: .seconds(10))
        #expect(end == .failed("it took longer than 10.0 seconds"))
    }

    @Test func `what does not stop is given up a while after its deadline, and only that`() {
        var state = state()
        _ = state.overdue(at: .seconds(10))
        let given = [39, 40].map { state.deaf(at: .seconds($0), grace: .seconds(30)).keys.map(\.rawValue) }
        #expect(given == [[], [1]], "the second has its deadline later")
        _ = state.heartbeat(asked: [JobID(rawValue: 2): 1], answers: [])
        #expect(state.deaf(at: .seconds(49), grace: .seconds(30)).count == 1)
        #expect(state.deaf(at: .seconds(50), grace: .seconds(30)).count == 2, "also where it was taken over")
        state.finish(JobID(rawValue: 1), token: 1)
        #expect(!state.isRunning(JobID(rawValue: 1), token: 1))
        #expect(!state.isRunning(JobID(rawValue: 2), token: 2))
        #expect(state.isRunning(JobID(rawValue: 2), token: 1))
    }

    @Test func `what is given back at the end is not given up before`() {
        var state = state()
        _ = state.stopAll()
        #expect(state.deaf(at: .seconds(1000), grace: .zero).isEmpty)
    }

    @Test func `a heartbeat without an answer loses the lease and says nothing more`() {
        var state = state()
        let first = JobID(rawValue: 1)
        let stopped = state.heartbeat(
            asked: [first: 1, JobID(rawValue: 2): 1], answers: [.init(id: JobID(rawValue: 2), token: 1)])
        #expect(stopped == [first])
        #expect(state.end(of: first, token: 1, result: .success(.done), deadline: .seconds(1)) == nil)
    }

    @Test func `a run started after the heartbeat was sent keeps its lease`() {
        var state = state()
        let stopped = state.heartbeat(asked: [:], answers: [])
        #expect(stopped.isEmpty)
    }

    @Test func `a heartbeat brings a cancellation`() {
        var state = state()
        let id = JobID(rawValue: 2)
        let stopped = state.heartbeat(
            asked: [id: 1], answers: [.init(id: id, token: 1, cancelReason: "unwanted")])
        #expect(stopped == [id])
        #expect(
            state.end(of: id, token: 1, result: .failure(CancellationError()), deadline: .seconds(1))
                == .cancelled(reason: "unwanted"))
    }

    @Test func `a drained run is given back unless it has finished`() {
        var state = state()
        let stopped = state.stopAll()
        #expect(Set(stopped) == [JobID(rawValue: 1), JobID(rawValue: 2)])
        #expect(
            state.end(of: JobID(rawValue: 1), token: 1, result: .failure(CancellationError()), deadline: .zero)
                == .released)
        #expect(
            state.end(of: JobID(rawValue: 2), token: 1, result: .success(.done), deadline: .zero) == .outcome(.done))
    }
}
