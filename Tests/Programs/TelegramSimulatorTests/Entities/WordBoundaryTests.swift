import Testing

@testable import TelegramSimulator

@Suite struct WordBoundaryTests {
    private func marked(_ text: String) -> [String] {
        DetectedEntities.find(in: text).map { entity in
            let units = text.utf16.dropFirst(entity.offset).prefix(entity.length)
            return "\(entity.kind.rawValue) \(String(decoding: Array(units), as: UTF16.self))"
        }
    }

    @Test(arguments: [
        ("👉@gallery_bot", "mention @gallery_bot"), ("@gallery_bot🔥", "mention @gallery_bot"),
        ("“@gallery_bot”", "mention @gallery_bot"), ("a—@gallery_bot", "mention @gallery_bot"),
        ("a\u{A0}@gallery_bot", "mention @gallery_bot"), ("👉/start", "bot_command /start"),
        ("/start→", "bot_command /start"), ("«#тег»", "hashtag #тег"), ("#tag🔥", "hashtag #tag"),
        ("#тег—да", "hashtag #тег"), ("#a™", "hashtag #a"), ("#a·b", "hashtag #a·b"), ("##tag", "hashtag #tag"),
        ("#ක්‍රි", "hashtag #ක්"), ("🔥$USD", "cashtag $USD"), ("™$ABC", "cashtag $ABC"), ("$ABC€", "cashtag $ABC"),
        ("☎+15550101234", "phone_number +15550101234"), ("👉https://example.com/x", "url https://example.com/x"),
        ("✅me@e.com", "email me@e.com"),
    ])
    func `signs and pictures are no letters`(text: String, entity: String) {
        #expect(marked(text) == [entity])
    }

    @Test(arguments: [
        "ж@gallery_bot", "@gallery_botж", "字@gallery_bot", "½@gallery_bot", "ж/start", "/startж", "ж#tag", "#1½",
        "ж$USD", "$USDж", "ж+15550101234", "+15550101234ж", "٣@gallery_bot", "#tag#",
    ])
    func `letters and digits of any alphabet are`(text: String) {
        #expect(marked(text) == [])
    }

    @Test func `of a hashtag 256 characters count`() {
        let long = "#" + String(repeating: "ж", count: 300)
        #expect(DetectedEntities.find(in: long).map(\.length) == [257])
        #expect(DetectedEntities.find(in: long + "#").isEmpty)
        #expect(DetectedEntities.find(in: "#" + String(repeating: "1", count: 256) + "a").isEmpty)
    }
}
