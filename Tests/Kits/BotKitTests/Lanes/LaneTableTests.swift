import Support
import Testing

@testable import BotKit

struct LaneTableTests {
    @Test(arguments: UInt64(0)..<60)
    func `in any interleaving each lane runs in order, one piece at a time, within the width`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let width = Int.random(in: 1...5, using: &random)
        var table = LaneTable<Int>(width: width)
        var given: [LaneKey: [Int]] = [:]
        var done: [LaneKey: [Int]] = [:]
        var running: [LaneKey: Int] = [:]
        var starting = 0
        var added = 0

        func begin(_ work: (key: LaneKey, item: Int)?) {
            guard let (key, item) = work else { return }
            #expect(running[key] == nil, "a lane runs one piece at a time")
            running[key] = item
            #expect(running.count <= width)
        }
        while added < 200 || !running.isEmpty || starting > 0 {
            switch Int.random(in: 0..<3, using: &random) {
            case 0 where added < 200:
                let key = LaneKey(.chat, Int64.random(in: 0..<8, using: &random))
                given[key, default: []].append(added)
                if table.add(added, to: key) { starting += 1 }
                added += 1
            case 1 where starting > 0:
                starting -= 1
                begin(table.start())
            default:
                guard let (key, item) = running.randomElement(using: &random) else { continue }
                running[key] = nil
                done[key, default: []].append(item)
                begin(table.finish(key))
            }
            #expect(table.count == added - done.values.reduce(0) { $0 + $1.count })
        }
        #expect(done == given, "everything ran, in the order in which it came")
        #expect(table.workers == 0 && table.count == 0)
    }

    @Test func `lanes take turns, so that a busy one does not starve the others`() {
        var table = LaneTable<String>(width: 1)
        let (busy, other) = (LaneKey(.chat, 1), LaneKey(.chat, 2))
        #expect(table.add("a1", to: busy) == true)
        for item in ["a2", "a3"] { #expect(table.add(item, to: busy) == false) }
        #expect(table.add("b1", to: other) == false)
        var order: [String] = []
        var work = table.start()
        while let (key, item) = work {
            order.append(item)
            work = table.finish(key)
        }
        #expect(order == ["a1", "b1", "a2", "a3"])
    }

    @Test func `once closed nothing more is given out`() {
        var table = LaneTable<Int>(width: 2)
        let key = LaneKey(.chat, 1)
        #expect(table.add(1, to: key) == true)
        #expect(table.add(2, to: key) == false)
        #expect(table.start()?.item == 1)
        #expect(table.finish(key, isClosed: true) == nil)
        #expect(table.workers == 0)
    }
}
