/// Finds where a text may be divided so that a reader notices least.
struct TextBorders {
    /// How much of a part a border must fill to be preferred over a worse border further on, in percent.
    ///
    /// A paragraph's end is worth half a message; a word's end is taken unless it leaves nearly nothing.
    static let paragraphFill = 50
    static let lineFill = 35
    static let sentenceFill = 50
    static let wordFill = 10

    let source: FormattedText

    /// The offset where the part that starts at `start` ends: at most `limit` UTF-16 code units further on.
    func end(from start: Int, limit: Int) -> Int {
        if source.length - start <= limit { return source.length }
        let text = source.text
        let whole = source.entities.filter {
            $0.kind.prefersToStayWhole && $0.end > start && $0.offset <= start + limit && $0.length <= limit / 2
        }
        func isFree(_ offset: Int) -> Bool { !whole.contains { $0.offset < offset && offset < $0.end } }

        var paragraph = 0
        var line = 0
        var sentence = 0
        var word = 0
        var hard = start
        var previous: Character?
        var index = text.utf16.index(text.startIndex, offsetBy: start)
        var offset = start
        while index < text.endIndex {
            let character = text[index]
            // A white space may itself lie beyond the limit: it is dropped at the border.
            if character.isBlank, offset > start, isFree(offset) {
                if character.isNewline {
                    if previous?.isNewline == true { paragraph = offset } else { line = offset }
                } else if let previous, ".!?…。！？".contains(previous) {
                    sentence = offset
                }
                word = offset
            }
            let next = text.index(after: index)
            let width = text.utf16.distance(from: index, to: next)
            guard offset + width <= start + limit else { break }
            offset += width
            if isFree(offset) || hard == start { hard = offset }
            previous = character
            index = next
        }
        func fills(_ border: Int, _ percent: Int) -> Bool { border - start >= max(1, limit * percent / 100) }
        if fills(paragraph, Self.paragraphFill) { return paragraph }
        if fills(line, Self.lineFill) { return line }
        if fills(sentence, Self.sentenceFill) { return sentence }
        if fills(word, Self.wordFill) { return word }
        if hard > start { return hard }
        // One character longer than the limit (a pile of combining marks): divide it between scalars.
        let scalar = text.scalarIndex(atUTF16: start + limit, roundedUp: false).utf16Offset(in: text)
        precondition(scalar > start, "a limit of at least 2 UTF-16 code units is needed")
        return scalar
    }
}
