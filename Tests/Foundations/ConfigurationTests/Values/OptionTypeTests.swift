import Support
import Testing

@testable import Configuration

@Suite struct OptionTypeTests {
    @Test(arguments: [("10MB", 10 << 20), ("1 kb", 1024), ("5", 5), ("7B", 7), ("2GB", 2 << 30)])
    func `sizes`(_ text: String, _ bytes: Int) throws {
        #expect(try OptionType.byteCount.fromText(text) == bytes)
    }

    @Test(arguments: ["", "MB", "-1", "1.5MB", "0x10", "1_000", "99999999999999999999", "9999999999999GB", "010"])
    func `refused sizes`(_ text: String) {
        #expect(throws: ValueFault.self) { try OptionType.byteCount.fromText(text) }
    }

    @Test(arguments: [
        ("30s", Duration.seconds(30)), ("5m", .seconds(300)), ("250ms", .milliseconds(250)), ("2 h", .seconds(7200)),
        ("1d", .seconds(86_400)),
    ])
    func `lengths of time`(_ text: String, _ value: Duration) throws {
        #expect(try OptionType.duration.fromText(text) == value)
    }

    @Test(arguments: ["", "s", "30", "1.5s", "-1s", "0s", "1w"])
    func `refused lengths of time`(_ text: String) {
        #expect(throws: ValueFault.self) { try OptionType.duration.fromText(text) }
    }

    @Test(arguments: [("https://example.org/x//", "https://example.org/x"), ("http://[::1]:80", "http://[::1]:80")])
    func `web addresses`(_ text: String, _ value: String) throws {
        #expect(try OptionType.webAddress.fromText(text) == value)
    }

    @Test(arguments: ["", "example.org", "ftp://x", "http://", "http:///x", "https://u:p@h/", "http://a b"])
    func `refused web addresses`(_ text: String) {
        #expect(throws: ValueFault.self) { try OptionType.webAddress.fromText(text) }
    }

    @Test(arguments: [("1,2, 3", [1, 2, 3]), ("", []), ("5", [5])] as [(String, [Int64])])
    func `user ids in a variable`(_ text: String, _ ids: [Int64]) throws {
        #expect(try OptionType.userIDs.fromText(text) == ids)
    }

    @Test(arguments: ["x", "-5", "0", "1;2"])
    func `refused user ids`(_ text: String) {
        #expect(throws: ValueFault.self) { try OptionType.userIDs.fromText(text) }
    }

    @Test(arguments: ["1:abc", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"])
    func `bot tokens`(_ text: String) throws {
        #expect(try OptionType.botToken.fromText(text).reveal() == text)
    }

    @Test(arguments: ["", "abc", "YOUR_BOT_TOKEN_HERE", "1:", "1:a b c", "1:abc:d", "x:abcdef"])
    func `refused bot tokens`(_ text: String) {
        #expect(throws: ValueFault.self) { try OptionType.botToken.fromText(text) }
    }
}
