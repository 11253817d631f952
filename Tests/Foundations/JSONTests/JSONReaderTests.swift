import JSON
import Testing

@Suite struct `JSON reader` {
    static let keys = JSONKeyTable("id first_name username is_bot")

    @Test func `gives keys as indices in order of arrival and skips the unknown`() throws {
        var reader = JSONReader(
            Array(#"{"is_bot":true,"new":{"a":[1,"\u0041",{}]},"id":7,"\u0069d":8,"first_name":"A\nb"}"#.utf8))
        var met: [Int] = []
        var ids: [Int64] = []
        var name = ""
        try reader.beginObject()
        while let field = try reader.nextKey(in: Self.keys) {
            met.append(field)
            switch field {
            case 0: ids.append(try reader.readInt64())
            case 1: name = try reader.readString()
            default: try reader.skipValue()
            }
        }
        try reader.finish()
        #expect(met == [3, -1, 0, 0, 1])
        #expect(ids == [7, 8])
        #expect(name == "A\nb")
    }

    @Test func `passes over members that are null`() throws {
        var reader = JSONReader(Array(#"{"id":null,"username":"u","first_name":null}"#.utf8))
        try reader.beginObject()
        #expect(try reader.nextKey(in: Self.keys) == 2)
        #expect(try reader.readString() == "u")
        #expect(try reader.nextKey(in: Self.keys) == nil)
    }

    @Test(arguments: [
        (#"{"type":"private","id":1}"#, JSONDiscriminator.known(1)),
        (#"{"id":{"type":"group"},"type":"group"}"#, .known(0)), (#"{"type":"\u0067roup"}"#, .known(0)),
        (#"{"type":"megachat"}"#, .unknown("megachat")), (#"{"id":1}"#, .missing), (#"{"type":5}"#, .missing),
    ]) func `a discriminator is read without taking the object`(_ text: String, _ expected: JSONDiscriminator) throws {
        let table = JSONKeyTable("group private")
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.discriminator("type", in: table) == expected)
        try reader.skipValue()
        try reader.finish()
    }

    @Test func `a damaged value is stepped over, a broken text is not`() throws {
        var reader = JSONReader(Array(#"[{"a":[1,{"b":"x"}]},5]"#.utf8))
        try reader.beginArray()
        _ = try reader.nextElement()
        let mark = reader.mark
        do {
            try reader.beginObject()
            _ = try reader.nextKey()
            try reader.beginArray()
            _ = try reader.nextElement()
            _ = try reader.readString()
        } catch {
            try reader.stepOver(error, from: mark)
        }
        #expect(reader.issueCount == 1)
        #expect(reader.firstIssue == JSONError(.mismatch(expected: .string, found: .number), at: 7))
        #expect(try reader.nextElement())
        #expect(try reader.readInt64() == 5)
        #expect(try !reader.nextElement())
        #expect(throws: JSONError(.unexpectedEnd, at: 3)) {
            var broken = JSONReader(Array("[1,".utf8))
            try broken.stepOver(JSONError(.unexpectedEnd, at: 3), from: broken.mark)
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("1e3", 1000), ("2.0", 2), ("9223372036854775807", .max),
            ("-9223372036854775808", .min), ("4503599627370495", 4_503_599_627_370_495),
        ] as [(String, Int64)]) func `reads whole numbers`(_ text: String, _ value: Int64) throws
    {
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.readInt64() == value)
    }

    @Test(arguments: ["1.5", "9223372036854775808", "-9223372036854775809", "1e30"])
    func `refuses a number that is no 64-bit integer`(_ text: String) {
        #expect(throws: JSONError(.numberOutOfRange, at: 0)) {
            var reader = JSONReader(Array(text.utf8))
            _ = try reader.readInt64()
        }
    }

    @Test(arguments: [
        (#""\uD83D\uDE00""#, "😀"), (#""\uD83D""#, "\u{FFFD}"), (#""\uDE00\uD83D""#, "\u{FFFD}\u{FFFD}"),
        (#""\uD83Dx""#, "\u{FFFD}x"), (#""\uD83D\u0041""#, "\u{FFFD}A"), (#""\u0434\u043e\u043c""#, "дом"),
        (#""\u20ac\u0000""#, "€\u{0}"), (#""a\/b""#, "a/b"),
    ]) func `decodes escapes`(_ text: String, _ value: String) throws {
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.readString() == value)
    }

    @Test func `a key table finds each of its keys and nothing else`() {
        let names = (0..<120).map { "key_\($0 * 7919 % 1000)_name" }
        #expect(Set(names).count == 120)
        let table = JSONKeyTable("a bb ccc message message_id message_thread_id from date chat data")
        for (index, key) in table.keys.enumerated() {
            var reader = JSONReader(Array("{\"\(key)\":1}".utf8))
            #expect(throws: Never.self) {
                try reader.beginObject()
                #expect(try reader.nextKey(in: table) == index)
            }
        }
        for key in ["", "b", "messagf", "message_ie", "dat", "cha t", "a bb"] {
            var reader = JSONReader(Array("{\"\(key)\":1}".utf8))
            #expect(throws: Never.self) {
                try reader.beginObject()
                #expect(try reader.nextKey(in: table) == -1)
            }
        }
    }
}
