/// A text that must never be printed: a token, a key, a database URL.
///
/// It describes itself as `***`, and its value is scrubbed from every log record of the process.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps `value` and makes it known to the log redactor.
    public init(_ value: String) {
        self.value = value
        Redactor.shared.register(value)
    }

    /// The text itself, for the one place that has to send it.
    public func reveal() -> String { value }

    /// Whether there is nothing to hide.
    public var isEmpty: Bool { value.isEmpty }

    /// Always `***`.
    public var description: String { "***" }
    /// Always `***`.
    public var debugDescription: String { "***" }
    /// Shows nothing to `dump` and to string interpolation of an enclosing value.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
