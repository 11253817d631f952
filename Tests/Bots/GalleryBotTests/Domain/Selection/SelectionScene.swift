import PhotoLibraries
import Support

@testable import GalleryBot

/// A library and one chat's history, to draw from without a database.
struct SelectionScene {
    let index: PhotoIndex
    var taste = Taste.neutral
    var memory: ChatMemory
    var underWay: Set<Int> = []
    var filter = PhotoFilter.none
    var now = Timestamp(seconds: 1_760_000_000)
    var avoidRecentDays = 30
    var random: SeededRandom
    private var showings: Int64 = 0

    init(_ index: PhotoIndex, seed: UInt64 = 1) {
        self.index = index
        memory = ChatMemory(for: index)
        memory.beginAges(for: index)
        random = SeededRandom(seed: seed)
    }

    /// Pictures 1 to `count` without anything known of them.
    init(plain count: Int, seed: UInt64 = 1) {
        var builder = PhotoIndexBuilder()
        for number in 1...count { builder.append(PhotoIndexRow(id: "\(number)")) }
        self.init(builder.finish(), seed: seed)
    }

    var selection: Selection {
        let taste = IndexedTaste(taste, in: index, facts: IndexFacts(index))
        var wanted = taste.reachable
        wanted.formIntersection(filter.positions(in: index))
        return Selection(
            index: index, reachable: taste.reachable, wanted: wanted, memory: memory, underWay: underWay, taste: taste,
            now: now)
    }

    mutating func draw() -> Selection.Outcome {
        memory.rest(since: now - .seconds(86_400 * avoidRecentDays))
        return selection.draw(using: &random)
    }

    /// Draws and shows.
    mutating func show() throws -> (id: String, draw: Selection.Draw) {
        guard case .draw(let draw) = draw() else { throw NothingDrawn() }
        note(draw.position, round: draw.round)
        return (index.id(at: draw.position), draw)
    }

    struct NothingDrawn: Error {}

    mutating func note(_ position: Int, round: Int) {
        showings += 1
        memory.note(
            ChatMemory.Showing(
                position: position, round: round, cursor: ChatMemory.Cursor(id: showings, sentAt: now)), in: index)
    }

    mutating func wait(days: Double) { now = now + .microseconds(Int64(days * 86_400_000_000)) }
}

extension PhotoIndex {
    /// A library with galleries, tags, people and ratings in all combinations; every seventh picture is in no gallery.
    static func mixed(_ count: Int, galleries: Int = 9) -> PhotoIndex {
        var builder = PhotoIndexBuilder(expected: count)
        let names = (0..<galleries).map { builder.gallery(id: "g\($0)", name: "Gallery \($0)") }
        let tags = ["beach", "forest", "city"].map { builder.tag(id: $0, name: $0) }
        let people = ["Anna", "Boris"].map { builder.performer(id: $0, name: $0) }
        for number in 1...count {
            builder.append(
                PhotoIndexRow(
                    id: "\(number)",
                    galleries: number % 7 == 0 ? [] : [names[number % galleries]],
                    tags: number % 3 == 0 ? [tags[number / 3 % 3]] : [],
                    performers: number % 5 == 0 ? [people[number / 5 % 2]] : [],
                    rating: number % 4 == 0 ? number % 101 : nil,
                    date: CivilDate(year: 2010 + number % 15, month: number % 12 + 1, day: number % 28 + 1),
                    orientation: PhotoOrientation(rawValue: UInt8(number % 3 + 1)),
                    isFavourite: number % 10 == 0, isMoving: number % 11 == 0))
        }
        return builder.finish()
    }
}
