import Support
import Testing

@Suite struct TelegramLengthTests {
    @Test(arguments: [
        ("abc", 3), ("Привет", 6), ("😀", 2), ("👨‍👩‍👧‍👦", 11), ("é", 1), ("e\u{301}", 2), ("", 0), ("\r\n", 2),
    ])
    func `counts UTF-16 units`(_ text: String, _ length: Int) {
        #expect(text.utf16Length == length)
    }

    @Test(arguments: [
        ("hello", 5, "hello"), ("hello", 4, "hell"), ("a😀b", 2, "a"), ("a😀b", 3, "a😀"), ("👨‍👩‍👧‍👦!", 10, ""), ("👨‍👩‍👧‍👦!", 11, "👨‍👩‍👧‍👦"),
        ("e\u{301}x", 1, ""), ("🇩🇪🇫🇷", 4, "🇩🇪"), ("a\r\nb", 2, "a"), ("abc", 0, ""),
    ])
    func `takes a beginning of whole characters`(_ text: String, _ limit: Int, _ expected: String) {
        #expect(text.prefix(utf16: limit) == expected)
    }

    @Test(arguments: [
        ("hello", 5, "hello"), ("hello world", 8, "hello w…"), ("hello world", 7, "hello…"), ("a😀b😀", 4, "a😀…"),
        ("abc", 1, "a"), ("abc", 0, ""), ("фотография", 5, "фото…"),
    ])
    func `cuts with an ellipsis`(_ text: String, _ limit: Int, _ expected: String) {
        #expect(text.cut(utf16: limit) == expected)
        #expect(text.cut(utf16: limit).utf16Length <= limit)
    }
}
