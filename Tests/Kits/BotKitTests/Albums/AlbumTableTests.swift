import Testing

@testable import BotKit

/// When an album is whole.
struct AlbumTableTests {
    let key = AlbumKey(chat: 1, group: "a")

    @Test func `an album is whole when nothing has come for a while, its parts in order`() {
        var table = AlbumTable<String>()
        guard case .first(let deadline) = table.add("two", message: 2, to: key, at: .zero, quiet: .seconds(1)) else {
            return #expect(Bool(false), "the first part asks to be looked at")
        }
        #expect(deadline == .seconds(1))
        guard case .further = table.add("one", message: 1, to: key, at: .milliseconds(900), quiet: .seconds(1)) else {
            return #expect(Bool(false), "the second does not")
        }
        guard case .later(let next) = table.look(at: key, at: .seconds(1)) else {
            return #expect(Bool(false), "a part has come meanwhile")
        }
        #expect(next == .milliseconds(1900))
        guard case .whole(let parts) = table.look(at: key, at: next) else { return #expect(Bool(false)) }
        #expect(parts == ["one", "two"])
        #expect(table.count == 0)
    }

    @Test func `the tenth part makes it whole at once, and its watcher then finds nothing`() {
        var table = AlbumTable<Int>()
        for number in 1...9 { _ = table.add(number, message: number, to: key, at: .zero, quiet: .seconds(1)) }
        guard case .whole(let parts) = table.add(10, message: 10, to: key, at: .zero, quiet: .seconds(1)) else {
            return #expect(Bool(false))
        }
        #expect(parts == Array(1...10))
        guard case .whole(let none) = table.look(at: key, at: .seconds(1)) else { return #expect(Bool(false)) }
        #expect(none.isEmpty)
    }

    @Test func `albums of two chats with one number are two`() {
        var table = AlbumTable<Int>()
        _ = table.add(1, message: 1, to: key, at: .zero, quiet: .seconds(1))
        _ = table.add(2, message: 1, to: AlbumKey(chat: 2, group: "a"), at: .zero, quiet: .seconds(1))
        guard case .whole(let parts) = table.look(at: key, at: .seconds(1)) else { return #expect(Bool(false)) }
        #expect(parts == [1])
        #expect(table.count == 1)
    }
}
