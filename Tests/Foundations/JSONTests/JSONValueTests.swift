import JSON
import Testing

@Suite struct `JSON value` {
    @Test func `keeps order, finds the last of equal keys and compares without order`() throws {
        let value = try JSONValue(parsing: #"{"b":1,"a":{"c":[true,null,1.5]},"b":2}"#)
        #expect(value.objectValue?.keys == ["b", "a", "b"])
        #expect(value["b"] == 2)
        #expect(value["a"]?["c"]?[2]?.doubleValue == 1.5)
        #expect(value["a"]?["c"]?[3] == nil)
        #expect(value["b"]?["x"] == nil)
        #expect(JSONValue.object(["a": 1, "b": "x"]) == .object(["b": "x", "a": 1]))
        #expect(JSONValue.object(["a": 1]) != .object(["a": 2]))
    }

    @Test func `is changed by key`() {
        var value: JSONValue = ["a": 1]
        value["b"] = ["x", nil]
        value["a"] = nil
        value["c"] = 2.5
        #expect(value.description == #"{"b":["x",null],"c":2.5}"#)
    }

    @Test(arguments: [
        ("-0", JSONValue.number(-0.0)), ("0", .integer(0)), ("1.0", .number(1)),
        ("9223372036854775807", .integer(.max)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("5e-324", .number(.leastNonzeroMagnitude)),
        ("1.7976931348623157e308", .number(1.7976931348623157e308)), ("1e-400", .number(0)),
    ]) func `tells whole numbers from others`(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func `escapes what must be and nothing else`() {
        #expect(
            JSONValue.string("\u{0}\u{8}\t\n\u{C}\r\u{1B}\"\\/é😀\u{7F}").description
                == #""\u0000\b\t\n\f\r\u001b\"\\/é😀"# + "\u{7F}\"")
        #expect(JSONValue.number(.infinity).description == "null")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `random trees survive a round trip`(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<50 {
            let value = random.value(depth: 5)
            #expect(try JSONValue(parsing: value.serialised()) == value)
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `random damage is refused or read the same way by parsing and skipping`(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<200 {
            var text = random.value(depth: 4).serialised()
            for _ in 0...(random.next() % 3) {
                text[Int(random.next() % UInt64(text.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            let parsed = Result { try JSONValue(parsing: text) }
            let skipped = Result {
                var reader = JSONReader(text)
                try reader.skipValue()
                try reader.finish()
            }
            switch (parsed, skipped) {
            case (.success(let value), .success): #expect((try? JSONValue(parsing: value.serialised())) == value)
            case (.failure(let error as JSONError), .success): #expect(error.kind == .numberOutOfRange)
            case (.failure(let left as JSONError), .failure(let right as JSONError)):
                #expect(left == right || left.kind == .numberOutOfRange)
            default: Issue.record("parsing and skipping differ on \(text)")
            }
        }
    }
}

/// A small seeded generator of values, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func string() -> String {
        let alphabet = Array("ab\"\\/\n\u{1}é€😀\u{FFFD} дом")
        return String((0..<next() % 8).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] })
    }

    mutating func value(depth: Int) -> JSONValue {
        switch next() % (depth > 0 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(next() % 2 == 0)
        case 2: return .integer(Int64(bitPattern: next()))
        case 3: return .integer(Int64(next() % 100))
        case 4:
            let number = Double(bitPattern: next())
            return .number(number.isFinite ? number : 0.5)
        case 5: return .string(string())
        case 6: return .array((0..<next() % 5).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<next() % 5 { object[string()] = value(depth: depth - 1) }
            return .object(object)
        }
    }
}
