import PhotoLibraries
import Support
import Testing

@testable import GalleryBot

@Suite struct SelectionTests {
    // MARK: Rounds

    @Test(arguments: [1, 2, 3, 99] as [UInt64])
    func `a round shows every picture exactly once, and then a new one begins`(seed: UInt64) throws {
        var scene = SelectionScene(plain: 20, seed: seed)
        var shown: Set<String> = []
        for _ in 1...20 {
            let (id, draw) = try scene.show()
            #expect(draw.occasion == .usual && draw.round == 1)
            #expect(shown.insert(id).inserted, "\(id) came twice in a round")
        }
        #expect(shown.count == 20)
        scene.wait(days: 31)
        let next = try scene.show()
        #expect(next.draw.occasion == .newRound && next.draw.round == 2)
    }

    @Test(
        arguments: [
            Taste.neutral,
            Taste(galleryWeights: ["g0": 10, "g1": 0.1, "g2": 1e9, "g3": 0, "g4": -5, "g5": .nan]),
            Taste(performerWeights: ["Anna": 10, "Boris": 0.1]),
            Taste(votes: ["1": 1, "2": -1, "3": 1, "150": -1]),
            Taste(
                galleryWeights: ["g8": 10, "g0": 0.1], performerWeights: ["Anna": 0.1, "Boris": 10],
                votes: ["4": -1, "8": 1]),
        ])
    func `P11: whatever the taste, a round shows everything once, also what is in no gallery`(taste: Taste) throws {
        var scene = SelectionScene(.mixed(200), seed: 4)
        scene.taste = taste
        for round in 1...3 {
            var shown: Set<String> = []
            for step in 1...200 {
                scene.wait(days: 0.3)
                let (id, draw) = try scene.show()
                #expect(draw.round == round, "after \(step) pictures")
                #expect(draw.occasion == (round > 1 && step == 1 ? .newRound : .usual))
                #expect(shown.insert(id).inserted, "\(id) came twice in round \(round)")
            }
            scene.wait(days: 31)
        }
    }

    @Test func `nothing comes twice within the days, and the oldest comes again when nothing else is left`() throws {
        var scene = SelectionScene(plain: 5)
        var order: [String] = []
        for _ in 1...5 {
            order.append(try scene.show().id)
            scene.wait(days: 1)
        }
        // Everything rests: the pictures come again in the order in which they came.
        for (place, id) in (order + order).enumerated() {
            let again = try scene.show()
            #expect(again.id == id)
            #expect(again.draw.occasion == .repeated)
            #expect(again.draw.round == 2 + place / 5)
            scene.wait(days: 1)
        }
    }

    @Test func `what came within the last days rests, even when the round is new`() throws {
        var scene = SelectionScene(plain: 20, seed: 5)
        for position in 0..<2 { scene.note(position, round: 1) }
        scene.wait(days: 29)
        for position in 2..<20 { scene.note(position, round: 1) }
        scene.wait(days: 2)
        for _ in 0..<50 {
            guard case .draw(let draw) = scene.draw() else {
                Issue.record("nothing was drawn")
                return
            }
            #expect(draw.position < 2 && draw.occasion == .newRound && draw.round == 2)
        }
    }

    @Test func `a picture under way is not chosen twice, unless it is the only one`() {
        var scene = SelectionScene(plain: 2, seed: 6)
        scene.underWay = [0]
        for _ in 0..<20 {
            #expect(scene.draw() == .draw(Selection.Draw(position: 1, round: 1, occasion: .usual)))
        }
        scene.underWay = [0, 1]
        guard case .draw(let draw) = scene.draw() else {
            Issue.record("nothing was drawn")
            return
        }
        #expect(draw.occasion == .newRound || draw.occasion == .repeated)
    }

    // MARK: Filters

    @Test func `a filter under which all was shown repeats its oldest, and leaves the round to the others`() throws {
        var scene = SelectionScene(.mixed(200), seed: 7)
        scene.avoidRecentDays = 2
        scene.filter.tags = ["beach"]
        let matching = scene.selection.wanted.count
        var order: [String] = []
        for _ in 0..<matching {
            let (id, draw) = try scene.show()
            #expect(draw.occasion == .usual)
            order.append(id)
            scene.wait(days: 1)
        }
        #expect(Set(order).count == matching)
        // They come again, the one longest ago first, within the same round.
        for id in order {
            let again = try scene.show()
            #expect(again.id == id)
            #expect(again.draw.occasion == .repeated && again.draw.round == 1)
            scene.wait(days: 1)
        }
        // All others still come once each, and only then the round is over.
        scene.filter = .none
        var others: Set<String> = []
        for _ in matching..<200 {
            let (id, draw) = try scene.show()
            #expect(draw.occasion == .usual && draw.round == 1)
            #expect(others.insert(id).inserted)
            #expect(!order.contains(id))
        }
        scene.wait(days: 3)
        let next = try scene.show()
        #expect(next.draw.occasion == .newRound && next.draw.round == 2)
    }

    @Test func `a schedule with a filter and one without share a round, and neither starves the other`() throws {
        var scene = SelectionScene(.mixed(60), seed: 8)
        scene.avoidRecentDays = 1
        var shown: [String: Int] = [:]
        for step in 0..<240 {
            scene.filter = step.isMultiple(of: 2) ? .none : PhotoFilter(favouritesOnly: true)
            let (id, draw) = try scene.show()
            if draw.occasion != .repeated { shown[id, default: 0] += 1 }
            #expect(draw.occasion == .usual || draw.occasion == .repeated || scene.filter.isEmpty || draw.round > 1)
            scene.wait(days: 0.5)
        }
        #expect(shown.count == 60)
        #expect(shown.values.allSatisfy { (1...5).contains($0) })
    }

    @Test func `nothing that matches is told apart from an empty library`() {
        var scene = SelectionScene(.mixed(20))
        scene.filter.tags = ["no such tag"]
        #expect(scene.draw() == .nothingMatches)
        scene.filter = .none
        var builder = PhotoIndexBuilder()
        let gallery = builder.gallery(id: "a", name: "A")
        builder.append(PhotoIndexRow(id: "1", galleries: [gallery]))
        scene = SelectionScene(builder.finish())
        scene.taste.excludedGalleries = ["a"]
        #expect(scene.draw() == .emptyLibrary)
        #expect(SelectionScene(PhotoIndexBuilder().finish()).selection.remaining == (0, 0))
    }

    @Test func `what is in an excluded gallery does not come, also when it is in another one too`() throws {
        var builder = PhotoIndexBuilder()
        let (a, b) = (builder.gallery(id: "a", name: "A"), builder.gallery(id: "b", name: "B"))
        builder.append(PhotoIndexRow(id: "1", galleries: [a]))
        builder.append(PhotoIndexRow(id: "2", galleries: [b, a]))
        builder.append(PhotoIndexRow(id: "3", galleries: [b]))
        builder.append(PhotoIndexRow(id: "4"))
        var scene = SelectionScene(builder.finish(), seed: 9)
        scene.taste.excludedGalleries = ["a"]
        #expect(Set([try scene.show().id, try scene.show().id]) == ["3", "4"])
        // The round is over although excluded pictures were not shown.
        scene.wait(days: 31)
        #expect(try scene.show().draw.occasion == .newRound)
        #expect(scene.selection.remaining == (1, 2))
    }
}
