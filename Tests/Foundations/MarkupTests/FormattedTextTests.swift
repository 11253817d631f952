import Markup
import Testing

struct FormattedTextTests {
    @Test func `interpolated values are text and never markup`() {
        let name = "<b>_Анна_ 👩‍🚀"
        let text: FormattedText = "\(bold: name) sent \(italic: 3)"
        #expect(text.text == "<b>_Анна_ 👩‍🚀 sent 3")
        #expect(
            text.entities == [
                TextEntity(.bold, offset: 0, length: name.utf16.count),
                TextEntity(.italic, offset: name.utf16.count + 6, length: 1),
            ])
        #expect(text.html == "<b>&lt;b&gt;_Анна_ 👩‍🚀</b> sent <i>3</i>")
    }

    @Test(
        arguments: [
            ("\(bold: "a \(italic: "b") c")", "<b>a <i>b</i> c</b>"),
            ("\(bold: "a \(code: "x") c")", "<b>a </b><code>x</code><b> c</b>"),
            (
                "\(quote: "\(pre: "let", language: "swift")\nend")",
                "<blockquote><pre><code class=\"language-swift\">let</code></pre>\nend</blockquote>"
            ),
            ("\(quote: "a \(quote: "b")")", "<blockquote>a b</blockquote>"),
            (
                "\(link: "see \(bold: "this")", to: "https://e.org/?q=\"&")",
                "<a href=\"https://e.org/?q=&quot;&amp;\">see <b>this</b></a>"
            ),
            (
                "\(link: "a \(link: "b", to: "https://b.org")", to: "https://a.org")",
                "<a href=\"https://a.org\">a b</a>"
            ),
            ("\(mention: "Ann", userID: 7)", "<a href=\"tg://user?id=7\">Ann</a>"),
            ("\(underline: "u")\(strike: "s")\(spoiler: "p")", "<u>u</u><s>s</s><tg-spoiler>p</tg-spoiler>"),
            ("\(customEmoji: "53", fallback: "👍")", "<tg-emoji emoji-id=\"53\">👍</tg-emoji>"),
            ("\(quote: "q", expandable: true)", "<blockquote expandable>q</blockquote>"),
            ("\(bold: "")none", "none"),
        ] as [(FormattedText, String)])
    func `nesting follows Telegram's rules`(text: FormattedText, html: String) {
        #expect(text.html == html)
        expectValid(text)
    }

    @Test func `offsets of the parts move along when texts are joined`() {
        let rows: [FormattedText] = ["👍 \(bold: "a")", "\(bold: "b")"]
        let text = rows.joined(separator: "\n")
        #expect(text.text == "👍 a\nb")
        #expect(text.entities.map(\.offset) == [3, 5])
    }

    @Test func `trimming drops white space and moves entities`() {
        let text: FormattedText = " \n\(bold: "  a b \u{3000}")\n"
        #expect(text.trimmed() == FormattedText("a b", entities: [TextEntity(.bold, offset: 0, length: 3)]))
        #expect(FormattedText(" \n ").trimmed() == FormattedText())
    }

    @Test func `a slice never halves a surrogate pair`() {
        let text: FormattedText = "\(bold: "a👍b")"
        #expect(text.slice(0..<2).text == "a👍")
        #expect(text.slice(2..<4).text == "👍b")
    }

    @Test(arguments: UInt64(0)..<400)
    func `any list of entities becomes a valid one`(seed: UInt64) {
        var random = Seeded(seed)
        let text = RandomText.formatted(upTo: 40, using: &random)
        expectValid(text, "seed \(seed)")
        expectValid(text + text, "seed \(seed), joined")
        expectValid(text.formatted(.bold), "seed \(seed), bold")
        expectValid(text.formatted(.quote), "seed \(seed), quoted")
        expectValid(text.trimmed(), "seed \(seed), trimmed")
        #expect(FormattedText(text.text, entities: text.entities) == text, "repairing what is valid changes nothing")
        let tags = text.html.filter { $0 == "<" }.count
        #expect(tags >= text.entities.count * 2, "every entity opens and closes")
    }
}
