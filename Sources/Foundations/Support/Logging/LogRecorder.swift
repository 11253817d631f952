import Synchronization

/// A sink that keeps records in memory, for tests that look at what was logged.
public final class LogRecorder: LogSink {
    /// The least level that is kept.
    public let level: LogLevel
    private let kept = Mutex<[LogRecord]>([])

    /// Makes an empty recorder.
    public init(level: LogLevel = .debug) { self.level = level }

    /// Keeps a record.
    public func write(_ record: LogRecord) { kept.withLock { $0.append(record) } }

    /// Everything kept so far, in order.
    public var records: [LogRecord] { kept.withLock { $0 } }

    /// A logger that writes here.
    public func logger(label: String = "test") -> Logger { Logger(label: label, sink: self) }
}
