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

    func render(_ name: String, as format: MetricFormat, into text: inout String) {
        let lines = series.map { labels, metric in
            (MetricText.labels(labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }), labels, metric)
        }
        guard var type = lines.first?.2.typeName else { return }
        var family = name
        if format == .openMetrics, type == "counter" {
            // There a counter's family goes without the ending that its numbers must have.
            if name.hasSuffix("_total") { family.removeLast(6) } else { type = "unknown" }
        }
        text += "# HELP \(family) \(MetricText.escapedHelp(help, as: format))\n# TYPE \(family) \(type)\n"
        for (rendered, labels, metric) in lines.sorted(by: { $0.0 < $1.0 }) {
            switch metric {
            case .counter(let counter): text += "\(name)\(rendered) \(counter.value)\n"
            case .gauge(let gauge): text += "\(name)\(rendered) \(MetricText.number(gauge.value))\n"
            case .histogram(let histogram): histogram.render(name, labels: labels, as: format, into: &text)
            }
        }
    }
}

extension Histogram {
    fileprivate func render(
        _ name: String, labels: [String: String], as format: MetricFormat, into text: inout String
    ) {
        let labels = labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let (counts, sum, exemplars) = snapshot
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricText.bound(bounds[index], as: format) : "+Inf"
            text += "\(name)_bucket\(MetricText.labels(labels + [("le", bound)])) \(total)"
            if format == .openMetrics, let exemplar = exemplars[index] {
                text += " # {trace_id=\"\(exemplar.trace)\"} \(MetricText.number(exemplar.value))"
            }
            text += "\n"
        }
        text += "\(name)_sum\(MetricText.labels(labels)) \(MetricText.number(sum))\n"
        text += "\(name)_count\(MetricText.labels(labels)) \(total)\n"
    }
}
