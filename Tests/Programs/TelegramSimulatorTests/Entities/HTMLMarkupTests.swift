import Testing

@testable import TelegramSimulator

/// Entities in a form that tables can hold: `kind offset+length argument`.
func summary(_ entities: [MessageEntity]) -> [String] {
    entities.map { entity in
        let argument = entity.url ?? entity.language ?? entity.customEmoji ?? entity.user.map { "\($0)" }
        return "\(entity.kind.rawValue) \(entity.offset)+\(entity.length)" + (argument.map { " \($0)" } ?? "")
    }
}

@Suite struct HTMLMarkupTests {
    @Test(
        arguments: [
            ("plain", "plain", []),
            ("<b>bold</b>", "bold", ["bold 0+4"]),
            (
                "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
                ["bold 0+1", "italic 1+1", "underline 2+1", "strikethrough 3+1"]
            ),
            ("<b>a<i>b</i></b>", "ab", ["bold 0+2", "italic 1+1"]),
            ("😀<b>x</b>", "😀x", ["bold 2+1"]),
            ("я<b>ж</b>", "яж", ["bold 1+1"]),
            ("<b>x</>", "x", ["bold 0+1"]),
            ("<B>x</b>", "x", ["bold 0+1"]),
            ("a &lt;b&gt; &amp; &quot;", "a <b> & \"", []),
            ("&#65;&#x42;&#128512;", "AB😀", []),
            ("&nbsp;&copy", "&nbsp;&copy", []),
            ("<code>x</code>", "x", ["code 0+1"]),
            ("<pre>x</pre>", "x", ["pre 0+1"]),
            (#"<pre><code class="language-swift">let</code></pre>"#, "let", ["pre 0+3 swift"]),
            (#"<code class="language-swift">let</code>"#, "let", ["code 0+3"]),
            (#"<a href="https://e.org/x">link</a>"#, "link", ["text_link 0+4 https://e.org/x"]),
            (#"<a href="E.org">link</a>"#, "link", ["text_link 0+4 http://e.org/"]),
            (#"<a href="no link">text</a>"#, "text", []),
            (#"<a href="tg://user?id=501">Al</a>"#, "Al", ["text_mention 0+2 501"]),
            (#"<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>"#, "st", ["spoiler 0+1", "spoiler 1+1"]),
            ("<blockquote>q</blockquote>", "q", ["blockquote 0+1"]),
            ("<blockquote expandable>q</blockquote>", "q", ["expandable_blockquote 0+1"]),
            (#"<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>"#, "👍", ["custom_emoji 0+2 5368324170671202286"]),
            ("<b></b>x", "x", []), ("a&b &; &lt", "a&b &; <", []), ("&#0;&#1114112;", "&#0;&#1114112;", []),
            (#"<b class="x">y</b >"#, "y", ["bold 0+1"]), ("<i\n>y</i\t>", "y", ["italic 0+1"]),
            ("a<b> </b>b", "a b", []), ("<b>x </b>", "x ", ["bold 0+1"]),
            (#"<a href="https://e.org"></a>x"#, "x", []), ("<a>e.org</a>", "e.org", ["text_link 0+5 http://e.org/"]),
            ("<a href='x.com?a=1&amp;b=2'>l</a>", "l", ["text_link 0+1 http://x.com/?a=1&b=2"]),
        ] as [(String, String, [String])])
    func `markup becomes text and entities`(source: String, text: String, entities: [String]) throws {
        let parsed = try HTMLMarkup.parse(source)
        #expect(parsed.text == text)
        #expect(summary(TextCleaner.clean(parsed, detects: false).entities) == entities)
    }

    @Test(arguments: [
        ("a <x>", "Unsupported start tag \"x\" at byte offset 2"),
        ("я<x>", "Unsupported start tag \"x\" at byte offset 2"),
        ("a < b", "Unsupported start tag \"\" at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("я<a ", "Empty attribute name in the tag \"a\" at byte offset 2"),
        ("<a href=", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a href='x'", "Unclosed start tag at byte offset 0"),
        (#"<tg-time unix="x">t</tg-time>"#, "Invalid date and time specified"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("</b", "Unexpected end tag at byte offset 0"),
        (#"<a href="x>y</a>"#, "Unclosed start tag at byte offset 0"),
        ("<pre><code>x</pre></code>", "Unmatched end tag at byte offset 12, expected \"</code>\", found \"</pre>\""),
        (
            "<blockquote cite>x</blockquote>",
            "Expected equal sign in declaration of an attribute of the tag \"blockquote\" at byte offset 0"
        ),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
        ),
        ("<b><i>x</b>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""),
        ("<script>", "Unsupported start tag \"script\" at byte offset 0"),
        ("<br/>", "Unsupported start tag \"br/\" at byte offset 0"),
        ("<b>x", "Can't find end tag corresponding to start tag \"b\""),
        ("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
        ("<a =x>x</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
        ("<a href>x</a>", "Expected equal sign in declaration of an attribute of the tag \"a\" at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        (#"<tg-emoji emoji-id="x">x</tg-emoji>"#, "Invalid custom emoji identifier specified"),
    ])
    func `a fault is named with its byte offset`(source: String, reason: String) {
        #expect(throws: MarkupError(reason)) { try HTMLMarkup.parse(source) }
    }
}
