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

    /// All numbers in text format 0.0.4, names and label sets in alphabetical order.
    public func render() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) { family.render(name, into: &text) }
        return text
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

/// All series of one name.
struct MetricFamily: Sendable {
    private let help: String
    private var series: [[String: String]: Metric] = [:]

    init(help: String) { self.help = help }

    mutating func metric(labels: [String: String], limit: Int, make: () -> Metric) -> Metric {
        if let metric = series[labels] { return metric }
        // Label values may come from outside; without a bound they would fill the memory here and at the collector.
        let key = series.count < limit ? labels : labels.mapValues { _ in "other" }
        if let metric = series[key] { return metric }
        let metric = make()
        series[key] = metric
        return metric
    }

    func render(_ name: String, into text: inout String) {
        let lines = series.map { labels, metric in
            (MetricText.labels(labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }), labels, metric)
        }
        guard let type = lines.first?.2.typeName else { return }
        text += "# HELP \(name) \(MetricText.escapedHelp(help))\n# TYPE \(name) \(type)\n"
        for (rendered, labels, metric) in lines.sorted(by: { $0.0 < $1.0 }) {
            switch metric {
            case .counter(let counter): text += "\(name)\(rendered) \(counter.value)\n"
            case .gauge(let gauge): text += "\(name)\(rendered) \(MetricText.number(gauge.value))\n"
            case .histogram(let histogram): histogram.render(name, labels: labels, into: &text)
            }
        }
    }
}

extension Histogram {
    fileprivate func render(_ name: String, labels: [String: String], into text: inout String) {
        let labels = labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let (counts, sum) = snapshot
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricText.number(bounds[index]) : "+Inf"
            text += "\(name)_bucket\(MetricText.labels(labels + [("le", bound)])) \(total)\n"
        }
        text += "\(name)_sum\(MetricText.labels(labels)) \(MetricText.number(sum))\n"
        text += "\(name)_count\(MetricText.labels(labels)) \(total)\n"
    }
}

/// The syntax of Prometheus' text format.
enum MetricText {
    /// Whether the text is `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    static func isName(_ text: String) -> Bool { isWord(text, alsoColons: true) }

    /// Whether the text is `[a-zA-Z_][a-zA-Z0-9_]*`; two underscores in front are for the collector's own names.
    static func isLabelName(_ text: String) -> Bool {
        isWord(text, alsoColons: false) && !text.hasPrefix("__") && text != "le"
    }

    private static func isWord(_ text: String, alsoColons: Bool) -> Bool {
        guard let first = text.utf8.first, !isDigit(first) else { return false }
        return text.utf8.allSatisfy { byte in
            isDigit(byte) || byte == UInt8(ascii: "_") || (alsoColons && byte == UInt8(ascii: ":"))
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func labels(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.0)=\"\(escapedValue($0.1))\"" }.joined(separator: ",") + "}"
    }

    static func escapedHelp(_ text: String) -> String { escaped(text, alsoQuotes: false) }

    private static func escapedValue(_ text: String) -> String { escaped(text, alsoQuotes: true) }

    private static func escaped(_ text: String, alsoQuotes: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\"" where alsoQuotes: result.append(contentsOf: "\\\"".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A number as Go's `ParseFloat` reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded() && abs(value) < 1e15 { return "\(Int64(value))" }
        return "\(value)"
    }
}
