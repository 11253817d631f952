/// Markdown that arrives piece by piece, as language models write it, made into formatted text at every moment.
///
/// Blocks (paragraphs, headings, list items, quotations, fenced code) are settled when the next one begins, and never
/// change again; in the last one, marks that wait for their partner already show their effect. What is wrong is shown
/// as it was written: there is no input that is refused.
///
/// Source of the syntax: CommonMark 0.31, as far as Telegram can show it, with `~~` and `||` of Telegram's own.
public struct MarkdownStream: Sendable {
    /// Longest source of an open block in bytes; a longer one is settled at the last space, its marks closed.
    static let longestBlock = 3000

    /// The settled part.
    private var settled = FormattedText()
    /// The source of the last line or lines that are not settled.
    private var open: [UInt8] = []
    /// The open fenced block: where its code begins in `settled`, its language, and how long its fence is.
    private var fence: Fence?
    /// Whether a line break is due before the next block.
    private var pendingBreaks = 0
    private var isFinished = false

    private struct Fence {
        var start: Int
        var language: String?
        var mark: UInt8
        var length: Int
    }

    /// No text yet.
    public init() {}

    /// Adds a piece; it may end anywhere, also inside a mark.
    public mutating func append(_ piece: some StringProtocol) {
        precondition(!isFinished, "nothing follows the end")
        open.append(contentsOf: piece.utf8)
        settleLines()
        if open.count > Self.longestBlock, fence == nil { settleLongBlock() }
    }

    /// Tells that nothing follows, so that marks without a partner are characters.
    public mutating func finish() {
        guard !isFinished else { return }
        isFinished = true
        if !open.isEmpty {
            settleLine(String(decoding: open, as: UTF8.self))
            open = []
        }
        closeFence()
    }

    /// How much of `text` will not change any more, in UTF-16 code units.
    public var settledLength: Int { settled.length }

    /// Settles what is open now, so that a border may be drawn behind it.
    public mutating func settle() {
        guard fence == nil, !open.isEmpty else { return }
        settleLongBlock()
    }

    /// Everything so far.
    public var text: FormattedText {
        var text = settled
        if let fence {
            var code = text
            if !open.isEmpty { code.append(String(decoding: open, as: UTF8.self).trimmingLineEnd()) }
            return Self.fenced(code, fence)
        }
        guard !open.isEmpty else { return text }
        let line = String(decoding: open, as: UTF8.self)
        if Self.fenceMark(line) != nil { return text }
        let block = MarkdownLine(line)
        text.append(breaks(before: block))
        text.append(block.text(isOpen: !isFinished))
        return text
    }

    // MARK: Settling

    private mutating func settleLines() {
        while let end = open.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: open[..<end], as: UTF8.self)
            open.removeSubrange(...end)
            settleLine(line.hasSuffix("\r") ? String(line.dropLast()) : line)
        }
    }

    private mutating func settleLine(_ line: String) {
        if let fence {
            if let mark = Self.fenceMark(line), mark.mark == fence.mark, mark.length >= fence.length, mark.info.isEmpty
            {
                closeFence()
            } else {
                if settled.length > fence.start { settled.append("\n") }
                settled.append(line)
                // An empty first line is code too.
                if settled.length == fence.start { settled.append("\n") }
            }
            return
        }
        if let mark = Self.fenceMark(line) {
            settled.append(breaks(before: MarkdownLine("x")))
            pendingBreaks = 0
            let language = mark.info.split(separator: " ").first.map(String.init)
            fence = Fence(start: settled.length, language: language, mark: mark.mark, length: mark.length)
            return
        }
        let block = MarkdownLine(line)
        if block.isBlank {
            // One empty line between blocks, however many were written.
            if !settled.isEmpty { pendingBreaks = 2 }
            return
        }
        settled.append(breaks(before: block))
        settled.append(block.text(isOpen: false))
        pendingBreaks = 1
    }

    private mutating func settleLongBlock() {
        // At the last white space, so that no word and no mark is divided.
        let border = open.lastIndex { $0 == UInt8(ascii: " ") }.map { $0 + 1 } ?? Self.scalarBorder(open)
        guard border > 0 else { return }
        let block = MarkdownLine(String(decoding: open[..<border], as: UTF8.self))
        settled.append(breaks(before: block))
        settled.append(block.text(isOpen: false, keepsSpaces: true))
        pendingBreaks = 0
        open.removeSubrange(..<border)
    }

    /// The end of the last whole Unicode scalar.
    private static func scalarBorder(_ bytes: [UInt8]) -> Int {
        var end = bytes.count
        while end > 0, bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
        return max(0, end - 1)
    }

    private mutating func closeFence() {
        guard let fence else { return }
        settled = Self.fenced(settled, fence)
        self.fence = nil
        pendingBreaks = 1
    }

    private static func fenced(_ text: FormattedText, _ fence: Fence) -> FormattedText {
        guard text.length > fence.start else { return text }
        let entity = TextEntity(.pre(language: fence.language), fence.start..<text.length)
        return FormattedText(text.text, entities: text.entities + [entity])
    }

    private func breaks(before block: MarkdownLine) -> String {
        settled.isEmpty || block.isBlank ? "" : String(repeating: "\n", count: pendingBreaks)
    }

    /// Three or more backticks or tildes at the start of a line, with what follows them.
    private static func fenceMark(_ line: String) -> (mark: UInt8, length: Int, info: String)? {
        let bytes = Array(line.utf8)
        let indent = bytes.prefix { $0 == UInt8(ascii: " ") }.count
        guard indent <= 3, indent < bytes.count else { return nil }
        let mark = bytes[indent]
        guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let length = bytes[indent...].prefix { $0 == mark }.count
        guard length >= 3 else { return nil }
        let info = String(decoding: bytes[(indent + length)...], as: UTF8.self)
        // Backticks behind backticks are code inside a line.
        if mark == UInt8(ascii: "`"), info.contains("`") { return nil }
        return (mark, length, info.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}

extension FormattedText {
    /// The text that Markdown stands for; nothing is refused, what is wrong is shown as written.
    public init(markdown: String) {
        var stream = MarkdownStream()
        stream.append(markdown)
        stream.finish()
        self = stream.text
    }
}

extension String {
    fileprivate func trimmingLineEnd() -> String { hasSuffix("\r") ? String(dropLast()) : self }
}
