internal import Glibc
internal import Support

/// What votes say about galleries and people, computed from the votes alone.
///
/// A vote fades: after each half-life it weighs half as much. A name with few votes says nothing, and one with a few
/// more is drawn towards the middle, so that no single 👎 decides. Since nothing is counted up, taking a vote back
/// gives exactly what was before.
struct Preferences: Equatable, Sendable {
    /// One vote with what it is about.
    struct Vote: Equatable, Sendable {
        var value: Votes.Value
        var votedAt: Timestamp
        var gallery: Label?
        var performers: [Label]
    }

    /// A gallery or a person, by the library's identifier.
    struct Label: Hashable, Sendable {
        var id: String
        var name: String
    }

    /// How the votes are weighed.
    struct Rules: Equatable, Sendable {
        /// After how long a vote weighs half.
        var halfLife: Duration = .seconds(90 * 86_400)
        /// With fewer votes a name says nothing.
        var minimum = 3
        /// How many votes' weight pulls every score towards zero.
        var shrinkage = 2.0
    }

    /// What is thought of one gallery or one person.
    struct Opinion: Equatable, Sendable {
        var label: Label
        var up: Int
        var down: Int
        /// −1 for disliked to 1 for liked; nil with too few votes.
        var score: Double?

        /// How much more often, or seldom, than one without votes it is to be drawn: 0.1 to 10.
        var weight: Double { score.map(Preferences.weight) ?? 1 }
    }

    var galleries: [Opinion]
    var performers: [Opinion]
    /// All votes, also those on photos without gallery and people.
    var total: Votes.Tally

    /// Weighs votes as they stand at a moment; their order does not matter.
    init(_ votes: [Vote], at now: Timestamp, rules: Rules = Rules()) {
        var galleries: [String: Sum] = [:]
        var performers: [String: Sum] = [:]
        total = Votes.Tally()
        // In one order, so that sums of the same votes are the same to the last bit.
        for vote in votes.sorted(by: { ($0.votedAt, $0.value.rawValue) < ($1.votedAt, $1.value.rawValue) }) {
            let weight = Self.weight(of: vote, at: now, halfLife: rules.halfLife)
            if vote.value == .up { total.up += 1 } else { total.down += 1 }
            if let gallery = vote.gallery { galleries[gallery.id, default: Sum(gallery)].add(vote, weight) }
            for performer in vote.performers { performers[performer.id, default: Sum(performer)].add(vote, weight) }
        }
        self.galleries = Self.opinions(galleries, rules)
        self.performers = Self.opinions(performers, rules)
    }

    /// The best first, as many as asked for; only what is liked.
    static func liked(_ opinions: [Opinion], _ count: Int) -> [Opinion] {
        Array(opinions.filter { ($0.score ?? 0) > 0 }.sorted(by: isBetter).prefix(count))
    }

    /// The worst first, as many as asked for; only what is disliked.
    static func disliked(_ opinions: [Opinion], _ count: Int) -> [Opinion] {
        Array(
            opinions.filter { ($0.score ?? 0) < 0 }.sorted { isWorse($0, $1) }.prefix(count))
    }

    /// The weight of a score: a tenth for −1, one for 0, ten for 1, and evenly between on a scale of ratios.
    static func weight(_ score: Double) -> Double { pow(10, max(-1, min(1, score))) }

    // MARK: Steps

    private struct Sum {
        var label: Label
        var up = 0
        var down = 0
        var liking = 0.0
        var disliking = 0.0

        init(_ label: Label) { self.label = label }

        mutating func add(_ vote: Vote, _ weight: Double) {
            if vote.value == .up {
                up += 1
                liking += weight
            } else {
                down += 1
                disliking += weight
            }
        }
    }

    private static func opinions(_ sums: [String: Sum], _ rules: Rules) -> [Opinion] {
        sums.values.map { sum in
            let isEnough = sum.up + sum.down >= rules.minimum
            let score = (sum.liking - sum.disliking) / (sum.liking + sum.disliking + rules.shrinkage)
            return Opinion(label: sum.label, up: sum.up, down: sum.down, score: isEnough ? score : nil)
        }.sorted { $0.label.id < $1.label.id }
    }

    private static func weight(of vote: Vote, at now: Timestamp, halfLife: Duration) -> Double {
        let age = Double(max(0, now.microseconds - vote.votedAt.microseconds)) / 1_000_000
        return exp2(-age / (halfLife / .seconds(1)))
    }

    private static func isBetter(_ left: Opinion, _ right: Opinion) -> Bool {
        let (first, second) = (left.score ?? 0, right.score ?? 0)
        return first == second ? left.label.id < right.label.id : first > second
    }

    private static func isWorse(_ left: Opinion, _ right: Opinion) -> Bool {
        let (first, second) = (left.score ?? 0, right.score ?? 0)
        return first == second ? left.label.id < right.label.id : first < second
    }
}
