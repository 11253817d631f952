extension JSONReader {
    /// Takes a string.
    ///
    /// A `\u` escape of half a surrogate pair becomes U+FFFD: RFC 8259 section 8.2 leaves it open, and a broken emoji
    /// is no reason to lose the text around it. Bytes that are not UTF-8 are refused.
    public mutating func readString() throws(JSONError) -> String {
        guard try peekByte() == UInt8(ascii: "\"") else { throw try mismatch(.string) }
        let token = try scanString()
        if !token.isEscaped {
            return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0[token.range], as: UTF8.self) }
        }
        unescape(token.range)
        return String(decoding: scratch, as: UTF8.self)
    }

    /// Takes the string that comes next and gives its index in a table, or -1.
    mutating func takeIndex(in table: JSONKeyTable) throws(JSONError) -> Int {
        let token = try scanString()
        if !token.isEscaped { return table.index(of: bytes, token.range) }
        unescape(token.range)
        return table.index(of: scratch, scratch.indices)
    }

    /// Takes the string that comes next and tells whether it is the given one.
    mutating func takeString(equals other: StaticString) throws(JSONError) -> Bool {
        let token = try scanString()
        if token.isEscaped {
            unescape(token.range)
            return other.withUTF8Buffer { unsafe scratch.elementsEqual($0) }
        }
        guard token.range.count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { unsafe bytes[token.range].elementsEqual($0) }
    }

    /// The bytes between the quotes of a string.
    struct StringToken {
        let range: Range<Int>
        let isEscaped: Bool
    }

    /// Passes over a string, whose opening quote comes next, checking escapes and UTF-8.
    mutating func scanString() throws(JSONError) -> StringToken {
        let start = position + 1
        let (end, isEscaped, fault) = unsafe bytes.withUnsafeBufferPointer { unsafe Self.scan($0, from: start) }
        if let fault { throw JSONError(fault, at: end) }
        position = end + 1
        return StringToken(range: start..<end, isEscaped: isEscaped)
    }

    /// Finds the closing quote; on a fault its offset and kind.
    private static func scan(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> (Int, Bool, JSONError.Kind?) {
        var index = start
        var isEscaped = false
        let count = text.count
        while index < count {
            let byte = unsafe text[index]
            if byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                return (index, isEscaped, nil)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                guard index + 1 < count else { return (count, isEscaped, .unexpectedEnd) }
                switch unsafe text[index + 1] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
                    UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                    index += 2
                case UInt8(ascii: "u"):
                    guard index + 6 <= count else { return (count, isEscaped, .unexpectedEnd) }
                    for place in index + 2..<index + 6 where unsafe hexValue(text[place]) == nil {
                        return (place, isEscaped, .invalidEscape)
                    }
                    index += 6
                default: return (index + 1, isEscaped, .invalidEscape)
                }
            } else if byte < 0x20 {
                return (index, isEscaped, .unexpectedByte(byte))
            } else {
                let length = unsafe sequenceLength(text, at: index)
                if length == 0 { return (index, isEscaped, .invalidUTF8) }
                index += length
            }
        }
        return (count, isEscaped, .unexpectedEnd)
    }

    /// The length of the UTF-8 sequence at an index, 0 if it is none (Unicode 15 table 3-7).
    private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let first = unsafe text[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            second = 0xA0...0xBF
        case 0xED:
            length = 3
            second = 0x80...0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            second = 0x90...0xBF
        case 0xF1...0xF3: length = 4
        case 0xF4:
            length = 4
            second = 0x80...0x8F
        default: return 0
        }
        guard index + length <= text.count, unsafe second.contains(text[index + 1]) else { return 0 }
        for place in index + 2..<max(index + length, index + 2) where unsafe text[place] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// Writes the meaning of a checked string token to `scratch`.
    private mutating func unescape(_ range: Range<Int>) {
        scratch.removeAll(keepingCapacity: true)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "\\") else {
                scratch.append(byte)
                index += 1
                continue
            }
            let escape = bytes[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "b"): scratch.append(0x08)
            case UInt8(ascii: "f"): scratch.append(0x0C)
            case UInt8(ascii: "n"): scratch.append(0x0A)
            case UInt8(ascii: "r"): scratch.append(0x0D)
            case UInt8(ascii: "t"): scratch.append(0x09)
            case UInt8(ascii: "u"): appendUnicode(&index, range.upperBound)
            default: scratch.append(escape)
            }
        }
    }

    /// Appends the scalar of a `\u` escape, or of two that make a surrogate pair; `index` stands after the first `u`.
    private mutating func appendUnicode(_ index: inout Int, _ end: Int) {
        var code = hexQuad(at: index)
        index += 4
        if code & 0xFC00 == 0xD800, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            let low = hexQuad(at: index + 2)
            if low & 0xFC00 == 0xDC00 {
                code = 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF))
                index += 6
            }
        }
        if code & 0xFFFF_F800 == 0xD800 { code = 0xFFFD }
        switch code {
        case ..<0x80:
            scratch.append(UInt8(truncatingIfNeeded: code))
        case ..<0x800:
            scratch.append(UInt8(truncatingIfNeeded: 0xC0 | code >> 6))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code & 0x3F))
        case ..<0x10000:
            scratch.append(UInt8(truncatingIfNeeded: 0xE0 | code >> 12))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code & 0x3F))
        default:
            scratch.append(UInt8(truncatingIfNeeded: 0xF0 | code >> 18))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code >> 12 & 0x3F))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F))
            scratch.append(UInt8(truncatingIfNeeded: 0x80 | code & 0x3F))
        }
    }

    private func hexQuad(at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for place in index..<index + 4 { value = value << 4 | UInt32(Self.hexValue(bytes[place]) ?? 0) }
        return value
    }

    @inline(__always)
    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
