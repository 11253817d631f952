import Testing

@testable import BotKit

struct DeepLinkTests {
    @Test(arguments: ["", "a", "ab", "abc", "привет", "photo:42?x=1", "🎲🎲"])
    func `any short text travels in a link`(text: String) throws {
        let payload = try #require(DeepLink.encode(text))
        #expect(
            payload.utf8.allSatisfy {
                ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || (48...57).contains($0) || [45, 95].contains($0)
            })
        #expect(DeepLink.decode(payload) == text)
    }

    @Test func `a text that is too long has no link, and a foreign payload no text`() {
        #expect(DeepLink.encode(String(repeating: "x", count: 48))?.count == 64)
        #expect(DeepLink.encode(String(repeating: "x", count: 49)) == nil)
        #expect(DeepLink.decode("not base64!") == nil)
    }
}
