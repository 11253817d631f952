import Synchronization

/// How often observed values fell below each of a few bounds, and their sum.
public final class Histogram: Sendable {
    /// Bounds for durations in seconds, from a millisecond to half a minute.
    public static let seconds: [Double] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// A value that was observed, and where to look for its cause.
    struct Exemplar: Sendable {
        let trace: TraceID
        let value: Double
    }

    private struct State {
        var counts: [Int]
        var sum = 0.0
        /// The latest of each bucket.
        var exemplars: [Exemplar?]
    }

    let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds ascend")
        self.bounds = bounds
        state = Mutex(
            State(
                counts: Array(repeating: 0, count: bounds.count + 1),
                exemplars: Array(repeating: nil, count: bounds.count + 1)))
    }

    /// Counts a value, and remembers in which trace it was observed: one for each bucket, the latest.
    public func observe(_ value: Double, trace: TraceID? = nil) {
        var slot = 0
        while slot < bounds.count, value > bounds[slot] { slot += 1 }
        state.withLock { state in
            state.counts[slot] += 1
            state.sum += value
            if let trace { state.exemplars[slot] = Exemplar(trace: trace, value: value) }
        }
    }

    /// Counts a length of time, in seconds.
    public func observe(_ duration: Duration) { observe(duration.inSeconds) }

    /// Counts per bound (not cumulative; the last is for values above all bounds) and the sum, read at one moment.
    var snapshot: (counts: [Int], sum: Double, exemplars: [Exemplar?]) {
        state.withLock { ($0.counts, $0.sum, $0.exemplars) }
    }
}
