/// Tells why a text that names no file is none, as the service does: by the form of its identifiers.
enum FileIdentifier {
    /// How the identifiers of the simulator's files begin.
    static let prefixes = ["AgACAgIAAxkBAA", "BQACAgIAAxkBAA", "BAACAgIAAxkBAA"]

    /// Whether a text looks like an identifier, though it may be that of nothing.
    static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 54 && prefixes.contains { text.hasPrefix($0) }
            && text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == "-" || $0 == "_" }
    }

    /// What sending a file by an unknown identifier answers.
    static func refusal(_ text: String) -> APIError {
        if isWellFormed(text) { return .badRequest("wrong file identifier/HTTP URL specified") }
        // Whatever has a dot is taken for a link.
        if text.utf8.contains(0x2E) {
            let hasOtherScheme = text.range(of: "://") != nil && !text.lowercased().hasPrefix("http")
            return hasOtherScheme
                ? .badRequest("invalid file HTTP URL specified: Unsupported URL protocol")
                : .badRequest("wrong file identifier/HTTP URL specified")
        }
        return .badRequest("wrong remote file identifier specified: \(fault(text))")
    }

    /// What is wrong with a text as Base64 for URLs, or with what it holds.
    private static func fault(_ text: String) -> String {
        var bytes = Array(text.utf8)
        while bytes.last == 0x3D { bytes.removeLast() }
        if bytes.count & 3 == 1 { return "Wrong string length" }
        if bytes.count < text.utf8.count, text.utf8.count & 3 != 0 { return "Wrong padding length" }
        var last: UInt8 = 0
        for byte in bytes {
            guard let value = value(byte) else { return "Wrong character in the string" }
            last = value
        }
        let spare: UInt8 = bytes.count & 3 == 2 ? 0x0F : bytes.count & 3 == 3 ? 0x03 : 0
        if last & spare != 0 { return "Wrong padding in the string" }
        return "can't unserialize it. Wrong last symbol"
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2D: 62
        case 0x5F: 63
        default: nil
        }
    }
}
