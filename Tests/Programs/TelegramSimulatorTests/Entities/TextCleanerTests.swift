import Testing

@testable import TelegramSimulator

@Suite struct TextCleanerTests {
    @Test(
        arguments: [
            ("/start now", ["bot_command 0+6"]),
            ("go /help@test_bot", ["bot_command 3+14"]),
            ("a/b /x/y", []),
            ("hi @alice_b", ["mention 3+8"]),
            ("mail@example.com", ["email 0+16"]),
            ("#tag #1 #я1", ["hashtag 0+4", "hashtag 8+3"]),
            ("$USD $usd", ["cashtag 0+4"]),
            ("see https://e.org/a?b=c.", ["url 4+19"]),
            ("see e.org, ok", ["url 4+5"]),
            ("file.txt 1.5", []),
            ("(https://e.org/a_(b))", ["url 1+19"]),
            ("@abc @abcd", ["mention 5+5"]), ("@gif", ["mention 0+4"]), ("##a #b#", ["hashtag 1+2"]),
            ("x#a y@abcde", []),
            ("/start@test_bot!", ["bot_command 0+15"]), ("x/start", []), ("t.me/x", ["url 0+6"]),
            ("a_b@e.org c", ["email 0+9"]), ("$USDT.", ["cashtag 0+5"]), ("/a_1 /я", ["bot_command 0+4"]),
            ("https://e.org/?q=a,b.", ["url 0+20"]), ("E.ORG", ["url 0+5"]),
            ("😀 https://e.org", ["url 3+13"]), ("see a.gallery and b.studio.", ["url 4+9", "url 18+8"]),
            ("москва.рф", ["url 0+9"]), ("end.In Paris", []), ("e.Org", []), ("1.5.2", []),
            ("192.168.1.10:80/x", ["url 0+17"]), ("192.168.1.300", []), ("http://localhost/x", []),
            ("https://e.internal/a", ["url 0+20"]), ("https://e.org)x", ["url 0+13"]),
            ("https://e.org/a_(b)_[c]).", ["url 0+23"]), ("a+b.c@mail.e.org!", ["email 0+16"]),
            ("a@b.toolongtop", []), ("a@localhost", []), ("xn--e1afmkfd.xn--p1ai", ["url 0+21"]),
        ] as [(String, [String])])
    func `what people recognise is marked`(text: String, entities: [String]) {
        #expect(summary(TextCleaner.clean(FormattedText(text: text)).entities) == entities)
    }

    @Test func `ends are trimmed and entities follow`() {
        var bold = MessageEntity(.bold, 2, 4)
        let cleaned = TextCleaner.clean(FormattedText(text: "  ab cd  \n", entities: [bold]))
        #expect(cleaned.text == "ab cd")
        bold.offset = 0
        #expect(cleaned.entities == [bold])
    }

    @Test func `entities that cross are split, doubles are dropped`() {
        let entities = [MessageEntity(.bold, 0, 4), MessageEntity(.italic, 2, 4), MessageEntity(.bold, 1, 2)]
        let cleaned = TextCleaner.clean(FormattedText(text: "abcdef", entities: entities))
        #expect(summary(cleaned.entities) == ["bold 0+4", "italic 2+2", "italic 4+2"])
    }

    @Test func `nothing is detected inside code`() {
        let cleaned = TextCleaner.clean(FormattedText(text: "/a @abcde", entities: [MessageEntity(.code, 0, 9)]))
        #expect(summary(cleaned.entities) == ["code 0+9"])
    }

    @Test func `control characters go, line breaks stay`() {
        #expect(TextCleaner.clean(FormattedText(text: "a\r\nb\u{1}c")).text == "a\nb c")
    }

    @Test(
        arguments: [
            (
                "*b* _i_ `c` [t](e.org)", "b i c t",
                ["bold 0+1", "italic 2+1", "code 4+1", "text_link 6+1 http://e.org/"]
            ),
            (#"\*x"#, "*x", []),
        ] as [(String, String, [String])])
    func `the older Markdown has one level`(source: String, text: String, entities: [String]) throws {
        let parsed = try MarkdownMarkup.parse(source)
        #expect(parsed.text == text)
        #expect(summary(parsed.entities) == entities)
    }

    @Test func `the older Markdown names an open end`() {
        #expect(throws: MarkupError("Can't find end of the entity starting at byte offset 2")) {
            try MarkdownMarkup.parse("a *b")
        }
    }
}
