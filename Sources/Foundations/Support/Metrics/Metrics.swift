import Synchronization

/// The process's numbers, by name and labels, in the text format that Prometheus reads.
public final class Metrics: Sendable {
    /// Beyond this many label sets of one name, further ones share a series whose label values are `other`.
    public static let maximumSeries = 200

    private let families = Mutex<[String: MetricFamily]>([:])

    /// Makes an empty registry.
    public init() {}

    /// The counter of this name and these labels; asking again gives the same one.
    public func counter(_ name: String, help: String, labels: [String: String] = [:]) -> Counter {
        Counter()
    }

    /// The gauge of this name and these labels; asking again gives the same one.
    public func gauge(_ name: String, help: String, labels: [String: String] = [:]) -> Gauge {
        Gauge()
    }

    /// The histogram of this name and these labels; asking again gives the same one.
    ///
    /// `buckets` are upper bounds in ascending order, in seconds for durations.
    public func histogram(
        _ name: String, help: String, labels: [String: String] = [:], buckets: [Double] = Histogram.seconds
    ) -> Histogram {
        Histogram(bounds: buckets)
    }

    /// All numbers in text format 0.0.4.
    public func render() -> String { "" }
}
struct MetricFamily {}
