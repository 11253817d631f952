/// Takes a field value of the form `head; name=value; name="quoted value"` apart.
///
/// Lenient where senders differ: empty parameters and those without a value are skipped.
struct ParameterScanner {
    /// How a quoted string hides its quotes.
    enum Quoting {
        /// A backslash before any character (RFC 9110, section 5.6.4).
        case backslash
        /// `%22` stands for a quote; a backslash hides only a quote, so that `C:\file` survives (HTML standard).
        case form
    }

    private let bytes: [UInt8]
    private var position = 0
    private let quoting: Quoting

    init(_ text: String, quoting: Quoting = .backslash) {
        bytes = Array(text.utf8)
        self.quoting = quoting
    }

    /// What stands before the first semicolon, nil when that is nothing.
    mutating func head() -> String? {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ";") { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self).trimmed
        return text.isEmpty ? nil : text
    }

    /// The next parameter: its name in lower case and its value without quotes.
    mutating func next() -> (name: String, value: String)? {
        while position < bytes.count {
            skip { $0 == UInt8(ascii: ";") || $0 == 0x20 || $0 == 0x09 }
            let start = position
            skip { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            let name = String(decoding: bytes[start..<position], as: UTF8.self).trimmed.asciiLowercased
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
            position += 1
            skip { $0 == 0x20 || $0 == 0x09 }
            let value = isAt(UInt8(ascii: "\"")) ? quotedValue() : plainValue()
            if !name.isEmpty { return (name, value) }
        }
        return nil
    }

    private func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.count, condition(bytes[position]) { position += 1 }
    }

    private mutating func plainValue() -> String {
        let start = position
        skip { $0 != UInt8(ascii: ";") }
        return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
    }

    private mutating func quotedValue() -> String {
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count, hides(bytes[position + 1]) {
                position += 1
            }
            value.append(bytes[position])
            position += 1
        }
        position += 1
        skip { $0 != UInt8(ascii: ";") }
        return String(decoding: value, as: UTF8.self)
    }

    private func hides(_ byte: UInt8) -> Bool { quoting == .backslash || byte == UInt8(ascii: "\"") }
}
