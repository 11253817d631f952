import Testing

@testable import TelegramSimulator

@Suite struct UpdateQueueTests {
    private func queue(_ ids: ClosedRange<Int64>, expires: Int64 = 1000) -> UpdateQueue {
        var queue = UpdateQueue()
        for id in ids { _ = queue.append(.init(id: id, body: [0x7B, 0x7D], expires: expires + id, lane: "a")) }
        return queue
    }

    @Test(
        arguments: [
            (0, 10), (15, 15), (10, 10), (20, 20), (21, 21), (31, 31), (32, 10), (5, 10), (-3, 18), (-100, 10),
        ] as [(Int64, Int64)])
    func `an offset confirms what lies before it`(offset: Int64, first: Int64) {
        var queue = queue(10...20)
        _ = queue.confirm(offset, next: 21)
        #expect(queue.first(100).first?.id == (first <= 20 ? first : nil))
    }

    @Test func `updates expire each at its time`() {
        var queue = queue(1...5)
        let gone = queue.expire(now: 1003)
        #expect(gone == [1, 2, 3])
        #expect(queue.first(10).map(\.id) == [4, 5])
    }

    @Test func `an update that is too large is dropped`() {
        var queue = UpdateQueue()
        let body = [UInt8](repeating: 0x20, count: UpdateQueue.maximumUpdateBytes + 1)
        let isTaken = queue.append(.init(id: 1, body: body, expires: 0, lane: ""))
        #expect(!isTaken)
    }

    @Test func `an update is taken out of the middle`() {
        var queue = queue(1...4)
        queue.remove(3)
        queue.remove(1)
        #expect(queue.first(10).map(\.id) == [2, 4])
        #expect(queue.entry(4)?.id == 4)
        #expect(queue.entry(3) == nil)
    }

    @Test func `an update from the middle goes, the order stays`() {
        var queue = UpdateQueue()
        for id in [3, 4, 6, 7, 9] as [Int64] {
            let isTaken = queue.append(.init(id: id, body: [1, 2], expires: 9, lane: ""))
            #expect(isTaken)
        }
        queue.remove(6)
        queue.remove(5)
        queue.remove(100)
        #expect(queue.first(10).map(\.id) == [3, 4, 7, 9])
        queue.remove(3)
        #expect(queue.entry(3) == nil)
        #expect(queue.entry(9)?.id == 9)
        let gone = queue.confirm(8, next: 10)
        #expect(gone == [4, 7])
        #expect(queue.first(10).map(\.id) == [9])
    }
}

@Suite struct WebhookScheduleTests {
    private func queue(_ lanes: String...) -> UpdateQueue {
        var queue = UpdateQueue()
        for (number, lane) in lanes.enumerated() {
            _ = queue.append(.init(id: Int64(number), body: [], expires: 9, lane: lane))
        }
        return queue
    }

    @Test func `one update of a lane is under way, lanes side by side`() {
        var schedule = WebhookSchedule()
        let queue = queue("a", "a", "b", "c")
        #expect(schedule.begin(queue, limit: 2, now: 0).map(\.lane) == ["a", "b"])
        #expect(schedule.begin(queue, limit: 2, now: 0).isEmpty)
        schedule.succeeded("b")
        #expect(schedule.begin(queue, limit: 2, now: 0).map(\.lane) == ["c"])
        schedule.succeeded("a")
        #expect(schedule.begin(queue, limit: 2, now: 0).map(\.id) == [1])
    }

    @Test func `a failure holds up its lane at once, then 2, 4, 8 seconds`() {
        var schedule = WebhookSchedule()
        let queue = queue("a", "b")
        var waits: [Int64] = []
        var now: Int64 = 0
        for _ in 0..<9 {
            #expect(schedule.begin(queue, limit: 1, now: now).map(\.lane) == ["a"])
            let wait = schedule.failed("a", retryAfter: nil, ceiling: 90, now: now)
            waits.append(wait / 1000)
            now += wait
        }
        #expect(waits == [0, 2, 4, 8, 16, 32, 64, 90, 90])
        #expect(schedule.begin(queue, limit: 1, now: now).map(\.lane) == ["a"])
        #expect(schedule.failed("a", retryAfter: 9000, ceiling: 90, now: 0) == 3_600_000)
    }
}
