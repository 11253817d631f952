import Testing

@testable import TelegramSimulator

@Suite struct MarkdownV2MarkupTests {
    @Test(
        arguments: [
            (
                "*b* _i_ __u__ ~s~ ||p||", "b i u s p",
                ["bold 0+1", "italic 2+1", "underline 4+1", "strikethrough 6+1", "spoiler 8+1"]
            ),
            (#"1\.5 \* 2"#, "1.5 * 2", []),
            ("*a _b_ c*", "a b c", ["bold 0+5", "italic 2+1"]),
            ("`a*b`", "a*b", ["code 0+3"]),
            ("```\na\n```", "a\n", ["pre 0+2"]),
            ("```swift\nlet x\n```", "let x\n", ["pre 0+6 swift"]),
            ("[text](https://e.org/a)", "text", ["text_link 0+4 https://e.org/a"]),
            (#"[t](https://e.org/\))"#, "t", ["text_link 0+1 https://e.org/)"]),
            ("[Al](tg://user?id=501)", "Al", ["text_mention 0+2 501"]),
            ("![👍](tg://emoji?id=5368324170671202286)", "👍", ["custom_emoji 0+2 5368324170671202286"]),
            (">a\n>b\nc", "a\nb\nc", ["blockquote 0+3"]),
            (">a\n>b||", "a\nb", ["expandable_blockquote 0+3"]),
            (">a\n>b||\nc", "a\nb\nc", ["expandable_blockquote 0+3"]),
            ("x\n>q", "x\nq", ["blockquote 2+1"]),
            ("😀*b*", "😀b", ["bold 2+1"]),
            ("**a**", "a", []), ("``a``", "a", []), ("[a]", "a", []), ("[](https://e.org)x", "x", []),
            (#"`a\`b`"#, "a`b", ["code 0+3"]), (#"a\\b"#, #"a\b"#, []), ("||a|| b", "a b", ["spoiler 0+1"]),
            ("_a__b__c_", "abc", ["italic 0+3", "underline 1+1"]), ("*a\nb*", "a\nb", ["bold 0+3"]),
            ("*жж* 😀_я_", "жж 😀я", ["bold 0+2", "italic 5+1"]), ("```\n```x", "x", []),
            ("_a_**__b__", "ab", ["italic 0+1", "underline 1+1"]),
        ] as [(String, String, [String])])
    func `markup becomes text and entities`(source: String, text: String, entities: [String]) throws {
        let parsed = try MarkdownV2Markup.parse(source)
        #expect(parsed.text == text)
        #expect(summary(parsed.entities.sorted { ($0.offset, -$0.length) < ($1.offset, -$1.length) }) == entities)
    }

    @Test(arguments: [
        ("1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("a!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("я*b", "Can't find end of Bold entity at byte offset 2"),
        ("_i", "Can't find end of Italic entity at byte offset 0"),
        ("__i", "Can't find end of Underline entity at byte offset 0"),
        ("`i", "Can't find end of Code entity at byte offset 0"),
        ("```a\nb", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](https://e.org)", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](tg://emoji?id=x)", "Invalid tg://emoji URL specified"),
        ("![a](tg://time?unix=x)", "Invalid tg://time URL specified"),
        ("__a_", "Can't find end of Italic entity at byte offset 3"),
        ("*a_b*_", "Can't find end of Italic entity at byte offset 5"),
        ("a_", "Can't find end of Italic entity at byte offset 1"),
        ("~a", "Can't find end of Strikethrough entity at byte offset 0"),
        ("||a", "Can't find end of Spoiler entity at byte offset 0"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("![a", "Can't find end of CustomEmoji entity at byte offset 0"),
        ("```a", "Can't find end of Pre entity at byte offset 0"),
        ("```a b", "Can't find end of PreCode entity at byte offset 0"),
        ("😀 *", "Can't find end of Bold entity at byte offset 5"),
        ("(x", "Character '(' is reserved and must be escaped with the preceding '\\'"),
        ("x)", "Character ')' is reserved and must be escaped with the preceding '\\'"),
        ("x]", "Character ']' is reserved and must be escaped with the preceding '\\'"),
        ("# x", "Character '#' is reserved and must be escaped with the preceding '\\'"),
        ("1+1", "Character '+' is reserved and must be escaped with the preceding '\\'"),
        ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("a=b", "Character '=' is reserved and must be escaped with the preceding '\\'"),
        ("{a", "Character '{' is reserved and must be escaped with the preceding '\\'"),
        ("a}", "Character '}' is reserved and must be escaped with the preceding '\\'"),
        (">*b\nc", "Can't find end of Bold entity at byte offset 1"),
    ])
    func `a fault is named with its byte offset`(source: String, reason: String) {
        #expect(throws: MarkupError(reason)) { try MarkdownV2Markup.parse(source) }
    }
}
