/// Percent coding (RFC 3986, section 2) for the places of a URL, and the form variant with `+` for a space.
public enum Percent {
    /// Where a text is to stand, which decides what must be escaped.
    public enum Place: Sendable {
        /// Between two slashes of a path: a slash within is escaped.
        case pathSegment
        /// A whole path: slashes stay.
        case path
        /// A name or a value in a query, a space as `%20`.
        case queryComponent
        /// A name or a value of a form, a space as `+` (`application/x-www-form-urlencoded`).
        case form
    }

    /// Escapes every byte of the UTF-8 text that is not allowed in its place.
    public static func encode(_ text: String, for place: Place) -> String {
        if text.utf8.allSatisfy({ isAllowed($0, in: place) }) { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 {
            if isAllowed(byte, in: place) {
                result.append(byte)
            } else if byte == 0x20, place == .form {
                result.append(UInt8(ascii: "+"))
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(.hexadecimalDigit(byte >> 4))
                result.append(.hexadecimalDigit(byte & 15))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Undoes the escapes; nil when an escape is cut or not hexadecimal, or when the bytes are not UTF-8.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }) else {
            return String(text)
        }
        guard let bytes = decodeBytes(text, plusIsSpace: plusIsSpace, strict: true) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Undoes the escapes that are well-formed and leaves the rest, as browsers do; bad UTF-8 is replaced by U+FFFD.
    public static func decodeLeniently(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }),
            let bytes = decodeBytes(text, plusIsSpace: plusIsSpace, strict: false)
        else { return String(text) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decodeBytes(_ text: some StringProtocol, plusIsSpace: Bool, strict: Bool) -> [UInt8]? {
        let source = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == UInt8(ascii: "%") {
                if index + 2 < source.count, let high = source[index + 1].hexadecimalValue,
                    let low = source[index + 2].hexadecimalValue
                {
                    result.append(high << 4 | low)
                    index += 3
                    continue
                }
                if strict { return nil }
            }
            result.append(byte == UInt8(ascii: "+") && plusIsSpace ? 0x20 : byte)
            index += 1
        }
        return result
    }

    private static func isAllowed(_ byte: UInt8, in place: Place) -> Bool {
        if byte.isDigit || byte.isASCIILetter { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): return true
        case UInt8(ascii: "~"): return place != .form
        case UInt8(ascii: "*"): return place == .form
        case UInt8(ascii: "/"): return place == .path
        // Sub-delimiters and `:@` are data in a path (RFC 3986, `pchar`).
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="),
            UInt8(ascii: ":"), UInt8(ascii: "@"):
            return place == .path || place == .pathSegment
        default: return false
        }
    }
}
