import JSON
import Testing

@Suite struct `JSON grammar` {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "-1", "123", "1.5", "1e3", "1E+3", "1e-3", "-0.0", "0e1", "0.1e00",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "123456789012345678901234567890",
        "\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\"", "\"\\uD83D\\uDE00\"", "\"\\uD800\"",
        "\"\\uDC00x\"", "\"\\uD800\\u0041\"", "\"\\u0000\"", "\"\u{7F}\"", "\"дом\"", "\"😀\"", "\"\u{FFFF}\"",
        "\"\u{2028}\"", "[]", "[ ]", "[1]", "[1,2]", "[[],[[]]]", "{}", "{ }", "{\"a\":1}", "{\"a\":1,\"a\":2}",
        "{\"\":0}", "{\"a\\u0062\":null}", " \t\r\n[ 1 , 2 ] \n", "{\"a\" : [ { \"b\" : {} } ] }", "[1e-400]",
    ]) func `accepts`(_ text: String) throws {
        _ = try JSONValue(parsing: text)
        var reader = JSONReader(Array(text.utf8))
        try reader.skipValue()
        try reader.finish()
    }

    @Test(arguments: [
        "", " ", "nul", "nulL", "truE", "fals", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e3",
        "1e", "1e+", "1.5.2", "0x10", "1_000", "--1", "1a", "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\u\"", "\"\\", "\"\\u00", "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"", "'a'", "a", "[", "]", "[1", "[1,",
        "[1,]",
        "[,1]", "[1 2]", "[1,,2]", "[1}", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}",
        "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "{\"a\"::1}", "[1]]", "1 2",
        "{}{}",
        "[] x", "/**/1", "[1]//", "\u{FEFF}1", "\u{A0}1", "[\u{C}]", "{\"a\":1,,\"b\":2}",
    ]) func `refuses`(_ text: String) {
        #expect(throws: JSONError.self) { _ = try JSONValue(parsing: text) }
        #expect(throws: JSONError.self) {
            var reader = JSONReader(Array(text.utf8))
            try reader.skipValue()
            try reader.finish()
        }
    }

    @Test(
        arguments: [
            [0xFF], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xE0, 0x80, 0x80], [0xE0, 0xA0],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xE2, 0x28, 0xA1],
        ] as [[UInt8]]) func `refuses a string that is not UTF-8`(_ bad: [UInt8])
    {
        let quote = [UInt8(ascii: "\"")]
        let error = #expect(throws: JSONError.self) { _ = try JSONValue(parsing: quote + bad + quote) }
        #expect(error == JSONError(.invalidUTF8, at: 1))
    }

    @Test(arguments: [
        ("[1,x]", JSONError(.unexpectedByte(0x78), at: 3)), ("[1", JSONError(.unexpectedEnd, at: 2)),
        ("{} 1", JSONError(.trailingBytes, at: 3)), ("-x", JSONError(.invalidNumber, at: 1)),
        ("\"\\q\"", JSONError(.invalidEscape, at: 2)), ("[1e999]", JSONError(.numberOutOfRange, at: 1)),
    ]) func `says what is wrong and where`(_ text: String, _ expected: JSONError) {
        #expect(throws: expected) { _ = try JSONValue(parsing: text) }
    }

    @Test func `depth is limited, not the stack`() throws {
        let deep = { (count: Int) in [UInt8](repeating: UInt8(ascii: "["), count: count) }
        let closed = { (count: Int) in deep(count) + [UInt8](repeating: UInt8(ascii: "]"), count: count) }
        _ = try JSONValue(parsing: closed(128))
        #expect(throws: JSONError(.tooDeep(limit: 128), at: 128)) { _ = try JSONValue(parsing: closed(129)) }
        #expect(throws: JSONError(.tooDeep(limit: 128), at: 128)) { _ = try JSONValue(parsing: deep(1_000_000)) }
        _ = try JSONValue(parsing: closed(500), maximumDepth: 500)
    }
}
