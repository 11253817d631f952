import Synchronization

/// Scrubs secrets from text on its way to a log.
///
/// It knows the value of each `Secret` and the shapes that give a secret away (see `SecretShapes`).
public final class Redactor: Sendable {
    /// The redactor of the process, which every sink uses.
    public static let shared = Redactor()

    /// A shorter value would scrub ordinary words.
    private static let shortestValue = 6
    private static let mask = Array("***".utf8)

    private struct State: Sendable {
        /// Values by their first byte; longest first, so that a value which contains another goes as a whole.
        var values = [[[UInt8]]](repeating: [], count: 256)
        /// Which bytes a value starts with.
        var isFirst = [Bool](repeating: false, count: 256)
    }

    private let state = Mutex(State())

    /// Makes a redactor that knows no values yet.
    public init() {}

    /// Remembers a value, as it is and percent-encoded, which is scrubbed from now on; not if it is under 6 bytes.
    public func register(_ value: String) {
        let bytes = Array(value.utf8)
        guard bytes.count >= Self.shortestValue else { return }
        let encoded = Self.percentEncoded(bytes)
        state.withLock { state in
            for form in bytes == encoded ? [bytes] : [bytes, encoded] {
                let first = Int(form[0])
                guard !state.values[first].contains(form) else { continue }
                let place = state.values[first].firstIndex { $0.count < form.count } ?? state.values[first].endIndex
                state.values[first].insert(form, at: place)
                state.isFirst[first] = true
            }
        }
    }

    /// The text with `***` in place of every secret in it.
    public func redact(_ text: String) -> String {
        let state = state.withLock { $0 }
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var copied = 0
        var position = 0
        while position < bytes.count {
            if let secret = Self.secret(in: bytes, at: position, state) {
                output += bytes[copied..<secret.lowerBound]
                output += Self.mask
                position = secret.upperBound
                copied = position
            } else {
                position += 1
            }
        }
        guard copied > 0 else { return text }
        output += bytes[copied...]
        return String(decoding: output, as: UTF8.self)
    }

    private static func secret(in bytes: [UInt8], at position: Int, _ state: State) -> Range<Int>? {
        let first = Int(bytes[position])
        guard state.isFirst[first] else { return SecretShapes.match(in: bytes, at: position) }
        for value in state.values[first] where bytes[position...].starts(with: value) {
            return position..<(position + value.count)
        }
        return SecretShapes.match(in: bytes, at: position)
    }

    private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return bytes.flatMap { byte -> [UInt8] in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII && (character.isLetter || character.isNumber) || "-._~".contains(character) {
                return [byte]
            }
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
