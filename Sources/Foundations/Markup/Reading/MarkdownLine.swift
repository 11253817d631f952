/// A line of Markdown outside fenced code: what kind of block it is, and its words.
///
/// Language models write a paragraph as one line, so a line is a block here and keeps its line break.
struct MarkdownLine {
    private enum Block {
        case paragraph
        case heading
        case quote
        /// With what stands in front of it.
        case item(String)
        case rule
    }

    private let block: Block
    private let words: Substring

    init(_ line: String) {
        let indent = line.prefix { $0 == " " || $0 == "\t" }
        let rest = line[indent.endIndex...]
        let shift = String(repeating: "  ", count: indent.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) } / 2)
        if Self.isRule(rest) {
            (block, words) = (.rule, "")
        } else if let heading = Self.afterHeadingMark(rest) {
            (block, words) = (.heading, heading)
        } else if rest.hasPrefix(">") {
            (block, words) = (.quote, rest.dropFirst().drop { $0 == " " })
        } else if let first = rest.first, "-*+".contains(first), rest.dropFirst().first == " " {
            (block, words) = (.item(shift + "• "), rest.dropFirst(2))
        } else if let number = Self.itemNumber(rest) {
            (block, words) = (.item(shift + number + " "), rest.dropFirst(number.count + 1))
        } else {
            (block, words) = (.paragraph, rest)
        }
    }

    /// Nothing but white space.
    var isBlank: Bool {
        if case .paragraph = block { words.allSatisfy(\.isBlank) } else { false }
    }

    /// The line as formatted text.
    ///
    /// - Parameters:
    ///   - isOpen: Whether more may follow, so that a mark without a partner already shows its effect.
    ///   - keepsSpaces: Whether white space at the end stays, because the line goes on.
    func text(isOpen: Bool, keepsSpaces: Bool = false) -> FormattedText {
        var source = words
        if !keepsSpaces { while let last = source.last, last.isBlank { source.removeLast() } }
        switch block {
        case .paragraph: return MarkdownSpans.text(source, isOpen: isOpen)
        case .heading: return MarkdownSpans.text(source, isOpen: isOpen).formatted(.bold)
        case .quote: return MarkdownSpans.text(source, isOpen: isOpen).formatted(.quote)
        case .item(let mark): return FormattedText(mark) + MarkdownSpans.text(source, isOpen: isOpen)
        case .rule: return FormattedText("———")
        }
    }

    /// Three or more of one of `-`, `*`, `_`, perhaps with spaces between them.
    private static func isRule(_ line: Substring) -> Bool {
        let marks = line.filter { !$0.isBlank }
        guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }

    /// What follows one to six `#` and a space.
    private static func afterHeadingMark(_ line: Substring) -> Substring? {
        let marks = line.prefix { $0 == "#" }
        guard (1...6).contains(marks.count), line[marks.endIndex...].first == " " else { return nil }
        return line[marks.endIndex...].drop { $0 == " " }
    }

    /// `12.` or `12)` with a space behind it.
    private static func itemNumber(_ line: Substring) -> String? {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let dot = line[digits.endIndex...].first, dot == "." || dot == ")",
            line[digits.endIndex...].dropFirst().first == " "
        else { return nil }
        return digits + String(dot)
    }
}
