import Support
import Testing

@testable import GalleryBot

@Suite struct DeckTests {
    private let library = (1...20).map(String.init)

    @Test(arguments: [1, 2, 3, 99] as [UInt64])
    func `a round shows every picture exactly once, and then a new one begins`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var shown: Set<String> = []
        for _ in library {
            let deck = Deck(identifiers: library, shownInRound: shown, recent: [], round: 1)
            let draw = try #require(deck.draw(using: &random))
            #expect(draw.occasion == .usual && draw.round == 1)
            #expect(shown.insert(draw.id).inserted, "\(draw.id) came twice in a round")
        }
        #expect(shown == Set(library))
        let next = Deck(identifiers: library, shownInRound: shown, recent: [], round: 1).draw(using: &random)
        #expect(next?.occasion == .newRound && next?.round == 2)
    }

    @Test func `what came within the last days rests, even when the round is new`() throws {
        var random = SeededRandom(seed: 5)
        for _ in 0..<200 {
            let deck = Deck(
                identifiers: library, shownInRound: Set(library), recent: Array(library.dropLast(2)), round: 3)
            let draw = try #require(deck.draw(using: &random))
            #expect(["19", "20"].contains(draw.id))
            #expect(draw.occasion == .newRound)
        }
    }

    @Test func `a library smaller than the days repeats the picture longest ago`() {
        var random = SeededRandom(seed: 6)
        let deck = Deck(
            identifiers: ["1", "2", "3"], shownInRound: ["1", "2", "3"], recent: ["2", "3", "1"], round: 1)
        #expect(deck.draw(using: &random) == Deck.Draw(id: "2", round: 2, occasion: .repeated))
    }

    @Test func `a picture that has gone from the library is never drawn`() {
        var random = SeededRandom(seed: 7)
        let deck = Deck(identifiers: ["3"], shownInRound: ["1", "2", "3"], recent: ["1", "2", "3"], round: 1)
        #expect(deck.draw(using: &random)?.id == "3")
    }

    @Test func `a picture that was added joins the round under way`() {
        var random = SeededRandom(seed: 8)
        let deck = Deck(identifiers: library + ["new"], shownInRound: Set(library), recent: library, round: 4)
        #expect(deck.draw(using: &random) == Deck.Draw(id: "new", round: 4, occasion: .usual))
    }

    @Test func `an empty library has nothing to draw`() {
        var random = SeededRandom(seed: 9)
        #expect(Deck(identifiers: [], shownInRound: ["1"], recent: ["1"], round: 1).draw(using: &random) == nil)
    }

    @Test func `every picture is as likely as any other`() throws {
        var random = SeededRandom(seed: 10)
        let deck = Deck(identifiers: library, shownInRound: [], recent: [], round: 1)
        var counts: [String: Double] = [:]
        for _ in 0..<20_000 { counts[try #require(deck.draw(using: &random)).id, default: 0] += 1 }
        // Chi-squared with 19 degrees of freedom: 43.8 is passed by chance once in a thousand; the seed is fixed.
        let spread = library.reduce(0) { $0 + (counts[$1, default: 0] - 1000) * (counts[$1, default: 0] - 1000) / 1000 }
        #expect(spread < 43.8)
    }
}
