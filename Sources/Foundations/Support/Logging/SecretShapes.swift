/// The shapes of text that give a secret away whoever wrote it.
///
/// Bot tokens (`123456:AA…`, also in `/bot…/` and `/file/bot…/` paths), the user part of URLs, and values after
/// names such as `apikey`, `x-api-key` and `Authorization`.
enum SecretShapes {
    /// What a name announces.
    private enum Announcement {
        /// A value after `=`, `:` or a comma, with or without quotes.
        case value
        /// The same, but only where it cannot be prose: after `=`, or after a quoted name.
        case strictValue
        /// Everything to the end of the line or the quotes.
        case line
        /// A word after a space.
        case word
    }

    private static let names: [(name: String, announces: Announcement)] = [
        ("apikey", .value), ("api_key", .value), ("api-key", .value), ("secret_token", .value),
        ("secret-token", .value), ("authorization", .line), ("bearer", .word), ("token", .strictValue),
        ("password", .strictValue), ("secret", .strictValue), ("passwd", .strictValue),
    ]

    /// The part to hide of a secret whose shape starts at `start`, or nil when none does.
    static func match(in text: [UInt8], at start: Int) -> Range<Int>? {
        let byte = text[start]
        if isDigit(byte) { return start > 0 && isDigit(text[start - 1]) ? nil : botToken(in: text, at: start) }
        if byte == UInt8(ascii: ":") { return userPart(in: text, at: start) }
        guard start + 1 < text.count else { return nil }
        // The first two letters of a name rule most text out.
        switch (lowered(byte), lowered(text[start + 1])) {
        case (UInt8(ascii: "a"), UInt8(ascii: "p")), (UInt8(ascii: "a"), UInt8(ascii: "u")),
            (UInt8(ascii: "b"), UInt8(ascii: "e")), (UInt8(ascii: "p"), UInt8(ascii: "a")),
            (UInt8(ascii: "s"), UInt8(ascii: "e")), (UInt8(ascii: "t"), UInt8(ascii: "o")):
            return announced(in: text, at: start)
        default: return nil
        }
    }

    /// `digits:letters`; short ones count only in a path, where nothing else looks like that.
    private static func botToken(in text: [UInt8], at start: Int) -> Range<Int>? {
        var position = start
        while position < text.count, isDigit(text[position]) { position += 1 }
        let isInPath = start >= 4 && hasPrefix(text, at: start - 4, "/bot".utf8)
        guard position - start >= 3 || isInPath else { return nil }
        if position < text.count, text[position] == UInt8(ascii: ":") {
            position += 1
        } else if hasPrefix(text, at: position, "%3a".utf8) {
            position += 3
        } else {
            return nil
        }
        let tail = position
        while position < text.count, isTokenByte(text[position]) { position += 1 }
        return position - tail >= 30 || (isInPath && position > tail) ? start..<position : nil
    }

    /// `://user:password@`, the user name included, since some services take a token as the user.
    private static func userPart(in text: [UInt8], at start: Int) -> Range<Int>? {
        guard hasPrefix(text, at: start, "://".utf8) else { return nil }
        let from = start + 3
        var end = from
        while end < text.count, !isBreak(text[end]) { end += 1 }
        let host = text[from..<end].firstIndex { "/?#".utf8.contains($0) } ?? end
        if let at = text[from..<host].lastIndex(of: UInt8(ascii: "@")) { return at > from ? from..<at : nil }
        // A password with an unescaped slash: what follows the colon is then no port.
        guard let colon = text[from..<host].lastIndex(of: UInt8(ascii: ":")),
            !text[(colon + 1)..<host].allSatisfy(isDigit), text[from] != UInt8(ascii: "["),
            let at = text[host..<end].lastIndex(of: UInt8(ascii: "@"))
        else { return nil }
        return from..<at
    }

    private static func announced(in text: [UInt8], at start: Int) -> Range<Int>? {
        for (name, announces) in names where hasPrefix(text, at: start, name.utf8) {
            let end = start + name.utf8.count
            switch announces {
            case .value: return value(in: text, after: end, isStrict: false)
            case .strictValue: return value(in: text, after: end, isStrict: true)
            case .line: return line(in: text, after: end)
            case .word: return word(in: text, after: end)
            }
        }
        return nil
    }

    private static func value(in text: [UInt8], after end: Int, isStrict: Bool) -> Range<Int>? {
        var position = end
        var isQuoted = false
        while position < text.count, isQuote(text[position]) {
            isQuoted = true
            position += 1
        }
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
        guard position < text.count else { return nil }
        switch text[position] {
        case UInt8(ascii: "="): break
        case UInt8(ascii: ":"), UInt8(ascii: ","): if isStrict && !isQuoted { return nil }
        case UInt8(ascii: "%") where hasPrefix(text, at: position, "%3d".utf8): position += 2
        default: return nil
        }
        position += 1
        while position < text.count, text[position] == UInt8(ascii: " ") || isQuote(text[position]) { position += 1 }
        let from = position
        while position < text.count, !isBreak(text[position]), !"&,;)}]".utf8.contains(text[position]) {
            position += 1
        }
        return position > from ? from..<position : nil
    }

    private static func line(in text: [UInt8], after end: Int) -> Range<Int>? {
        var position = end
        while position < text.count, isQuote(text[position]) || " :=,".utf8.contains(text[position]) { position += 1 }
        guard position > end else { return nil }  // “authorizations” and the like
        let from = position
        while position < text.count, text[position] >= 0x20, !isQuote(text[position]) { position += 1 }
        return position > from ? from..<position : nil
    }

    private static func word(in text: [UInt8], after end: Int) -> Range<Int>? {
        guard end < text.count, text[end] == UInt8(ascii: " ") else { return nil }
        var position = end + 1
        while position < text.count, !isBreak(text[position]) { position += 1 }
        return position - end > 8 ? (end + 1)..<position : nil
    }

    /// Compares without regard to the case of ASCII letters; `prefix` is in lower case.
    private static func hasPrefix(_ text: [UInt8], at start: Int, _ prefix: some Collection<UInt8>) -> Bool {
        guard start + prefix.count <= text.count else { return false }
        return zip(text[start...], prefix).allSatisfy { lowered($0) == $1 }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
            || byte == UInt8(ascii: "`")
    }

    /// White space, quotes and brackets, at which a URL or a value in running text ends.
    private static func isBreak(_ byte: UInt8) -> Bool {
        byte <= 0x20 || isQuote(byte) || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    }
}
