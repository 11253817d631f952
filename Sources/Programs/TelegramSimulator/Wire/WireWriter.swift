/// Writes JSON as the service does: absent optionals left out, everything outside ASCII escaped.
struct WireWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false
    /// The bot that reads what is written, where it is for one alone: not everything of a poll is for everybody.
    var reader: Int64?

    init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What a closure writes, as bytes.
    static func bytes(_ body: (inout Self) -> Void) -> [UInt8] {
        var writer = Self()
        body(&writer)
        return writer.bytes
    }

    // MARK: Structure

    mutating func object(_ body: (inout Self) -> Void) {
        separate()
        bytes.append(0x7B)
        needsComma = false
        body(&self)
        bytes.append(0x7D)
        needsComma = true
    }

    mutating func array<Items: Sequence>(_ items: Items, _ body: (inout Self, Items.Element) -> Void) {
        separate()
        bytes.append(0x5B)
        needsComma = false
        for item in items { body(&self, item) }
        bytes.append(0x5D)
        needsComma = true
    }

    mutating func key(_ name: String) {
        separate()
        writeString(name)
        bytes.append(0x3A)
        needsComma = false
    }

    // MARK: Fields

    mutating func field(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    mutating func field<Number: BinaryInteger>(_ name: String, _ value: Number?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    mutating func field(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    mutating func field(_ name: String, _ value: Double) {
        key(name)
        raw(Array("\(value)".utf8))
    }

    /// Writes the field only where it is true, as most flags of the Bot API are written.
    mutating func flag(_ name: String, _ value: Bool) { if value { field(name, true) } }

    mutating func field(_ name: String, object body: (inout Self) -> Void) {
        key(name)
        object(body)
    }

    mutating func field<Items: Sequence>(_ name: String, _ items: Items, _ body: (inout Self, Items.Element) -> Void) {
        key(name)
        array(items, body)
    }

    mutating func field(_ name: String, raw json: [UInt8]?) {
        guard let json else { return }
        key(name)
        raw(json)
    }

    // MARK: Values

    mutating func string(_ value: String) {
        separate()
        writeString(value)
        needsComma = true
    }

    mutating func integer<Number: BinaryInteger>(_ value: Number) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
        needsComma = true
    }

    mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }

    mutating func null() { raw([0x6E, 0x75, 0x6C, 0x6C]) }

    /// Writes text that is JSON already.
    mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = false
    }

    private mutating func writeString(_ value: String) {
        bytes.append(0x22)
        var value = value
        let isPlain = value.withUTF8 { unsafe $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C } }
        if isPlain {
            bytes.append(contentsOf: value.utf8)
        } else {
            for unit in value.utf16 { escape(unit) }
        }
        bytes.append(0x22)
    }

    private mutating func escape(_ unit: UInt16) {
        switch unit {
        case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
        case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
        case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
        case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
        case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
        case 0x20...0x7E: bytes.append(UInt8(truncatingIfNeeded: unit))
        default:
            bytes.append(contentsOf: [0x5C, 0x75])
            for shift in [12, 8, 4, 0] {
                let digit = UInt8(truncatingIfNeeded: (unit >> UInt16(shift)) & 0xF)
                bytes.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
            }
        }
    }
}
