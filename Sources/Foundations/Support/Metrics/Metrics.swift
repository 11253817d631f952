import Synchronization

/// The process's numbers, by name and labels, in the text format that Prometheus reads.
///
/// Ask for a counter once and keep it: finding it takes a lock, counting does not.
public final class Metrics: Sendable {
    /// Beyond this many label sets of one name, further ones share a series whose label values are `other`.
    public static let maximumSeries = 200

    private let families = Mutex<[String: MetricFamily]>([:])

    /// Makes an empty registry.
    public init() {}

    /// The counter of this name and these labels; asking again gives the same one.
    ///
    /// By custom the name ends in `_total`.
    public func counter(_ name: String, help: String, labels: [String: String] = [:]) -> Counter {
        let metric = metric(name, help: help, labels: labels) { .counter(Counter()) }
        guard case .counter(let counter) = metric else { preconditionFailure("\(name) is no counter") }
        return counter
    }

    /// The gauge of this name and these labels; asking again gives the same one.
    public func gauge(_ name: String, help: String, labels: [String: String] = [:]) -> Gauge {
        let metric = metric(name, help: help, labels: labels) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = metric else { preconditionFailure("\(name) is no gauge") }
        return gauge
    }

    /// The histogram of this name and these labels; asking again gives the same one.
    ///
    /// `buckets` are upper bounds in ascending order, in seconds for lengths of time.
    public func histogram(
        _ name: String, help: String, labels: [String: String] = [:], buckets: [Double] = Histogram.seconds
    ) -> Histogram {
        let metric = metric(name, help: help, labels: labels) { .histogram(Histogram(bounds: buckets)) }
        guard case .histogram(let histogram) = metric else { preconditionFailure("\(name) is no histogram") }
        return histogram
    }

    /// All numbers, names and label sets in alphabetical order.
    public func render(as format: MetricFormat = .prometheus) -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) { family.render(name, as: format, into: &text) }
        return format == .openMetrics ? text + "# EOF\n" : text
    }

    private func metric(
        _ name: String, help: String, labels: [String: String], make: () -> Metric
    ) -> Metric {
        precondition(MetricText.isName(name), "\(name) is no metric name")
        precondition(labels.keys.allSatisfy(MetricText.isLabelName), "\(name): not label names: \(labels.keys)")
        return families.withLock { families in
            families[name, default: MetricFamily(help: help)].metric(
                labels: labels, limit: Self.maximumSeries, make: make)
        }
    }
}

/// One of the three kinds of number.
enum Metric: Sendable {
    case counter(Counter)
    case gauge(Gauge)
    case histogram(Histogram)

    var typeName: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}
