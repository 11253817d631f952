import Markup

/// A generator that repeats itself for a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Texts as people write them, and as they do not: joined emoji, combining marks, flags, line ends of all kinds.
enum RandomText {
    static let pieces = [
        "a", "Z", "word", "слово", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", ". ", "👨‍👩‍👧‍👦", "🇷🇺", "👍🏽", "e\u{301}", "ñ",
        "日本", "<b>", "&", "_*[`", "\u{200D}", "\u{FE0F}", "\u{301}", "💩", "long-unbroken-word-of-many-letters",
    ]

    static let kinds: [TextEntity.Kind] = [
        .bold, .italic, .underline, .strikethrough, .spoiler, .code, .pre(language: "swift"), .pre(language: nil),
        .link(url: "https://example.com/?a=1&b=\"2\""), .mention(userID: 7), .quote, .expandableQuote,
        .customEmoji(id: "5368"),
    ]

    static func plain(upTo count: Int, using random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        .joined()
    }

    /// A text with entities at random places, some of them outside it.
    static func formatted(upTo count: Int, using random: inout some RandomNumberGenerator) -> FormattedText {
        let text = plain(upTo: count, using: &random)
        let length = text.utf16.count
        let entities = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            TextEntity(
                kinds[Int.random(in: 0..<kinds.count, using: &random)],
                offset: Int.random(in: -3...(length + 3), using: &random),
                length: Int.random(in: -1...(length / 2 + 2), using: &random))
        }
        return FormattedText(text, entities: entities)
    }
}
