/// What is wrong with a JSON text, or with its shape, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// The fault.
    public let kind: Kind
    /// Where the fault was met, in bytes from the start of the text.
    public let offset: Int

    /// Makes an error for a fault at a byte offset.
    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// Faults of the text (RFC 8259) and of its shape (what the caller asked for).
    public enum Kind: Equatable, Sendable {
        /// The text ends inside a value.
        case unexpectedEnd
        /// A byte that the grammar does not allow here.
        case unexpectedByte(UInt8)
        /// Bytes that are not UTF-8 inside a string.
        case invalidUTF8
        /// A backslash followed by something that RFC 8259 section 7 does not list.
        case invalidEscape
        /// A number against the grammar of RFC 8259 section 6.
        case invalidNumber
        /// A number that the requested type cannot hold.
        case numberOutOfRange
        /// Something after the value's end.
        case trailingBytes
        /// More nested arrays and objects than the limit given here.
        case tooDeep(limit: Int)
        /// A value of another kind than the one asked for.
        case mismatch(expected: JSONKind, found: JSONKind)
        /// An object without a key that it must have.
        case missingKey(String)
        /// A value of the right kind that means nothing to the caller.
        case invalidValue(String)
    }

    /// True when the text is well formed as far as it was read: skipping the value is safe.
    public var isShapeOnly: Bool {
        switch kind {
        case .mismatch, .missingKey, .invalidValue, .numberOutOfRange: true
        default: false
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// The fault in words, with its offset; never a part of the text itself.
    public var description: String {
        let fault =
            switch kind {
            case .unexpectedEnd: "the text ends too early"
            case .unexpectedByte(let byte): "unexpected byte 0x" + String(byte, radix: 16)
            case .invalidUTF8: "invalid UTF-8"
            case .invalidEscape: "invalid escape sequence"
            case .invalidNumber: "invalid number"
            case .numberOutOfRange: "number out of range"
            case .trailingBytes: "something follows the value"
            case .tooDeep(let limit): "nested deeper than \(limit) levels"
            case .mismatch(let expected, let found): "\(expected) expected, \(found) found"
            case .missingKey(let key): "key \"\(key)\" is missing"
            case .invalidValue(let reason): reason
            }
        return "\(fault) at byte \(offset)"
    }
}

/// The kinds of JSON value, as told apart by a value's first byte.
public enum JSONKind: Sendable, Equatable {
    /// The literal `null`.
    case null
    /// The literals `true` and `false`.
    case bool
    /// A number, whole or not.
    case number
    /// A string.
    case string
    /// An array.
    case array
    /// An object.
    case object
}
