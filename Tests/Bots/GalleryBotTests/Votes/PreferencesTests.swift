import Support
import Testing

@testable import GalleryBot

@Suite struct PreferencesTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let day = Duration.seconds(86_400)
    private static let beach = Preferences.Label(id: "1", name: "Beach")
    private static let anna = Preferences.Label(id: "9", name: "Anna")

    /// Votes on photos of one gallery, some days old.
    private static func votes(
        up: Int, down: Int, days: Int = 0, gallery: Preferences.Label? = beach, performers: [Preferences.Label] = []
    ) -> [Preferences.Vote] {
        let votedAt = now - day * days
        return (0..<(up + down)).map {
            Preferences.Vote(value: $0 < up ? .up : .down, votedAt: votedAt, gallery: gallery, performers: performers)
        }
    }

    private static func score(_ votes: [Preferences.Vote]) -> Double? {
        Preferences(votes, at: now).galleries.first?.score
    }

    @Test func `P13: one 👎 says nothing, and neither do two`() {
        for count in 1...2 {
            let preferences = Preferences(
                Self.votes(up: 0, down: count, performers: [Self.anna]), at: Self.now)
            #expect(preferences.galleries.map(\.score) == [nil])
            #expect(preferences.galleries.map(\.weight) == [1])
            #expect(preferences.performers.map(\.weight) == [1])
            #expect(Preferences.disliked(preferences.performers, 5) == [])
        }
        #expect(Self.score(Self.votes(up: 0, down: 3)) == -0.6)
    }

    @Test(arguments: [(3, 0, 0.6), (8, 0, 0.8), (98, 0, 0.98), (0, 8, -0.8), (4, 4, 0.0), (5, 3, 0.2)])
    func `many votes reach further from the middle than few`(up: Int, down: Int, expected: Double) throws {
        let score = try #require(Self.score(Self.votes(up: up, down: down)))
        #expect(abs(score - expected) < 1e-12)
    }

    @Test(arguments: [(-1.0, 0.1), (0.0, 1.0), (1.0, 10.0), (-7.0, 0.1), (7.0, 10.0)])
    func `weights lie between a tenth and ten`(score: Double, weight: Double) {
        #expect(abs(Preferences.weight(score) - weight) < 1e-12)
    }

    @Test func `a vote weighs half after its half-life`() throws {
        // Eight fresh votes against eight of ninety days ago: 8 to 4.
        let votes = Self.votes(up: 8, down: 0) + Self.votes(up: 0, down: 8, days: 90)
        let score = try #require(Self.score(votes))
        #expect(abs(score - 4.0 / 14) < 1e-12)
        // Long ago is nearly nothing, whatever it was.
        let old = try #require(Self.score(Self.votes(up: 0, down: 8, days: 3600)))
        #expect(abs(old) < 1e-9)
    }

    @Test func `a vote from a clock that runs ahead weighs no more than a fresh one`() {
        #expect(Self.score(Self.votes(up: 3, down: 0, days: -400)) == 0.6)
    }

    @Test func `a photo in no gallery counts for its people and in the total`() {
        let preferences = Preferences(
            Self.votes(up: 3, down: 1, gallery: nil, performers: [Self.anna]), at: Self.now)
        #expect(preferences.galleries == [])
        #expect(preferences.performers.map(\.up) == [3] && preferences.performers.map(\.down) == [1])
        #expect(preferences.total == Votes.Tally(up: 3, down: 1))
    }

    @Test func `the best come first, equal ones in the order of their identifiers`() {
        var votes: [Preferences.Vote] = []
        for id in ["c", "a", "b"] {
            votes += Self.votes(up: id == "b" ? 9 : 3, down: 0, gallery: .init(id: id, name: id))
        }
        votes += Self.votes(up: 0, down: 4, gallery: .init(id: "d", name: "d"))
        let galleries = Preferences(votes, at: Self.now).galleries
        #expect(Preferences.liked(galleries, 5).map(\.label.id) == ["b", "a", "c"])
        #expect(Preferences.liked(galleries, 2).map(\.label.id) == ["b", "a"])
        #expect(Preferences.disliked(galleries, 5).map(\.label.id) == ["d"])
    }

    @Test func `the order of the votes does not matter, to the last bit`() {
        var random = SeededRandom(seed: 3)
        let votes = (0..<200).map { index in
            Preferences.Vote(
                value: index % 3 == 0 ? .down : .up, votedAt: Self.now - Self.day * (index * 7 % 400),
                gallery: Self.beach, performers: [Self.anna])
        }
        let expected = Preferences(votes, at: Self.now)
        for _ in 0..<20 {
            #expect(Preferences(votes.shuffled(using: &random), at: Self.now) == expected)
        }
    }
}
