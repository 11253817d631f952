import Support
import Synchronization
import Testing

@Suite struct ServiceGroupTests {
    private struct Fault: Error, Equatable {}

    /// What services did, in order.
    private final class Diary: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private struct Probe: Service {
        enum Manner { case patient, failing, leaving, stubborn }

        let name: String
        let diary: Diary
        var manner = Manner.patient
        var go = Shutdown()

        func run(until shutdown: Shutdown) async throws {
            switch manner {
            case .patient: await shutdown.wait()
            case .failing:
                await go.wait()
                throw Fault()
            case .leaving:
                await go.wait()
                return
            case .stubborn:
                await Shutdown().wait()  // until cancelled
                throw CancellationError()
            }
            diary.add("\(name) stopped")
        }
    }

    @Test func `stops in the reverse order`() async throws {
        let diary = Diary()
        let shutdown = Shutdown()
        let group = ServiceGroup(["a", "b", "c"].map { Probe(name: $0, diary: diary) })
        shutdown.trigger()
        try await group.run(until: shutdown)
        #expect(diary.all == ["c stopped", "b stopped", "a stopped"])
    }

    @Test func `the first failure stops all and is thrown`() async {
        let diary = Diary()
        let failing = Probe(name: "b", diary: diary, manner: .failing)
        let group = ServiceGroup([Probe(name: "a", diary: diary), failing, Probe(name: "c", diary: diary)])
        failing.go.trigger()
        await #expect(throws: Fault.self) { try await group.run(until: Shutdown()) }
        #expect(diary.all == ["c stopped", "a stopped"])
    }

    @Test func `a service that leaves unasked is a failure`() async {
        let diary = Diary()
        let leaving = Probe(name: "poller", diary: diary, manner: .leaving)
        leaving.go.trigger()
        await #expect(throws: ServiceGroupError.endedEarly(service: "poller")) {
            try await ServiceGroup([Probe(name: "a", diary: diary), leaving]).run(until: Shutdown())
        }
        #expect(diary.all == ["a stopped"])
    }

    @Test func `whoever is not done at the limit is cancelled`() async {
        let diary = Diary()
        let time = ManualTime()
        let shutdown = Shutdown()
        let group = ServiceGroup(
            [Probe(name: "a", diary: diary), Probe(name: "b", diary: diary, manner: .stubborn)], time: time,
            drainLimit: .seconds(5))
        let run = Task { try await group.run(until: shutdown) }
        shutdown.trigger()
        await time.waitForSleepers()
        time.advance(by: .seconds(5))
        await #expect(throws: ServiceGroupError.drainLimitReached(services: ["a", "b"])) { try await run.value }
        #expect(diary.all == ["a stopped"])
    }

    @Test func `cancellation drains too`() async {
        let diary = Diary()
        let group = ServiceGroup([Probe(name: "a", diary: diary)])
        let run = Task { try await group.run(until: Shutdown()) }
        run.cancel()
        _ = await run.result
        #expect(diary.all == ["a stopped"])
    }

    @Test func `an empty group waits to be asked`() async throws {
        let shutdown = Shutdown()
        shutdown.trigger()
        try await ServiceGroup([]).run(until: shutdown)
    }
}
