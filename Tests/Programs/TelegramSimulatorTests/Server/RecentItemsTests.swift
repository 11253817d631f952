import Testing

@testable import TelegramSimulator

@Suite struct RecentItemsTests {
    @Test func `the oldest go when there are too many`() {
        var items = RecentItems<Int>(maximumCount: 100, maximumBytes: 1_000_000)
        for number in 0..<1000 { items.append(number, size: 10) }
        #expect(items.count == 100)
        #expect(items.bytes == 1000)
        #expect(items.dropping(0) == Array(900..<1000))
        #expect(items.dropping(98) == [998, 999])
        #expect(items.dropping(500) == [])
        items.removeAll()
        #expect(items.count == 0)
        #expect(items.bytes == 0)
    }

    @Test func `large ones make room for themselves, the newest always stays`() {
        var items = RecentItems<String>(maximumCount: 100, maximumBytes: 50)
        items.append("a", size: 20)
        items.append("b", size: 20)
        items.append("c", size: 20)
        #expect(items.dropping(0) == ["b", "c"])
        items.append("huge", size: 500)
        #expect(items.dropping(0) == ["huge"])
        items.append("d", size: 1)
        #expect(items.dropping(0) == ["d"])
    }
}
