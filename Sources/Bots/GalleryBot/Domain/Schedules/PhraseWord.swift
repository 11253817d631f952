/// One word of what a person wrote, with its place, so that a fault can be shown where it is.
struct PhraseWord: Equatable, Sendable {
    /// As it was written.
    var text: String
    /// Characters before it in the phrase.
    var offset: Int

    /// In lower case, with plain hyphens and `е` for `ё`, without the comma or full stop at its end.
    var plain: String {
        var plain = ""
        for character in text.lowercased() {
            switch character {
            case "ё": plain.append("е")
            case "–", "—", "−", "‑": plain.append("-")
            case "×": plain.append("x")
            default: plain.append(character)
            }
        }
        while let last = plain.last, ",.;!".contains(last), plain.count > 1 { plain.removeLast() }
        return plain
    }

    /// Splits at white space outside quotation marks.
    static func words(of text: String) -> [PhraseWord] {
        var words: [PhraseWord] = []
        var current: PhraseWord?
        var closing: Character?
        for (offset, character) in text.enumerated() {
            if let quote = closing {
                current?.text.append(character)
                if character == quote { closing = nil }
                continue
            }
            if character.isWhitespace {
                if let word = current { words.append(word) }
                current = nil
                continue
            }
            closing = Self.closing(of: character)
            if current == nil { current = PhraseWord(text: "", offset: offset) }
            current?.text.append(character)
        }
        if let word = current { words.append(word) }
        return words
    }

    /// The parts between commas, each with its own place.
    var parts: [PhraseWord] {
        var parts: [PhraseWord] = []
        var offset = offset
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if !part.isEmpty { parts.append(PhraseWord(text: String(part), offset: offset)) }
            offset += part.count + 1
        }
        return parts
    }

    private static func closing(of character: Character) -> Character? {
        switch character {
        case "\"": "\""
        case "«": "»"
        case "“": "”"
        default: nil
        }
    }
}
