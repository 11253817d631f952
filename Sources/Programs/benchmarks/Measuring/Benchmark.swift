/// Something that is measured: one type, one file.
protocol Benchmark: Sendable {
    /// The name on the command line.
    var name: String { get }
    func run(_ settings: RunSettings) async throws -> [Comparison]
}

/// How long and how often is measured.
struct RunSettings: Sendable {
    /// Seconds of each sample.
    var seconds = 2
    /// Samples of each contender.
    var rounds = 3
    /// Requests, or chats, at once.
    var inFlight = 64
    /// Updates that are decoded and dispatched.
    var updates = 20_000
    /// People who write to an echo bot.
    var people = 50
    /// Messages of each of them.
    var messages = 100
}

/// What ended a benchmark.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
