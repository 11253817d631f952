import Markup
import Testing

@Suite struct MarkdownStreamTests {
    /// Markdown, and the HTML that Telegram would make of the text it stands for.
    static let texts: [(markdown: String, html: String)] = [
        ("plain", "plain"),
        ("a **bold** word", "a <b>bold</b> word"),
        ("*it* _it_", "<i>it</i> <i>it</i>"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        ("~~no~~ ||who||", "<s>no</s> <tg-spoiler>who</tg-spoiler>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2<i>3</i>4"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**never closed", "**never closed"),
        ("*a **b*", "<i>a **b</i>"),
        ("a `code <b>` b", "a <code>code &lt;b&gt;</code> b"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("`never", "`never"),
        (#"\*not\* it"#, "*not* it"),
        ("[site](https://a.example/x_(y)) end", #"<a href="https://a.example/x_(y)">site</a> end"#),
        ("[no](javascript:alert)", "[no](javascript:alert)"),
        ("[**b**](https://a.example)", #"<a href="https://a.example"><b>b</b></a>"#),
        ("[open](https://a", "[open](https://a"),
        ("# Title", "<b>Title</b>"),
        ("#tag", "#tag"),
        ("- one\n- two\n  - deep", "• one\n• two\n  • deep"),
        ("1. one\n2) two", "1. one\n2) two"),
        ("> said", "<blockquote>said</blockquote>"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\nb", "a\nb"),
        ("---", "———"),
        ("```swift\nlet a = 1 < 2\n```\nend", "<pre><code class=\"language-swift\">let a = 1 &lt; 2</code></pre>\nend"),
        ("```\na\n\nb", "<pre>a\n\nb</pre>"),
        ("~~~\n```\n~~~", "<pre>```</pre>"),
        ("say\n```\nx\n```", "say\n<pre>x</pre>"),
        ("win\r\nline\r\n", "win\nline"),
        ("", ""),
        ("\n\n", ""),
        ("👩‍👩‍👧 **ж**", "👩‍👩‍👧 <b>ж</b>"),
    ]

    @Test(arguments: texts) func `Markdown becomes formatted text`(_ text: (markdown: String, html: String)) {
        #expect(FormattedText(markdown: text.markdown).html == text.html)
    }

    @Test(arguments: texts) func `the pieces may end anywhere`(_ text: (markdown: String, html: String)) {
        for size in 1...4 {
            var stream = MarkdownStream()
            var rest = text.markdown[...]
            while !rest.isEmpty {
                stream.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            stream.finish()
            #expect(stream.text.html == text.html)
        }
    }

    @Test(arguments: [
        ("a **bo", "a <b>bo</b>"), ("a **bold*", "a <b>bold</b>"), ("a *", "a "), ("`co", "<code>co</code>"),
        ("```py\nx = 1", "<pre><code class=\"language-py\">x = 1</code></pre>"), ("# Ti", "<b>Ti</b>"),
    ])
    func `what waits for its partner already shows its effect`(_ source: String, _ html: String) {
        var stream = MarkdownStream()
        stream.append(source)
        #expect(stream.text.html == html)
    }

    @Test func `what is settled never changes`() {
        var random = SplitMix(state: 7)
        let pieces = [
            "**", "*", "_", "`", "```", "\n", "\n\n", "# ", "- ", "> ", "[a](https://b.example)", "слово ", "x", " ",
            "||",
        ]
        for _ in 0..<300 {
            var stream = MarkdownStream()
            var settled = FormattedText()
            for _ in 0..<60 {
                stream.append(pieces[Int(random.next() % UInt64(pieces.count))])
                let text = stream.text
                #expect(text.slice(0..<settled.length).text == settled.text)
                #expect(stream.settledLength >= settled.length)
                settled = text.slice(0..<stream.settledLength)
            }
        }
    }

    @Test func `a paragraph without end is settled at a word`() {
        var stream = MarkdownStream()
        let words = String(repeating: "слово ", count: 2000)
        stream.append("**" + words)
        #expect(stream.settledLength > 1000)
        stream.finish()
        #expect(stream.text.text.filter { $0 == "о" }.count == 4000)
    }
}

/// Repeatable numbers for made-up input.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
