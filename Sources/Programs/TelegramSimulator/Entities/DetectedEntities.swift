/// Finds what the service marks by itself: mentions, hashtags, cashtags, bot commands, links, addresses, numbers.
enum DetectedEntities {
    private struct Found {
        var kind: MessageEntity.Kind
        var range: Range<Int>
    }

    /// Names shorter than the common five that the service knows.
    private static let shortNames: Set<String> = ["gif", "pic", "vid", "bing", "wiki", "imdb", "bold"]
    private static let schemes: Set<String> = ["http", "https", "ftp", "tg", "ton", "tonsite"]
    static func find(in text: String) -> [MessageEntity] {
        guard text.utf8.contains(where: { $0 == "@" || $0 == "#" || $0 == "$" || $0 == "/" || $0 == "." || $0 == "+" })
        else {
            return []
        }
        let source = ByteText(text)
        var found: [Found] = []
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte.isSpace {
                index += 1
                continue
            }
            if isLinkStart(source, index), let link = link(source, index) {
                found.append(link)
                index = link.range.upperBound
                continue
            }
            let match: Found? =
                switch Unicode.Scalar(byte) {
                case "@": mention(source, index)
                case "#": hashtag(source, index)
                case "$": cashtag(source, index)
                case "+": phone(source, index)
                case "/": command(source, index)
                default: nil
                }
            if let match {
                found.append(match)
                index = match.range.upperBound
            } else {
                index += 1
            }
        }
        return entities(found, source)
    }

    private static func entities(_ found: [Found], _ source: ByteText) -> [MessageEntity] {
        var result: [MessageEntity] = []
        var offset = 0
        var byte = 0
        for item in found {
            while byte < item.range.lowerBound {
                offset += source[byte].utf16Step
                byte += 1
            }
            let start = offset
            while byte < item.range.upperBound {
                offset += source[byte].utf16Step
                byte += 1
            }
            result.append(MessageEntity(item.kind, start, offset - start))
        }
        return result
    }

    private static func isName(_ byte: UInt8) -> Bool { byte.isLetterOrDigit || byte == "_" }
    /// A byte of a host in any alphabet.
    private static func isHost(_ byte: UInt8) -> Bool { isName(byte) || byte >= 0x80 }

    /// Whether a letter, digit or underscore of any alphabet begins at a byte.
    private static func isWord(_ source: ByteText, at index: Int) -> Bool {
        let byte = source[index]
        return byte < 0x80 ? isName(byte) : source.scalar(at: index).isWord
    }

    /// The same of the character before a byte.
    private static func isWord(_ source: ByteText, before index: Int) -> Bool {
        guard index > 0 else { return false }
        let byte = source[index - 1]
        return byte < 0x80 ? isName(byte) : source.scalar(before: index).isWord
    }

    private static func isTag(_ source: ByteText, at index: Int) -> Bool {
        let byte = source[index]
        return byte < 0x80 ? isName(byte) : source.scalar(at: index).isTag
    }

    private static func isTag(_ source: ByteText, before index: Int) -> Bool {
        guard index > 0 else { return false }
        let byte = source[index - 1]
        return byte < 0x80 ? isName(byte) : source.scalar(before: index).isTag
    }

    /// Whether a link or an address may begin at a byte.
    private static func isLinkStart(_ source: ByteText, _ index: Int) -> Bool {
        guard isHost(source[index]), source[index].utf16Step > 0 else { return false }
        return index == 0 || !(isWord(source, before: index) || "@#$/.-".utf8.contains(source[index - 1]))
    }

    private static func mention(_ source: ByteText, _ index: Int) -> Found? {
        if isWord(source, before: index) { return nil }
        var end = index + 1
        while isName(source[end]) { end += 1 }
        let length = end - index - 1
        guard length <= 32, length >= 5 || (length == 4 || shortNames.contains(source.string(index + 1..<end))),
            length > 2
        else { return nil }
        return isWord(source, at: end) ? nil : Found(kind: .mention, range: index..<end)
    }

    private static func hashtag(_ source: ByteText, _ index: Int) -> Found? {
        if isTag(source, before: index) { return nil }
        var end = index + 1
        var last = end
        var hasLetter = false
        var length = 0
        while isTag(source, at: end) {
            let isLetter = source[end] < 0x80 ? source[end].isLetter : source.scalar(at: end).isLetter
            repeat { end += 1 } while source[end].utf16Step == 0
            length += 1
            // Of a longer one the beginning counts.
            guard length <= 256 else { continue }
            last = end
            if isLetter { hasLetter = true }
        }
        return hasLetter && source[end] != "#" ? Found(kind: .hashtag, range: index..<last) : nil
    }

    private static func cashtag(_ source: ByteText, _ index: Int) -> Found? {
        if isTag(source, before: index) || index > 0 && source[index - 1] == "$" { return nil }
        var end = index + 1
        while source[end].isLetter, source[end] < 0x61 { end += 1 }
        guard (1...8).contains(end - index - 1), !isTag(source, at: end), source[end] != "$" else { return nil }
        return Found(kind: .cashtag, range: index..<end)
    }

    /// A number in the international form, with nothing between its digits.
    private static func phone(_ source: ByteText, _ index: Int) -> Found? {
        guard index == 0 || !(isWord(source, before: index) || source[index - 1] == 0x2B) else { return nil }
        var end = index + 1
        while end < source.count, (0x30...0x39).contains(source[end]) { end += 1 }
        guard (8...15).contains(end - index - 1), end == source.count || !isWord(source, at: end) else { return nil }
        return Found(kind: .phoneNumber, range: index..<end)
    }

    private static func command(_ source: ByteText, _ index: Int) -> Found? {
        if index > 0 {
            let before = source[index - 1]
            if isWord(source, before: index) || before == "/" || before == "<" || before == ">" { return nil }
        }
        var end = index + 1
        while isName(source[end]) { end += 1 }
        guard (1...64).contains(end - index - 1) else { return nil }
        if source[end] == "@" {
            var nameEnd = end + 1
            while isName(source[nameEnd]) { nameEnd += 1 }
            if (3...32).contains(nameEnd - end - 1) { end = nameEnd }
        }
        let after = source[end]
        return isWord(source, at: end) || after == "/" || after == "<" || after == ">"
            ? nil : Found(kind: .botCommand, range: index..<end)
    }

    // MARK: Links and addresses

    private static func link(_ source: ByteText, _ index: Int) -> Found? {
        var end = index
        while end < source.count, !source[end].isSpace, !"<>\"«»".utf8.contains(source[end]) { end += 1 }
        let token = source.string(index..<end)
        guard token.utf8.contains(where: { $0 == "." || $0 == ":" }) else { return nil }
        if let mark = token.range(of: "://") {
            let scheme = token[..<mark.lowerBound].lowercased()
            guard schemes.contains(scheme) else { return nil }
            let start = token.utf8.distance(from: token.startIndex, to: mark.upperBound)
            if scheme == "tg" || scheme == "ton" {
                let length = trimmed(token)
                return length > start ? Found(kind: .url, range: index..<index + length) : nil
            }
            guard let length = webLink(String(token[mark.upperBound...]), hasScheme: true) else { return nil }
            return Found(kind: .url, range: index..<index + start + length)
        }
        let (_, hostEnd) = host(token)
        if let found = email(token, index) { return found }
        if token.utf8.dropFirst(hostEnd).first == 0x40 { return nil }
        return webLink(token, hasScheme: false).map { Found(kind: .url, range: index..<index + $0) }
    }

    /// The length in bytes of the link at the start of a text: host, port and path, without what ends a sentence.
    private static func webLink(_ text: String, hasScheme: Bool) -> Int? {
        let (host, _) = host(text)
        guard WebHost.isAllowed(host, hasScheme: hasScheme) else { return nil }
        let bytes = Array(text.utf8)
        var end = host.utf8.count
        if end < bytes.count, bytes[end] == ":" {
            var port = end + 1
            while port < bytes.count, bytes[port].isDigit { port += 1 }
            guard let number = Int(String(decoding: bytes[(end + 1)..<port], as: UTF8.self)),
                (1...65_535).contains(number)
            else { return end }
            end = port
        }
        guard end < bytes.count, bytes[end] == "/" || bytes[end] == "?" || bytes[end] == "#" else { return end }
        let start = end
        end = balancedEnd(bytes, from: start)
        while end > start, ".:;,('?!`".utf8.contains(bytes[end - 1]) { end -= 1 }
        return end == start + 1 && bytes[start] == "#" ? start : end
    }

    /// Where a path ends because a bracket closes that it did not open.
    private static func balancedEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var open: [Unicode.Scalar: Int] = [:]
        for index in start..<bytes.count {
            switch Unicode.Scalar(bytes[index]) {
            case "(", "[", "{": open[Unicode.Scalar(bytes[index]), default: 0] += 1
            case ")", "]", "}":
                let opening: Unicode.Scalar = bytes[index] == ")" ? "(" : bytes[index] == "]" ? "[" : "{"
                open[opening, default: 0] -= 1
                if open[opening, default: 0] < 0 { return index }
            default: break
            }
        }
        return bytes.count
    }

    /// An address of a mailbox: up to eleven parts before the sign, up to seven behind it.
    private static func email(_ token: String, _ index: Int) -> Found? {
        let bytes = Array(token.utf8)
        guard let at = bytes.firstIndex(of: 0x40) else { return nil }
        let parts = bytes[..<at].split(omittingEmptySubsequences: false) { $0 == "." || $0 == "+" }
        guard parts.count < 12, let last = parts.last, (1..<36).contains(last.count),
            parts.dropLast().allSatisfy({ $0.count < 27 }),
            parts.allSatisfy({ $0.allSatisfy { isName($0) || $0 == "-" } })
        else { return nil }
        var end = at + 1
        while end < bytes.count, isName(bytes[end]) || bytes[end] == "-" || bytes[end] == "." { end += 1 }
        while end > at, !bytes[end - 1].isLetterOrDigit { end -= 1 }
        let labels = bytes[(at + 1)..<max(end, at + 1)].split(separator: 0x2E, omittingEmptySubsequences: false)
        guard (2...7).contains(labels.count), let top = labels.last, (2...8).contains(top.count),
            top.allSatisfy(\.isLetter),
            labels.dropLast().allSatisfy({ label in
                (1..<31).contains(label.count) && label.first?.isLetterOrDigit == true
                    && label.last?.isLetterOrDigit == true
            })
        else { return nil }
        return Found(kind: .email, range: index..<index + end)
    }

    /// The host at the start of a text, without a closing dot, and where its characters end.
    private static func host(_ text: String) -> (String, Int) {
        let bytes = Array(text.utf8)
        var end = 0
        while end < bytes.count, isHost(bytes[end]) || bytes[end] == "." || bytes[end] == "-" { end += 1 }
        var length = end
        while length > 0, bytes[length - 1] == "." || bytes[length - 1] == "-" { length -= 1 }
        return (String(decoding: bytes[..<length], as: UTF8.self), end)
    }

    /// The length of a link in bytes without the punctuation that ends a sentence.
    private static func trimmed(_ token: String) -> Int {
        var bytes = Array(token.utf8)
        while let last = bytes.last {
            if ".,:;!?'`…".utf8.contains(last), last < 0x80 {
                bytes.removeLast()
            } else if last == ")", bytes.count(where: { $0 == "(" }) < bytes.count(where: { $0 == ")" }) {
                bytes.removeLast()
            } else {
                break
            }
        }
        return bytes.count
    }
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        // Russian is looked up nowhere.
        if (0x410...0x44F).contains(value) { return true }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// A letter, digit or other number.
    fileprivate var isWord: Bool {
        if isLetter { return true }
        return switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }

    /// What a hashtag may have: besides letters and digits the non-joiner, the middle dot and Sinhala signs.
    fileprivate var isTag: Bool {
        if isLetter || value == 0x200C || value == 0xB7 || (0xD80...0xDFF).contains(value) { return true }
        return properties.generalCategory == .decimalNumber
    }
}
