import Testing

@testable import TelegramSimulator

@Suite struct LinkEndsTests {
    /// What the tests of Telegram's library expect.
    @Test(arguments: [
        ("google.com:1#ab c", 15), ("google.com:1#", 12), ("google.com:1#1", 14), ("google.com:00000001/abs", 23),
        ("google.com:000000065536/abs", 10), ("google.com:0/abs", 10), ("google.com:/abs", 10),
        ("google.com:65535", 16), ("google.com:65536", 10), ("google.com:100000", 10), ("http://google.com#", 17),
        ("http://google.com?", 17), ("http://google.com/", 18),
    ])
    func `a link ends where its port or its mark is none`(text: String, length: Int) {
        let entities = DetectedEntities.find(in: text)
        #expect(entities.first?.kind == .url)
        #expect(entities.first?.length == length)
    }
}
