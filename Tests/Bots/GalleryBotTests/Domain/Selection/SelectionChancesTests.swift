import PhotoLibraries
import Support
import Testing

@testable import GalleryBot

/// Whether pictures come as often as the formula says; the seeds are fixed, so a run is not a matter of luck.
@Suite struct SelectionChancesTests {
    /// Draws from the same state many times, and compares with what is expected by the χ² of the deviations.
    private func chiSquared(
        of scene: SelectionScene, draws: Int = 20_000, expected: (Int) -> Double
    ) throws -> (value: Double, degrees: Int) {
        let selection = scene.selection
        var random = SeededRandom(seed: 42)
        var counts = [Double](repeating: 0, count: scene.index.count)
        for _ in 0..<draws {
            guard case .draw(let draw) = selection.draw(using: &random) else {
                Issue.record("nothing was drawn")
                return (.infinity, 1)
            }
            counts[draw.position] += 1
        }
        let chances = (0..<scene.index.count).map(expected)
        let total = chances.reduce(0, +)
        var value = 0.0
        for (count, chance) in zip(counts, chances) {
            let mean = chance / total * Double(draws)
            if mean == 0 { #expect(count == 0) } else { value += (count - mean) * (count - mean) / mean }
        }
        return (value, chances.count { $0 > 0 } - 1)
    }

    /// What is passed by chance once in a thousand times (Wilson and Hilferty's approximation).
    private func critical(_ degrees: Int) -> Double {
        let k = Double(degrees)
        let root = 1 - 2 / (9 * k) + 3.09 * (2 / (9 * k)).squareRoot()
        return k * root * root * root
    }

    @Test func `without a taste every picture is as likely as any other`() throws {
        let (value, degrees) = try chiSquared(of: SelectionScene(plain: 20)) { _ in 1 }
        #expect(value < critical(degrees))
    }

    @Test func `a gallery's weight makes each of its pictures so much more likely`() throws {
        var scene = SelectionScene(unrated(90))
        scene.taste.galleryWeights = ["g1": 4, "g2": 0.25]
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) { position in
            switch index.gallery(at: position) {
            case 1: 4
            case 2: 0.25
            default: 1
            }
        }
        #expect(value < critical(degrees))
    }

    @Test func `weights beyond the bounds count as the bounds`() throws {
        var scene = SelectionScene(unrated(40))
        scene.taste.galleryWeights = ["g1": 1e12, "g2": 0]
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) { position in
            switch index.gallery(at: position) {
            case 1: 10
            case 2: 0.1
            default: 1
            }
        }
        #expect(value < critical(degrees))
    }

    @Test func `a picture weighs by everybody in it`() throws {
        var builder = PhotoIndexBuilder()
        let (anna, boris) = (builder.performer(id: "a", name: "Anna"), builder.performer(id: "b", name: "Boris"))
        let people: [[Int32]] = [[], [anna], [boris], [anna, boris]]
        for number in 0..<40 { builder.append(PhotoIndexRow(id: "\(number)", performers: people[number % 4])) }
        var scene = SelectionScene(builder.finish())
        scene.taste.performerWeights = ["a": 5, "b": 0.5]
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) {
            [1, 5, 0.5, 2.5][Int(index.id(at: $0)).map { $0 % 4 } ?? 0]
        }
        #expect(value < critical(degrees))
    }

    @Test func `a gallery that was shown is less likely, until it has rested`() throws {
        var scene = SelectionScene(unrated(30))
        // One of ten pictures of the first gallery, three days ago; one of the second now.
        scene.avoidRecentDays = 365
        let first = try #require((0..<30).first { scene.index.gallery(at: $0) == 0 })
        let second = try #require((0..<30).first { scene.index.gallery(at: $0) == 1 })
        let sizes = (0..<3).map { gallery in (0..<30).count { scene.index.gallery(at: $0) == gallery } }
        scene.note(first, round: 1)
        scene.wait(days: 3)
        scene.note(second, round: 1)
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) { position in
            if position == first || position == second { return 0 }
            switch index.gallery(at: position) {
            case 0: return (1 - 0.5 / Double(sizes[0])) * 2.5
            case 1: return (1 - 0.5 / Double(sizes[1])) * 1
            default: return 3
            }
        }
        #expect(value < critical(degrees))
    }

    @Test func `liked and disliked pictures have their share of the draws, whatever their number`() throws {
        var scene = SelectionScene(plain: 60)
        for number in 1...5 { scene.taste.votes["\(number)"] = 1 }
        for number in 6...25 { scene.taste.votes["\(number)"] = -1 }
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) { position in
            switch Int(index.id(at: position)) ?? 0 {
            case 1...5: 0.2 / 5
            case 6...25: 0.1 / 20
            default: 0.7 / 35
            }
        }
        #expect(value < critical(degrees))
    }

    @Test func `a bucket that cannot be reached leaves its share to the others`() throws {
        var scene = SelectionScene(plain: 30)
        for number in 1...5 { scene.taste.votes["\(number)"] = 1 }
        for number in 6...10 { scene.taste.votes["\(number)"] = -1 }
        // Everything nobody voted for was shown.
        for position in 10..<30 { scene.note(scene.index.position(of: "\(position + 1)") ?? 0, round: 1) }
        let index = scene.index
        let (value, degrees) = try chiSquared(of: scene) { position in
            switch Int(index.id(at: position)) ?? 0 {
            case 1...5: 2
            case 6...10: 1
            default: 0
            }
        }
        #expect(value < critical(degrees))
    }

    @Test(arguments: [(1, Int?(nil)), (20, -1), (21, nil), (79, nil), (80, 1), (100, 1), (0, nil)])
    func `the library's rating counts where the chat has not voted, with its bounds included`(
        rating: Int, bucket: Int?
    ) {
        var builder = PhotoIndexBuilder()
        builder.append(PhotoIndexRow(id: "1", rating: rating))
        let facts = IndexFacts(builder.finish())
        let found = facts.liked.contains(0) ? 1 : facts.disliked.contains(0) ? -1 : nil
        #expect(found == (rating == 1 ? -1 : bucket))
    }

    @Test func `the chat's own vote counts before the library's rating`() {
        var builder = PhotoIndexBuilder()
        builder.append(PhotoIndexRow(id: "1", rating: 100))
        builder.append(PhotoIndexRow(id: "2", rating: 5))
        let index = builder.finish()
        let taste = IndexedTaste(Taste(votes: ["1": -1, "2": 1, "gone": 1]), in: index, facts: IndexFacts(index))
        #expect(taste.disliked.contains(0) && !taste.liked.contains(0))
        #expect(taste.liked.contains(1) && !taste.disliked.contains(1))
    }

    /// Three galleries, nobody's ratings.
    private func unrated(_ count: Int) -> PhotoIndex {
        var builder = PhotoIndexBuilder()
        let galleries = (0..<3).map { builder.gallery(id: "g\($0)", name: "\($0)") }
        for number in 1...count { builder.append(PhotoIndexRow(id: "\(number)", galleries: [galleries[number % 3]])) }
        return builder.finish()
    }
}
