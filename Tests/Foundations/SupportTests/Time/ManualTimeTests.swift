import Support
import Testing

@Suite struct ManualTimeTests {
    @Test func `stands still until advanced`() {
        let time = ManualTime(now: Timestamp(seconds: 1000))
        #expect(time.now == Timestamp(seconds: 1000))
        time.advance(by: .seconds(90))
        #expect(time.now == Timestamp(seconds: 1090))
        #expect(time.uptime == .seconds(90))
    }

    @Test func `wakes those whose time has come and no others`() async throws {
        let time = ManualTime()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for seconds in 1...5 {
                group.addTask {
                    try await time.sleep(for: .seconds(seconds))
                    return seconds
                }
            }
            await time.waitForSleepers(5)
            #expect(time.nextWakeUp == .seconds(1))
            time.advance(by: .seconds(3))
            var woken: Set<Int> = []
            for _ in 1...3 { woken.insert(try #require(try await group.next())) }
            #expect(woken == [1, 2, 3])
            #expect(time.sleeperCount == 2)
            #expect(time.advanceToNextWakeUp())
            #expect(time.advanceToNextWakeUp())
            #expect(!time.advanceToNextWakeUp())
            try await group.waitForAll()
        }
        #expect(time.uptime == .seconds(5))
    }

    @Test func `returns at once when there is nothing to wait for`() async throws {
        try await ManualTime().sleep(for: .zero)
        try await ManualTime().sleep(for: .seconds(-1))
        try await ManualTime().sleep(until: Timestamp(seconds: 0))
    }

    @Test func `cancellation ends the sleep`() async {
        let time = ManualTime()
        let sleeper = Task { try await time.sleep(for: .seconds(1)) }
        await time.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(time.sleeperCount == 0)
    }

    @Test func `setting the wall clock wakes nobody`() async throws {
        let time = ManualTime()
        let sleeper = Task { try await time.sleep(for: .seconds(1)) }
        await time.waitForSleepers()
        time.setWallClock(Timestamp(seconds: 2_000_000_000))
        #expect(time.sleeperCount == 1)
        time.advance(by: .seconds(1))
        try await sleeper.value
        #expect(time.now == Timestamp(seconds: 2_000_000_001))
    }

    @Test func `who waits for somebody that wakes soon is not content with others`() async throws {
        let time = ManualTime()
        let far = Task { try await time.sleep(for: .seconds(60)) }
        await time.waitForSleepers()
        let near = Task {
            try await time.sleep(for: .seconds(1))
            return time.uptime
        }
        await time.waitForSleepers(within: .seconds(1))
        #expect(time.sleeperCount == 2)
        time.advance(by: .seconds(1))
        #expect(try await near.value == .seconds(1))
        // The far one comes within reach by the clock, too.
        time.advance(by: .seconds(58))
        await time.waitForSleepers(within: .seconds(1))
        time.advance(by: .seconds(1))
        try await far.value
    }
}

@Suite struct SystemTimeTests {
    @Test func `clocks go on`() {
        let time = SystemTime()
        let (now, uptime) = (time.now, time.uptime)
        #expect(now > Timestamp(seconds: 1_700_000_000))
        #expect(time.uptime >= uptime)
    }

    @Test func `a cancelled task does not sleep`() async {
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await SystemTime().sleep(for: .seconds(3600))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

@Suite struct SeededRandomTests {
    @Test func `the seed decides the numbers`() {
        var (first, second, other) = (SeededRandom(seed: 1), SeededRandom(seed: 1), SeededRandom(seed: 2))
        let numbers = (0..<5).map { _ in first.next() }
        #expect(numbers == (0..<5).map { _ in second.next() })
        #expect(numbers != (0..<5).map { _ in other.next() })
        #expect(Set(numbers).count == 5)
    }

    /// The reference implementation's first numbers, its state set by SplitMix64 from 0.
    @Test func `is xoshiro256**`() {
        var random = SeededRandom(seed: 0)
        #expect(random.next() == 0x99EC_5F36_CB75_F2B4)
        #expect(random.next() == 0xBF6E_1F78_4956_452A)
    }
}
