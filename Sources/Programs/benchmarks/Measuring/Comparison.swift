/// Contenders that did the same work in the same run, and how they stand to each other.
struct Comparison: Sendable {
    /// One contender's samples.
    struct Row: Sendable {
        let name: String
        var samples: [Double] = []
    }

    /// What ours is meant to reach.
    enum Goal: Sendable {
        case figure(Double)
        /// So many times as good as another contender.
        case ratio(Double, to: String)
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
    let goal: Goal?
    /// The row that the goal is about.
    private(set) var goalRow = 0
    /// What the last column says.
    private(set) var ratioTitle = "Quartet's ratio to it"
    /// What the run itself showed, such as what held it up.
    var note: String?

    init(title: String, unit: String, isHigherBetter: Bool, method: String, rows: [String], goal: Goal?) {
        self.title = title
        self.unit = unit
        self.isHigherBetter = isHigherBetter
        self.method = method
        self.rows = rows.map { Row(name: $0) }
        self.goal = goal
    }

    /// How many times as good ours is as another contender.
    func ratio(to row: Row) -> Double {
        let ours = rows.first?.samples.median ?? 0
        return isHigherBetter ? ours / row.samples.median : row.samples.median / ours
    }
}

extension Comparison {
    /// Makes it show how a figure grows from the first row on, with its goal for another row.
    mutating func makeGrowth(goalRow: Int) {
        self.goalRow = goalRow
        ratioTitle = "so many times the first"
    }

    /// Runs all contenders in turn, several rounds, so that a change of the machine's mood meets all of them.
    mutating func measure(rounds: Int, _ contenders: [@Sendable () async throws -> Double]) async throws {
        for _ in 0..<rounds {
            for (index, contender) in contenders.enumerated() {
                rows[index].samples.append(try await contender())
            }
        }
    }
}

extension [Double] {
    /// The middle value; 0 where there is none.
    var median: Double {
        let sorted = sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
