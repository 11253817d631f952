import Support
import Synchronization
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(1)))
struct LanesTests {
    @Test func `a slow piece holds up its own lane only`() async {
        let blocked = Shutdown()
        let done = Mutex<[String]>([])
        let finished = AsyncStream<String>.makeStream()
        let lanes = Lanes<String>(width: 4, capacity: 100) { item in
            if item == "slow" { await blocked.wait() }
            done.withLock { $0.append(item) }
            finished.continuation.yield(item)
            return .done
        }
        lanes.add("slow", to: LaneKey(.chat, 1))
        lanes.add("behind", to: LaneKey(.chat, 1))
        lanes.add("beside", to: LaneKey(.chat, 2))
        var iterator = finished.stream.makeAsyncIterator()
        #expect(await iterator.next() == "beside")
        #expect(done.withLock(\.self) == ["beside"])
        blocked.trigger()
        #expect(await iterator.next() == "slow")
        #expect(await iterator.next() == "behind")
        await lanes.close()
    }

    @Test func `closing waits for what runs and drops what waits`() async {
        let started = AsyncStream<Void>.makeStream()
        let blocked = Shutdown()
        let done = Mutex<[Int]>([])
        let lanes = Lanes<Int>(width: 1, capacity: 100) { item in
            started.continuation.yield()
            await blocked.wait()
            done.withLock { $0.append(item) }
            return .done
        }
        for item in 1...3 { lanes.add(item, to: LaneKey(.chat, Int64(item))) }
        var iterator = started.stream.makeAsyncIterator()
        await iterator.next()
        async let closing: Void = lanes.close()
        blocked.trigger()
        await closing
        #expect(done.withLock(\.self) == [1])
        lanes.add(4, to: LaneKey(.chat, 4))
        #expect(done.withLock(\.self) == [1])
    }

    @Test func `when the time for a good end is over, what runs is cancelled`() async {
        let started = AsyncStream<Void>.makeStream()
        let wasCancelled = Atomic(false)
        let lanes = Lanes<Int>(width: 1, capacity: 100) { _ in
            started.continuation.yield()
            do { try await SystemTime().sleep(for: .seconds(3600)) } catch {
                wasCancelled.store(true, ordering: .relaxed)
            }
            return .done
        }
        lanes.add(1, to: LaneKey(.chat, 1))
        var iterator = started.stream.makeAsyncIterator()
        await iterator.next()
        let closing = Task { await lanes.close() }
        closing.cancel()
        await closing.value
        #expect(wasCancelled.load(ordering: .relaxed) == true)
    }

    @Test func `no more is taken than fits`() async {
        let blocked = Shutdown()
        let lanes = Lanes<Int>(width: 2, capacity: 3) { _ in
            await blocked.wait()
            return .done
        }
        for item in 1...3 {
            await lanes.room()
            lanes.add(item, to: LaneKey(.chat, Int64(item)))
        }
        let hasRoom = Atomic(false)
        let waiting = Task {
            await lanes.room()
            hasRoom.store(true, ordering: .relaxed)
        }
        #expect(hasRoom.load(ordering: .relaxed) == false)
        blocked.trigger()
        await waiting.value
        await lanes.close()
    }

    @Test func `what runs too long is given up, and its lane goes on although it does not end`() async {
        let time = ManualTime()
        let (blocked, wasCancelled) = (Shutdown(), Shutdown())
        let started = AsyncStream<String>.makeStream()
        let lanes = Lanes<String>(width: 1, capacity: 100, uptime: { time.uptime }) { item in
            started.continuation.yield(item)
            guard item == "slow" else { return .done }
            await withTaskCancellationHandler {
                await blocked.wait(deaf: true)
            } onCancel: {
                wasCancelled.trigger()
            }
            return .done
        }
        for item in ["slow", "behind"] { lanes.add(item, to: LaneKey(.chat, 1)) }
        var iterator = started.stream.makeAsyncIterator()
        #expect(await iterator.next() == "slow")
        time.advance(by: .seconds(9))
        var (late, next) = lanes.giveUp(longerThan: .seconds(10)) { _ in }
        #expect(late.isEmpty && next == .seconds(1), "the next look is when it would be late")
        time.advance(by: .seconds(1))
        (late, next) = lanes.giveUp(longerThan: .seconds(10)) { _ in }
        #expect(late == ["slow"])
        await wasCancelled.wait()
        #expect(await iterator.next() == "behind")
        await lanes.close()
        #expect(lanes.count == 0)
        blocked.trigger()
    }

    @Test func `what is to be run again holds its lane, and its wait does not count as running`() async throws {
        let time = ManualTime()
        let (waiting, over) = (Shutdown(), Shutdown())
        let runs = Mutex(0)
        let done = AsyncStream<String>.makeStream()
        let lanes = Lanes<String>(width: 2, capacity: 100, uptime: { time.uptime }) { item in
            done.continuation.yield(item)
            guard item == "again",
                runs.withLock({
                    $0 += 1; return $0
                }) == 1
            else { return .done }
            return .again {
                waiting.trigger()
                await over.wait()
                return true
            }
        }
        for item in ["again", "behind"] { lanes.add(item, to: LaneKey(.chat, 1)) }
        var iterator = done.stream.makeAsyncIterator()
        #expect(await iterator.next() == "again")
        await waiting.wait()
        lanes.add("beside", to: LaneKey(.chat, 2))
        #expect(await iterator.next() == "beside")
        try await until { lanes.count == 2 }
        time.advance(by: .seconds(60))
        let (late, _) = lanes.giveUp(longerThan: .seconds(10)) { _ in }
        #expect(late.isEmpty)
        over.trigger()
        #expect(await iterator.next() == "again")
        #expect(await iterator.next() == "behind")
        await lanes.emptied()
        await lanes.close()
        #expect(lanes.count == 0)
    }
}
