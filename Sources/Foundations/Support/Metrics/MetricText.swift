/// How numbers are written for a collector.
public enum MetricFormat: Sendable {
    /// Prometheus' text format 0.0.4.
    case prometheus
    /// OpenMetrics 1.0: buckets also name the trace of a value that fell into them (exemplars).
    case openMetrics

    /// The best of what a request's `Accept` field names.
    public init(accept: String?) {
        self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
    }

    /// The content type.
    public var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
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

    static func escapedHelp(_ text: String, as format: MetricFormat) -> String {
        escaped(text, alsoQuotes: format == .openMetrics)
    }

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

    /// A bucket's upper bound: OpenMetrics writes whole ones as `1.0`.
    static func bound(_ value: Double, as format: MetricFormat) -> String {
        let text = number(value)
        let isWhole = text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "-") }
        return format == .openMetrics && isWhole ? text + ".0" : text
    }

    /// A number as Go's `ParseFloat` reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded() && abs(value) < 1e15 { return "\(Int64(value))" }
        return "\(value)"
    }
}
