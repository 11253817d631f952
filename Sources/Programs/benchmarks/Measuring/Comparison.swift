/// Contenders that did the same work in the same run, and how they stand to each other.
struct Comparison: Sendable {
    /// One contender's samples.
    struct Row: Sendable {
        let name: String
        var samples: [Double]

        var median: Double {
            let sorted = samples.sorted()
            guard !sorted.isEmpty else { return 0 }
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    let title: String
    /// What the figures count, such as `requests/s`.
    let unit: String
    /// Whether a higher figure is better.
    let isHigherBetter: Bool
    /// What was measured and how, in a sentence or two.
    let method: String
    /// The contenders; the first is ours.
    var rows: [Row]
    /// The figure that ours is meant to reach.
    let goal: Double?
}

extension Comparison {
    /// Runs all contenders in turn, several rounds, so that a change of the machine's mood meets all of them.
    mutating func measure(rounds: Int, _ contenders: [@Sendable () async throws -> Double]) async throws {
        for _ in 0..<rounds {
            for (index, contender) in contenders.enumerated() {
                rows[index].samples.append(try await contender())
            }
        }
    }
}
