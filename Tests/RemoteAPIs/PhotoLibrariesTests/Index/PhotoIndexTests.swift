import Support
import Testing

@testable import PhotoLibraries

@Suite struct PhotoIndexTests {
    @Test(
        arguments: [
            ["10", "9", "1", "4294967295"],
            ["c0a80101-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-000000000001"],
            ["trips/b.jpg", "a.png", "Озеро/c.webp", "trips/a.jpg"],
            // One of another kind makes text of all.
            ["10", "9", "007", "1"],
            ["12", "C0A80101-0000-4000-8000-00000000000A", "4294967296"],
            ["00000000-0000-4000-8000-000000000001", "2", "a"],
        ])
    func `identifiers come back as they were, and are found`(ids: [String]) {
        var builder = PhotoIndexBuilder(expected: 2)
        for (rating, id) in ids.enumerated() { builder.append(PhotoIndexRow(id: id, rating: rating + 1)) }
        let index = builder.finish()
        #expect(index.count == ids.count)
        #expect(Set(index.ids) == Set(ids))
        for (rating, id) in ids.enumerated() {
            let position = index.position(of: id)
            #expect(position.map { index.id(at: $0) } == id)
            #expect(position.map { index.rating(at: $0) } == rating + 1)
        }
        for id in ["", "11", "0", "zzz", "ffffffff-ffff-4fff-8fff-ffffffffffff"] {
            #expect(index.position(of: id) == nil)
        }
    }

    @Test func `pictures come in any order, and one that comes twice counts once`() {
        var builder = PhotoIndexBuilder()
        let (a, b) = (builder.gallery(id: "a", name: "A"), builder.gallery(id: "b", name: "B"))
        let tag = builder.tag(id: "t", name: "sea")
        let anna = builder.performer(id: "p", name: "Anna")
        builder.append(PhotoIndexRow(id: "30", galleries: [b, a], tags: [tag], rating: 90, isMoving: true))
        builder.append(PhotoIndexRow(id: "2", performers: [anna], isFavourite: true))
        builder.append(PhotoIndexRow(id: "30", galleries: [a], rating: 10))
        builder.append(
            PhotoIndexRow(
                id: "11", galleries: [a], date: CivilDate(year: 2020, month: 2, day: 29), orientation: .portrait))
        let index = builder.finish()
        #expect(Array(index.ids) == ["2", "11", "30"])
        #expect(
            index.galleries(at: 2) == [Int(b), Int(a)] && index.galleries(at: 0) == [] && index.gallery(at: 1) == Int(a)
        )
        #expect(Array(index.tagLists[2]) == [tag] && index.tagLists[0].isEmpty)
        #expect(Array(index.performerLists[0]) == [anna])
        #expect(index.rating(at: 2) == 90 && index.rating(at: 0) == 0)
        #expect(index.date(at: 1) == CivilDate(year: 2020, month: 2, day: 29) && index.date(at: 0) == nil)
        #expect(index.orientation(at: 1) == .portrait && index.orientation(at: 0) == nil)
        #expect(index.isFavourite(at: 0) && !index.isFavourite(at: 1))
        #expect(index.isMoving(at: 2) && !index.isMoving(at: 0))
    }

    @Test(arguments: [-5, 0, 1, 100, 101, 1000])
    func `a rating is kept within its bounds`(rating: Int) {
        var builder = PhotoIndexBuilder()
        builder.append(PhotoIndexRow(id: "1", rating: rating))
        #expect(builder.finish().rating(at: 0) == min(max(rating, 0), 100))
    }

    @Test(
        arguments: [
            ("2019-08-24", CivilDate(year: 2019, month: 8, day: 24)),
            ("2019-08-24T10:00:00+03:00", CivilDate(year: 2019, month: 8, day: 24)),
            ("2020-02-29", CivilDate(year: 2020, month: 2, day: 29)),
            ("2019-02-29", nil), ("2019-13-01", nil), ("2019", nil), ("24.08.2019", nil), ("", nil),
        ])
    func `a day is read from the start of a text`(text: String, date: CivilDate?) {
        #expect(CivilDate(startOf: text) == date)
    }

    @Test(arguments: [["1", "2", "3"], ["a", "b", "c"], ["1", "b", "c"]])
    func `positions of an earlier index are found in a later one`(ids: [String]) {
        func index(_ ids: [String]) -> PhotoIndex {
            var builder = PhotoIndexBuilder()
            for id in ids { builder.append(PhotoIndexRow(id: id)) }
            return builder.finish()
        }
        let earlier = index(ids)
        let later = index([ids[0], ids[2], "00", "zz"])
        let positions = later.positions(of: earlier)
        for (position, id) in earlier.ids.enumerated() {
            #expect(positions[position] == later.position(of: id).map(Int32.init) ?? -1)
        }
        #expect(later.listing != earlier.listing)
        #expect(index(ids.reversed()).listing == earlier.listing)
    }
}
