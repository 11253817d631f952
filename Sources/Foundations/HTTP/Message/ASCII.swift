extension UInt8 {
    package var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    package var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// The value of a hexadecimal digit, nil for anything else.
    package var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    /// The digit `0…9A…F` for a value below 16.
    package static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x37 }

    package var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// `tchar` of RFC 9110, section 5.6.2.
    package var isTokenCharacter: Bool {
        if isDigit || isASCIILetter { return true }
        switch self {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: return true
        default: return false
        }
    }
}

extension String {
    package func equalsIgnoringASCIICase(_ other: String) -> Bool {
        let (left, right) = (utf8, other.utf8)
        guard left.count == right.count else { return false }
        var position = right.startIndex
        for byte in left {
            let candidate = right[position]
            if byte != candidate, byte.asciiLowercased != candidate.asciiLowercased { return false }
            right.formIndex(after: &position)
        }
        return true
    }

    package var asciiLowercased: String {
        utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
            ? String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self) : self
    }

    /// Without spaces and tabs at both ends.
    package var trimmed: String { String(Substring(self).trimmed) }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    package var trimmed: Substring {
        var bytes = utf8
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return Substring(bytes)
    }
}
