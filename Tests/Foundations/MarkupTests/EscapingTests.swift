import Markup
import Testing

struct EscapingTests {
    @Test func `HTML escapes the four characters that Telegram reads`() {
        #expect(Escaping.html("<a href=\"x\">&amp;'") == "&lt;a href=&quot;x&quot;&gt;&amp;amp;'")
    }

    @Test func `MarkdownV2 escapes every reserved character`() {
        let reserved = "_*[]()~`>#+-=|{}.!\\"
        #expect(Escaping.markdownV2("я\(reserved)z") == "я" + reserved.map { "\\\($0)" }.joined() + "z")
        #expect(Escaping.markdownV2Code("a`b\\c*") == "a\\`b\\\\c*")
        #expect(Escaping.markdownV2URL("a(b)c\\") == "a(b\\)c\\\\")
    }
}
