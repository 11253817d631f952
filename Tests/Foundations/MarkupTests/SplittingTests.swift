import Markup
import Testing

struct SplittingTests {
    @Test(arguments: UInt64(0)..<400)
    func `parts are valid, within the limit and lose nothing that can be seen`(seed: UInt64) {
        var random = Seeded(seed)
        let text = RandomText.formatted(upTo: 200, using: &random)
        let limit = Int.random(in: 40...200, using: &random)
        let parts = text.split(limit: limit)
        for part in parts {
            expectValid(part, "seed \(seed)")
            #expect(part.length <= limit && !part.isBlank, "seed \(seed)")
        }
        let sameText = parts.map(\.text).joined().visible == text.text.visible
        #expect(sameText, "seed \(seed)")
        let sameFormatting = parts.flatMap(formattedScalars) == formattedScalars(text)
        #expect(sameFormatting, "seed \(seed)")
    }

    @Test(arguments: UInt64(0)..<200)
    func `no character is divided`(seed: UInt64) {
        var random = Seeded(seed)
        let text = FormattedText(RandomText.plain(upTo: 120, using: &random))
        // Marks pile up at random; where one character outgrows the limit it has to be divided.
        guard text.text.allSatisfy({ $0.utf16.count <= 30 }) else { return }
        let parts = text.split(limit: 30)
        func visible(_ text: some Sequence<Character>) -> [Character] {
            text.filter { !$0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
        }
        let sameCharacters = visible(parts.flatMap { Array($0.text) }) == visible(text.text)
        #expect(sameCharacters, "seed \(seed)")
    }

    @Test(
        arguments: [
            ("one two\n\nthree four", 12, ["one two", "three four"]),
            ("one two\nthree four", 12, ["one two", "three four"]),
            ("one two three four", 12, ["one two", "three four"]),
            ("one two three", 7, ["one two", "three"]),
            ("First one. Then two three", 14, ["First one.", "Then two three"]),
            ("a\n\nbcdefghij klm", 12, ["a\n\nbcdefghij", "klm"]),
            ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
            ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 12, ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]),
            ("one two\r\n\r\nthree four", 12, ["one two", "three four"]),
            ("", 10, []), (" \n ", 2, []), ("short", 10, ["short"]),
        ] as [(String, Int, [String])])
    func `borders are chosen where a reader notices least`(text: String, limit: Int, parts: [String]) {
        #expect(FormattedText(text).split(limit: limit).map(\.text) == parts)
    }

    @Test func `a code block is reopened and keeps its indentation`() {
        let code = "if a {\n    b()\n    c()\n}"
        let text: FormattedText = "\(pre: code, language: "swift")"
        let parts = text.split(limit: 16)
        #expect(parts.map(\.text) == ["if a {\n    b()", "    c()\n}"])
        #expect(
            parts.map(\.entities) == parts.map { [TextEntity(.pre(language: "swift"), offset: 0, length: $0.length)] })
    }

    @Test func `a link is not divided where it can stay whole`() {
        let text: FormattedText = "see \(link: "the long guide", to: "https://e.org") and more words to follow"
        let parts = text.split(limit: 30)
        #expect(parts.map(\.html).first == "see <a href=\"https://e.org\">the long guide</a> and more")
        let early: FormattedText = "some words first, \(link: "the guide", to: "https://e.org") after"
        #expect(early.split(limit: 22).map(\.text) == ["some words first,", "the guide after"])
    }

    @Test func `one character longer than the limit is divided between scalars`() {
        let pile = "e" + String(repeating: "\u{301}", count: 50)
        let parts = FormattedText(pile).split(limit: 20)
        #expect(parts.map(\.length) == [20, 20, 11])
    }

    @Test(arguments: [
        ("short", 10, "short"), ("one two three", 10, "one two…"), ("abcdefghijkl", 5, "abcd…"), ("👍👍👍👍", 6, "👍👍…"),
    ])
    func `a cut text ends with an ellipsis within the limit`(text: String, limit: Int, cut: String) {
        #expect(FormattedText(text).truncated(to: limit).text == cut)
    }

    @Test(arguments: UInt64(0)..<200)
    func `a cut text is valid`(seed: UInt64) {
        var random = Seeded(seed)
        let text = RandomText.formatted(upTo: 200, using: &random)
        let limit = Int.random(in: 40...200, using: &random)
        let cut = text.truncated(to: limit)
        expectValid(cut, "seed \(seed)")
        #expect(cut.length <= limit)
    }

    /// Every visible scalar with the kinds that cover it, in order.
    private func formattedScalars(_ text: FormattedText) -> [String] {
        var result: [String] = []
        var offset = 0
        for scalar in text.text.unicodeScalars {
            let kinds = text.entities.filter { $0.range.contains(offset) }.map { "\($0.kind)" }.sorted()
            if !scalar.properties.isWhitespace { result.append("\(scalar) \(kinds)") }
            offset += UTF16.width(scalar)
        }
        return result
    }
}

extension String {
    fileprivate var visible: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { !$0.properties.isWhitespace }))
    }
}
