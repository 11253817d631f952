/// One thing that happened, before it is written anywhere.
public struct LogRecord: Sendable, Equatable {
    /// How much it matters.
    public var level: LogLevel
    /// The part of the program that speaks.
    public var label: String
    /// What happened, in words that do not vary; what varies stands in the fields.
    public var message: String
    /// The values beside the message.
    public var fields: [String: LogValue]

    /// Makes a record.
    public init(level: LogLevel, label: String, message: String, fields: [String: LogValue] = [:]) {
        self.level = level
        self.label = label
        self.message = message
        self.fields = fields
    }
}

/// Where records go.
public protocol LogSink: Sendable {
    /// The least level that is written.
    var level: LogLevel { get }

    /// Takes a record of that level or above; returns at once.
    func write(_ record: LogRecord)
}
