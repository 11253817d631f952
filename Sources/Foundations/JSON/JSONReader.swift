/// A pull reader over one JSON text in UTF-8: the caller asks for what it expects, in order of arrival.
///
/// Made for updates that are decoded once and fast: keys are matched against a `JSONKeyTable` without making strings,
/// unknown values are skipped without allocation, strings are copied once. The text must be RFC 8259 JSON; what is
/// skipped is checked as strictly as what is taken.
///
///     var reader = JSONReader(bytes)
///     try reader.beginObject()
///     while let field = try reader.nextKey(in: keys) {
///         switch field {
///         case 0: id = try reader.readInt64()
///         default: try reader.skipValue()
///         }
///     }
///     try reader.finish()
public struct JSONReader: Sendable {
    let bytes: [UInt8]
    let maximumDepth: Int
    var position: Int
    var depth = 0
    /// True between an opening bracket and the first key or element.
    var isAtStart = false
    /// Where escaped strings are unescaped, kept between strings.
    var scratch: [UInt8] = []
    /// The first fault that was stepped over by `stepOver(_:from:)`, and how many there were.
    public private(set) var firstIssue: JSONError?
    /// How many damaged values were stepped over.
    public private(set) var issueCount = 0

    /// Starts at the first byte of a text, refusing more nested values than `maximumDepth`.
    public init(_ bytes: [UInt8], maximumDepth: Int = 128) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        position = 0
    }

    /// Starts inside a text, at a value whose place is known from an earlier reading.
    public init(_ bytes: [UInt8], from offset: Int, maximumDepth: Int = 128) {
        self.init(bytes, maximumDepth: maximumDepth)
        position = min(max(offset, 0), bytes.count)
    }

    /// The offset of the next unread byte.
    public var offset: Int { position }

    /// Tells the kind of the next value without taking it.
    public mutating func peekKind() throws(JSONError) -> JSONKind {
        switch try peekByte() {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case let byte: throw JSONError(.unexpectedByte(byte), at: position)
        }
    }

    /// Checks that nothing but white space follows.
    public mutating func finish() throws(JSONError) {
        skipWhitespace()
        if position < bytes.count { throw JSONError(.trailingBytes, at: position) }
    }

    // MARK: Objects

    /// Enters an object.
    public mutating func beginObject() throws(JSONError) {
        try open(UInt8(ascii: "{"), .object)
    }

    /// Takes the next key as a string; nil at the object's end, which is taken too.
    public mutating func nextKey() throws(JSONError) -> String? {
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        guard bytes[position] == UInt8(ascii: "\"") else {
            throw JSONError(.unexpectedByte(bytes[position]), at: position)
        }
        let key = try readString()
        try takeColon()
        return key
    }

    /// Takes the next key and gives its index in a table, -1 for a key that the table does not have; nil at the end.
    ///
    /// Members whose value is `null` are passed over: for a typed reader they say the same as an absent key.
    public mutating func nextKey(in table: JSONKeyTable) throws(JSONError) -> Int? {
        while try advance(to: UInt8(ascii: "}")) {
            guard bytes[position] == UInt8(ascii: "\"") else {
                throw JSONError(.unexpectedByte(bytes[position]), at: position)
            }
            let key = try takeIndex(in: table)
            try takeColon()
            if try peekByte() != UInt8(ascii: "n") { return key }
            try takeLiteral("null")
        }
        return nil
    }

    // MARK: Arrays

    /// Enters an array.
    public mutating func beginArray() throws(JSONError) {
        try open(UInt8(ascii: "["), .array)
    }

    /// Moves to the next element; false at the array's end, which is taken too.
    public mutating func nextElement() throws(JSONError) -> Bool {
        try advance(to: UInt8(ascii: "]"))
    }

    // MARK: Literals

    /// Takes `true` or `false`.
    public mutating func readBool() throws(JSONError) -> Bool {
        switch try peekByte() {
        case UInt8(ascii: "t"):
            try takeLiteral("true")
            return true
        case UInt8(ascii: "f"):
            try takeLiteral("false")
            return false
        default:
            throw try mismatch(.bool)
        }
    }

    /// Takes `null` if it comes next, and tells whether it did.
    public mutating func takeNull() throws(JSONError) -> Bool {
        guard try peekByte() == UInt8(ascii: "n") else { return false }
        try takeLiteral("null")
        return true
    }

    // MARK: Passing over

    /// Passes over the next value, whatever it is, checking its syntax.
    public mutating func skipValue() throws(JSONError) {
        switch try peekKind() {
        case .null: try takeLiteral("null")
        case .bool: _ = try readBool()
        case .number: _ = try scanNumber()
        case .string: _ = try scanString()
        case .array:
            try beginArray()
            while try nextElement() { try skipValue() }
        case .object:
            try beginObject()
            while try advance(to: UInt8(ascii: "}")) {
                guard bytes[position] == UInt8(ascii: "\"") else {
                    throw JSONError(.unexpectedByte(bytes[position]), at: position)
                }
                _ = try scanString()
                try takeColon()
                try skipValue()
            }
        }
    }

    /// Passes over the next value and gives its bytes.
    public mutating func readRaw() throws(JSONError) -> ArraySlice<UInt8> {
        skipWhitespace()
        let start = position
        try skipValue()
        return bytes[start..<position]
    }

    /// A place to come back to.
    public struct Mark: Sendable {
        let position: Int
        let depth: Int
        let isAtStart: Bool
    }

    /// The present place, for `rewind(to:)` and `stepOver(_:from:)`.
    public var mark: Mark { Mark(position: position, depth: depth, isAtStart: isAtStart) }

    /// Goes back to a place taken earlier.
    public mutating func rewind(to mark: Mark) {
        position = mark.position
        depth = mark.depth
        isAtStart = mark.isAtStart
    }

    /// Passes over the value that begins at `mark` after reading it failed.
    ///
    /// So one damaged field does not lose the object around it. A fault of syntax is thrown again; a fault of shape is counted in `issueCount`.
    public mutating func stepOver(_ error: JSONError, from mark: Mark) throws(JSONError) {
        guard error.isShapeOnly else { throw error }
        if firstIssue == nil { firstIssue = error }
        issueCount += 1
        rewind(to: mark)
        try skipValue()
    }

    /// Reads one member of the coming object without taking the object: its index in a table of string values.
    ///
    /// Made for unions told apart by a field such as `type`, wherever in the object that field stands.
    public mutating func discriminator(_ key: StaticString, in values: JSONKeyTable) throws(JSONError)
        -> JSONDiscriminator
    {
        let start = mark
        defer { rewind(to: start) }
        try beginObject()
        while try advance(to: UInt8(ascii: "}")) {
            guard bytes[position] == UInt8(ascii: "\"") else {
                throw JSONError(.unexpectedByte(bytes[position]), at: position)
            }
            let isKey = try takeString(equals: key)
            try takeColon()
            guard isKey else {
                try skipValue()
                continue
            }
            guard try peekByte() == UInt8(ascii: "\"") else { return .missing }
            let valueStart = mark
            let index = try takeIndex(in: values)
            if index >= 0 { return .known(index) }
            rewind(to: valueStart)
            return .unknown(try readString())
        }
        return .missing
    }
}

/// What a discriminating field says.
public enum JSONDiscriminator: Sendable, Equatable {
    /// A value of the table, by index.
    case known(Int)
    /// A value that the table does not have.
    case unknown(String)
    /// The field is absent or not a string.
    case missing
}

// MARK: - Tokens

extension JSONReader {
    @inline(__always)
    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The first byte of the next token, not taken.
    @inline(__always)
    mutating func peekByte() throws(JSONError) -> UInt8 {
        skipWhitespace()
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        return bytes[position]
    }

    mutating func mismatch(_ expected: JSONKind) throws(JSONError) -> JSONError {
        JSONError(.mismatch(expected: expected, found: try peekKind()), at: position)
    }

    private mutating func open(_ bracket: UInt8, _ kind: JSONKind) throws(JSONError) {
        guard try peekByte() == bracket else { throw try mismatch(kind) }
        guard depth < maximumDepth else { throw JSONError(.tooDeep(limit: maximumDepth), at: position) }
        depth += 1
        position += 1
        isAtStart = true
    }

    /// Moves to the first byte of the next member; false when the closing bracket came, which is taken.
    mutating func advance(to bracket: UInt8) throws(JSONError) -> Bool {
        var byte = try peekByte()
        if byte == bracket {
            position += 1
            depth -= 1
            isAtStart = false
            return false
        }
        if !isAtStart {
            guard byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte(byte), at: position) }
            position += 1
            byte = try peekByte()
            if byte == bracket { throw JSONError(.unexpectedByte(byte), at: position) }
        }
        isAtStart = false
        return true
    }

    mutating func takeColon() throws(JSONError) {
        let byte = try peekByte()
        guard byte == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte(byte), at: position) }
        position += 1
    }

    mutating func takeLiteral(_ literal: StaticString) throws(JSONError) {
        let matched = literal.withUTF8Buffer { text in
            for index in text.indices {
                guard position + index < bytes.count, unsafe bytes[position + index] == text[index] else {
                    return index
                }
            }
            return text.count
        }
        position += matched
        guard matched == literal.utf8CodeUnitCount else {
            throw position < bytes.count
                ? JSONError(.unexpectedByte(bytes[position]), at: position) : JSONError(.unexpectedEnd, at: position)
        }
    }
}
