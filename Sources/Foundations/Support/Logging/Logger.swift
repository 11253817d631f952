/// Writes structured records under a label; copies share the sink.
///
/// A record below the sink's level costs one comparison: neither message nor fields are evaluated.
public struct Logger: Sendable {
    /// The part of the program that speaks, such as `telegram`.
    public let label: String
    private let sink: (any LogSink)?
    /// The least level that is written, as a number; kept here so that a record below it costs one comparison.
    private let threshold: Int
    private let fields: [String: LogValue]

    /// Makes a logger that writes to `sink`; nil throws everything away.
    public init(label: String, sink: (any LogSink)?) {
        self.init(label: label, sink: sink, fields: [:])
    }

    private init(label: String, sink: (any LogSink)?, fields: [String: LogValue]) {
        self.label = label
        self.sink = sink
        threshold = sink?.level.rawValue ?? .max
        self.fields = fields
    }

    /// A logger that throws everything away.
    public static let disabled = Logger(label: "", sink: nil)

    /// The same logger with more fields in each record; a field given again replaces the earlier one.
    public func with(_ more: [String: LogValue]) -> Logger {
        Logger(label: label, sink: sink, fields: fields.merging(more) { $1 })
    }

    /// The same sink under another label.
    public func labelled(_ label: String) -> Logger { Logger(label: label, sink: sink, fields: fields) }

    /// Whether records of this level are written at all.
    public func isEnabled(_ level: LogLevel) -> Bool { level.rawValue >= threshold }

    /// Writes a record of the given level.
    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ more: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard level.rawValue >= threshold, let sink else { return }
        let own = more()
        sink.write(
            LogRecord(
                level: level, label: label, message: message(),
                fields: fields.isEmpty ? own : fields.merging(own) { $1 }))
    }

    /// Writes detail for whoever looks for a fault.
    public func debug(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard isEnabled(.debug) else { return }
        log(.debug, message(), fields())
    }

    /// Writes what happens in the normal course.
    public func info(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard isEnabled(.info) else { return }
        log(.info, message(), fields())
    }

    /// Writes what happens seldom and is worth knowing.
    public func notice(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard isEnabled(.notice) else { return }
        log(.notice, message(), fields())
    }

    /// Writes what was not right and was dealt with.
    public func warning(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard isEnabled(.warning) else { return }
        log(.warning, message(), fields())
    }

    /// Writes what failed.
    public func error(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: LogValue] = [:]
    ) {
        guard isEnabled(.error) else { return }
        log(.error, message(), fields())
    }
}
