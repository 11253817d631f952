/// Bytes of a text, readable past the end: there a zero stands, which ends every scan.
struct ByteText {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    var count: Int { bytes.count }

    subscript(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// The character that begins at a byte which is none of ASCII.
    func scalar(at index: Int) -> Unicode.Scalar {
        let first = UInt32(self[index])
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var value = first & (0x7F >> UInt32(length))
        for next in 1..<length { value = value << 6 | UInt32(self[index + next] & 0x3F) }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The character that ends before a byte, where that is none of ASCII.
    func scalar(before index: Int) -> Unicode.Scalar {
        var start = index - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(at: start)
    }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
}

extension UInt8 {
    /// How far this byte moves a UTF-16 offset: 1 or 2 for the first byte of a character, 0 for the others.
    var utf16Step: Int { self & 0xC0 == 0x80 ? 0 : (self >= 0xF0 ? 2 : 1) }
    var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) || self == 0 }
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Lets a parser compare bytes with characters: `byte == "*"`.
    static func == (byte: UInt8, character: Unicode.Scalar) -> Bool { UInt32(byte) == character.value }
    static func != (byte: UInt8, character: Unicode.Scalar) -> Bool { UInt32(byte) != character.value }
}
