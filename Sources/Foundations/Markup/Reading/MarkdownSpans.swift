/// Marks inside a line of Markdown: emphasis, code, links, strikethrough, spoilers.
enum MarkdownSpans {

    private static let marks: [(mark: String, kind: TextEntity.Kind)] = [
        ("**", .bold), ("__", .bold), ("~~", .strikethrough), ("||", .spoiler), ("*", .italic), ("_", .italic),
    ]

    /// The words of a line with their formatting.
    ///
    /// - Parameter isOpen: Whether more may follow: then a mark without a partner formats all to the end.
    static func text(_ source: Substring, isOpen: Bool) -> FormattedText {
        let characters = Array(source)
        let openings = pairs(characters, isOpen: isOpen)
        var text = ""
        var length = 0
        var entities: [TextEntity] = []
        var starts: [Int: Int] = [:]
        func add(_ piece: some StringProtocol) {
            text += piece
            length += piece.utf16.count
        }
        for token in openings {
            switch token {
            case .text(let piece): add(piece)
            case .code(let piece):
                let start = length
                add(piece)
                if length > start { entities.append(TextEntity(.code, start..<length)) }
            case .link(let words, let url):
                let inner = self.text(words[...], isOpen: false)
                let start = length
                for entity in inner.entities {
                    entities.append(TextEntity(entity.kind, entity.offset + start..<entity.end + start))
                }
                add(inner.text)
                if length > start { entities.append(TextEntity(.link(url: url), start..<length)) }
            case .begin(let number): starts[number] = length
            case .end(let number, let kind):
                if let start = starts[number], length > start { entities.append(TextEntity(kind, start..<length)) }
            }
        }
        return FormattedText(text, entities: entities)
    }

    private enum Token {
        case text(String)
        case code(String)
        case link(words: String, url: String)
        case begin(Int)
        case end(Int, TextEntity.Kind)
    }

    /// The line as tokens in which every mark has its partner; the others have become text.
    private static func pairs(_ line: [Character], isOpen: Bool) -> [Token] {
        var tokens: [Token] = []
        var waiting: [(mark: String, kind: TextEntity.Kind, token: Int)] = []
        var number = 0
        var index = 0
        func literal(_ piece: String) {
            if case .text(let last)? = tokens.last {
                tokens[tokens.count - 1] = .text(last + piece)
            } else {
                tokens.append(.text(piece))
            }
        }
        while index < line.count {
            let character = line[index]
            if character == "\\", index + 1 < line.count, line[index + 1].isMarkdownPunctuation {
                literal(String(line[index + 1]))
                index += 2
            } else if character == "`", let code = codeSpan(line, at: index, isOpen: isOpen) {
                tokens.append(.code(code.words))
                index = code.end
            } else if character == "[", let link = link(line, at: index) {
                tokens.append(.link(words: link.words, url: link.url))
                index = link.end
            } else if let (mark, kind) = marks.first(where: { line[index...].starts(with: $0.mark) }) {
                let end = index + mark.count
                let before = index > 0 ? line[index - 1] : nil
                let after = end < line.count ? line[end] : nil
                let isWordInside = mark.contains("_") && before?.isWordPart == true && after?.isWordPart == true
                if let place = waiting.lastIndex(where: { $0.mark == mark }), before?.isBlank == false, !isWordInside {
                    // Marks that were opened inside and never closed are characters.
                    for lost in waiting[(place + 1)...] { tokens[lost.token] = .text(lost.mark) }
                    let opened = waiting[place]
                    waiting.removeSubrange(place...)
                    if case .begin(let begun) = tokens[opened.token] { tokens.append(.end(begun, kind)) }
                } else if let after, !after.isBlank, !isWordInside, !(mark.contains("_") && before?.isWordPart == true)
                {
                    waiting.append((mark, kind, tokens.count))
                    tokens.append(.begin(number))
                    number += 1
                } else if after == nil, isOpen {
                    // A mark at the very end is about to open or to close something; it is not shown yet.
                } else {
                    literal(mark)
                }
                index = end
            } else {
                literal(String(character))
                index += 1
            }
        }
        for lost in waiting.reversed() {
            if isOpen, case .begin(let begun) = tokens[lost.token] {
                tokens.append(.end(begun, lost.kind))
            } else {
                tokens[lost.token] = .text(lost.mark)
            }
        }
        return tokens
    }

    /// Words between runs of backticks of one length.
    private static func codeSpan(_ line: [Character], at start: Int, isOpen: Bool) -> (words: String, end: Int)? {
        let run = line[start...].prefix { $0 == "`" }.count
        var index = start + run
        while index < line.count {
            if line[index] == "`" {
                let closing = line[index...].prefix { $0 == "`" }.count
                if closing == run { return (String(line[(start + run)..<index]).trimmedOfOneSpace, index + run) }
                index += closing
            } else {
                index += 1
            }
        }
        return isOpen && start + run < line.count ? (String(line[(start + run)...]), line.count) : nil
    }

    /// `[words](url)` with an address that Telegram opens.
    private static func link(_ line: [Character], at start: Int) -> (words: String, url: String, end: Int)? {
        var depth = 0
        var index = start
        var close: Int?
        while index < line.count {
            switch line[index] {
            case "\\": index += 1
            case "[": depth += 1
            case "]":
                depth -= 1
                if depth == 0 { close = index }
            default: break
            }
            if close != nil { break }
            index += 1
        }
        guard let close, close + 1 < line.count, line[close + 1] == "(" else { return nil }
        var end = close + 2
        var parentheses = 1
        while end < line.count {
            if line[end] == "(" { parentheses += 1 }
            if line[end] == ")" { parentheses -= 1 }
            if parentheses == 0 { break }
            end += 1
        }
        guard end < line.count else { return nil }
        let address = String(line[(close + 2)..<end])
        // A title behind the address is left out.
        let url = address.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
        let words = String(line[(start + 1)..<close])
        guard !words.isEmpty, ["https://", "http://", "tg://", "mailto:"].contains(where: url.lowercased().hasPrefix)
        else { return nil }
        return (words, url, end + 1)
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber }
    fileprivate var isMarkdownPunctuation: Bool { isASCII && (isPunctuation || isSymbol) }
}

extension String {
    /// Without one space at each end, where both are there and it is not all white space (CommonMark 6.1).
    fileprivate var trimmedOfOneSpace: String {
        hasPrefix(" ") && hasSuffix(" ") && count > 2 && contains(where: { $0 != " " })
            ? String(dropFirst().dropLast()) : self
    }
}
