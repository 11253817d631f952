/// The line that separates the parts of a form (RFC 2046, section 5.1.1), and the bytes around each part.
public struct MultipartBoundary: Sendable, Hashable {
    /// The boundary without its leading dashes, 1 to 70 characters.
    public let text: String

    /// Takes a boundary from a `Content-Type` parameter; nil when it is empty, too long or has a character not allowed.
    public init?(_ text: String) {
        let isAllowed: (UInt8) -> Bool = { byte in
            if byte.isDigit || byte.isASCIILetter { return true }
            switch byte {
            case 0x20, 0x27, 0x28, 0x29, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x3F, 0x5F: return true
            default: return false
            }
        }
        guard (1...70).contains(text.utf8.count), text.utf8.allSatisfy(isAllowed), text.last != " " else { return nil }
        self.text = text
    }

    /// A boundary of 128 random bits, which no content contains but by miracle.
    public static func random(using generator: inout some RandomNumberGenerator) -> MultipartBoundary {
        var digits: [UInt8] = Array("quartet-".utf8)
        for _ in 0..<2 {
            var word: UInt64 = generator.next()
            for _ in 0..<16 {
                digits.append(.hexadecimalDigit(UInt8(word & 15)))
                word >>= 4
            }
        }
        return MultipartBoundary(checked: String(decoding: digits, as: UTF8.self))
    }

    /// A boundary from the system's random numbers.
    public static func random() -> MultipartBoundary {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    private init(checked text: String) { self.text = text }

    /// The request's content type.
    public var contentType: MediaType { MediaType("multipart", "form-data", [.init("boundary", text)]) }

    /// What goes before a part's content: the separating line, its fields, and an empty line.
    public func head(of part: MultipartPart) -> [UInt8] {
        var text = "--\(text)\r\nContent-Disposition: \(part.disposition)\r\n"
        if let type = part.contentType { text += "Content-Type: \(type)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// What goes after each part's content.
    public static let partEnd: [UInt8] = [0x0D, 0x0A]

    /// What goes after the last part.
    public var end: [UInt8] { Array("--\(text)--\r\n".utf8) }
}
