/// A word of what a person wrote, with what stood in quotation marks kept together.
struct FilterWord: Equatable {
    /// As written, for messages.
    var text: String
    /// What stands before the quotation mark, or the whole word.
    var head: String
    /// What stood in quotation marks; nil where there were none.
    var quoted: String?

    /// Takes a text apart at white space.
    ///
    /// `"…"`, `“…”` and `«…»` keep words together; telephones write the curly ones by themselves.
    static func words(of text: String) throws(PhotoFilterError) -> [FilterWord] {
        var words: [FilterWord] = []
        var rest = text[...]
        while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[start...]
            let head = rest.prefix { !$0.isWhitespace && closing($0) == nil }
            rest = rest[head.endIndex...]
            guard let quote = rest.first, let end = closing(quote) else {
                words.append(FilterWord(text: String(head), head: String(head)))
                continue
            }
            let inside = rest.dropFirst().prefix { !end.contains($0) }
            guard inside.endIndex < rest.endIndex else { throw .unclosedQuote }
            rest = rest[rest.index(after: inside.endIndex)...]
            words.append(
                FilterWord(text: "\(head)\(quote)\(inside)\(quote)", head: String(head), quoted: trimmed(inside)))
        }
        return words
    }

    /// The marks that end what a mark begins; nil for what is no quotation mark.
    private static func closing(_ mark: Character) -> String? {
        switch mark {
        case "\"", "“", "”", "„": "\"“”"
        case "«": "»"
        default: nil
        }
    }

    static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
