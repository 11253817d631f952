extension FormattedText {
    /// Most characters in one message, counted here in UTF-16 code units.
    ///
    /// Telegram counts code points, of which there are never more, so a part within this limit is always accepted.
    public static let messageLimit = 4096
    /// Most characters in a caption.
    public static let captionLimit = 1024

    /// Parts of at most `limit` UTF-16 code units, divided at paragraphs, lines, sentences or words where possible.
    ///
    /// No character is divided (unless it alone is longer than the limit), entities continue in the next part, white
    /// space at the borders is dropped outside code blocks, and a part without visible characters is left out.
    public func split(limit: Int = messageLimit) -> [FormattedText] {
        precondition(limit >= 2, "a limit of at least 2 UTF-16 code units is needed")
        let borders = TextBorders(source: self)
        var parts: [FormattedText] = []
        var start = 0
        while start < length {
            let end = borders.end(from: start, limit: limit)
            let part = slice(start..<end).trimmedAtEnd()
            if !part.isBlank { parts.append(part) }
            start = end < length ? startOfNextPart(at: end) : end
        }
        return parts
    }

    /// The part that begins at an offset and fills one message, and where the part after it begins.
    ///
    /// What `split` does, one part at a time, for a text that still grows: as long as the characters before the end of
    /// a part stay what they are, so does the part.
    public func part(from start: Int, limit: Int = messageLimit) -> (text: FormattedText, end: Int, next: Int) {
        precondition(limit >= 2, "a limit of at least 2 UTF-16 code units is needed")
        let end = TextBorders(source: self).end(from: start, limit: limit)
        return (slice(start..<end).trimmedAtEnd(), end, end < length ? startOfNextPart(at: end) : end)
    }

    /// The text cut to `limit` UTF-16 code units at a word where possible, with an ellipsis where something is missing.
    public func truncated(to limit: Int = captionLimit, ellipsis: String = "…") -> FormattedText {
        guard length > limit else { return self }
        let room = limit - ellipsis.utf16.count
        guard room >= 2 else { return slice(0..<0) }
        var cut = slice(0..<TextBorders(source: self).end(from: 0, limit: room)).trimmedAtEnd()
        cut.append(ellipsis)
        return cut
    }

    /// After a border: past the white space, or inside a code block past one line's end, so that indentation stays.
    private func startOfNextPart(at border: Int) -> Int {
        let start = text.utf16.index(text.startIndex, offsetBy: border)
        let isInBlock = entities.contains { entity in
            if case .pre = entity.kind { entity.offset < border && border < entity.end } else { false }
        }
        if isInBlock {
            guard start < text.endIndex, text[start].isNewline else { return border }
            return text.index(after: start).utf16Offset(in: text)
        }
        let next = text[start...].firstIndex { !$0.isBlank } ?? text.endIndex
        return next.utf16Offset(in: text)
    }

    /// The text without white space at its end.
    func trimmedAtEnd() -> FormattedText {
        guard text.last?.isBlank == true else { return self }
        guard let last = text.lastIndex(where: { !$0.isBlank }) else { return FormattedText() }
        return slice(0..<text.index(after: last).utf16Offset(in: text))
    }
}
