/// A JSON value as the service reads it: leniently, keeping the source of what is not a string.
indirect enum JSONNode: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The digits as written.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])

    struct Member: Sendable, Equatable {
        var key: String
        var value: JSONNode
        init(_ key: String, _ value: JSONNode) { (self.key, self.value) = (key, value) }
    }

    /// The whole text as one value, or `nil` where it is none.
    init?(_ text: String) {
        var parser = JSONNodeParser(Array(text.utf8))
        guard let node = parser.document() else { return nil }
        self = node
    }

    subscript(key: String) -> JSONNode? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.key == key { return member.value }
        return nil
    }

    var isNull: Bool { self == .null }

    var array: [JSONNode]? { if case .array(let items) = self { items } else { nil } }

    var isObject: Bool { if case .object = self { true } else { false } }

    var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A string, or a number as text: the service takes either for most fields.
    var scalar: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        default: nil
        }
    }

    var integer: Int64? {
        scalar.flatMap { Int64($0) ?? Double($0).flatMap { Int64(exactly: $0.rounded(.towardZero)) } }
    }

    var double: Double? { scalar.flatMap { Double($0) } }

    var bool: Bool {
        switch self {
        case .bool(let value): value
        case .string(let text), .number(let text): Arguments.isTrue(text)
        default: false
        }
    }

    /// The value as JSON text.
    func write(to writer: inout WireWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .number(let text): writer.raw(Array(text.utf8))
        case .string(let text): writer.string(text)
        case .array(let items): writer.array(items) { $1.write(to: &$0) }
        case .object(let members):
            writer.object { writer in
                for member in members {
                    writer.key(member.key)
                    member.value.write(to: &writer)
                }
            }
        }
    }

    var bytes: [UInt8] { WireWriter.bytes { write(to: &$0) } }
}

/// Reads one JSON text; nesting is limited to 100 levels.
struct JSONNodeParser {
    private let bytes: [UInt8]
    private(set) var index = 0
    private var depth = 0
    /// Whether a string read so far is no UTF-8, or has half of a surrogate pair.
    private var isMalformed = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func document() -> JSONNode? {
        guard let node = value() else { return nil }
        skipSpaces()
        return index == bytes.count ? node : nil
    }

    /// The members of a top-level object up to the first fault: strings decoded, the rest as source text.
    mutating func arguments() -> [(name: String, value: String, isMalformed: Bool)] {
        var result: [(name: String, value: String, isMalformed: Bool)] = []
        skipSpaces()
        guard byte == "{" else { return result }
        index += 1
        skipSpaces()
        if byte == "}" { return result }
        while true {
            skipSpaces()
            guard byte == "\"", let key = string() else { return result }
            skipSpaces()
            guard byte == ":" else { return result }
            index += 1
            skipSpaces()
            let start = index
            isMalformed = false
            guard let node = value() else { return result }
            if case .string(let text) = node {
                result.append((key, text, isMalformed))
            } else {
                result.append((key, String(decoding: bytes[start..<index], as: UTF8.self), isMalformed))
            }
            skipSpaces()
            guard byte == "," else { return result }
            index += 1
        }
    }

    private mutating func skipSpaces() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    mutating func value() -> JSONNode? {
        skipSpaces()
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { return nil }
        switch Unicode.Scalar(byte) {
        case "{": return object()
        case "[": return array()
        case "\"": return string().map { .string($0) }
        case "t": return literal("true", .bool(true))
        case "f": return literal("false", .bool(false))
        case "n": return literal("null", .null)
        default: return number()
        }
    }

    private mutating func literal(_ text: String, _ node: JSONNode) -> JSONNode? {
        guard bytes[index...].starts(with: text.utf8) else { return nil }
        index += text.utf8.count
        return node
    }

    private mutating func number() -> JSONNode? {
        let start = index
        while byte.isDigit || byte == "-" || byte == "+" || byte == "." || byte == "e" || byte == "E" { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        return Double(text) == nil ? nil : .number(text)
    }

    private mutating func array() -> JSONNode? {
        index += 1
        var items: [JSONNode] = []
        skipSpaces()
        if byte == "]" {
            index += 1
            return .array([])
        }
        while let item = value() {
            items.append(item)
            skipSpaces()
            if byte == "]" {
                index += 1
                return .array(items)
            }
            guard byte == "," else { return nil }
            index += 1
        }
        return nil
    }

    private mutating func object() -> JSONNode? {
        index += 1
        var members: [JSONNode.Member] = []
        skipSpaces()
        if byte == "}" {
            index += 1
            return .object([])
        }
        while true {
            skipSpaces()
            guard byte == "\"", let key = string() else { return nil }
            skipSpaces()
            guard byte == ":" else { return nil }
            index += 1
            guard let item = value() else { return nil }
            members.append(JSONNode.Member(key, item))
            skipSpaces()
            if byte == "}" {
                index += 1
                return .object(members)
            }
            guard byte == "," else { return nil }
            index += 1
        }
    }

    private mutating func string() -> String? {
        index += 1
        var output: [UInt8] = []
        while index < bytes.count {
            let current = bytes[index]
            index += 1
            if current == "\"" {
                if let text = String(validating: output, as: UTF8.self) { return text }
                isMalformed = true
                return String(decoding: output, as: UTF8.self)
            }
            guard current == "\\" else {
                output.append(current)
                continue
            }
            let escaped = byte
            index += 1
            switch Unicode.Scalar(escaped) {
            case "n": output.append(0x0A)
            case "t": output.append(0x09)
            case "r": output.append(0x0D)
            case "b": output.append(0x08)
            case "f": output.append(0x0C)
            case "u":
                guard let scalar = escapedScalar() else { return nil }
                output.append(contentsOf: String(scalar).utf8)
            default: output.append(escaped)
            }
        }
        return nil
    }

    private mutating func escapedScalar() -> Unicode.Scalar? {
        guard let high = hexUnit() else { return nil }
        if high >= 0xD800, high < 0xDC00, byte == "\\", index + 1 < bytes.count, bytes[index + 1] == "u" {
            let mark = index
            index += 2
            if let low = hexUnit(), low >= 0xDC00, low < 0xE000 {
                return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            }
            index = mark
        }
        if let scalar = Unicode.Scalar(high) { return scalar }
        isMalformed = true
        return "\u{FFFD}"
    }

    private mutating func hexUnit() -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        let text = String(decoding: bytes[index..<index + 4], as: UTF8.self)
        index += 4
        return UInt32(text, radix: 16)
    }
}
