public import JSON

/// What can be read from the Bot API's JSON.
public protocol TelegramDecodable: Sendable {
    /// Reads the value that comes next.
    init(from reader: inout JSONReader) throws(JSONError)
}

/// What can be written as a parameter of a method, or inside one.
public protocol TelegramEncodable: Sendable {
    /// Writes the value.
    func encode(into writer: inout ParameterWriter)
}

/// An open set of strings: known values have names, others are kept.
public protocol TelegramString: RawRepresentable<String>, Hashable, Sendable, TelegramDecodable, TelegramEncodable,
    ExpressibleByStringLiteral
{
    /// Makes a value, known or not.
    init(rawValue: String)
}

extension TelegramString {
    /// Makes a value from a literal.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Reads the string.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self.init(rawValue: try reader.readString())
    }

    /// Writes the string.
    public func encode(into writer: inout ParameterWriter) {
        writer.string(rawValue)
    }
}

extension Bool: TelegramDecodable, TelegramEncodable {
    /// Reads `true` or `false`.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self = try reader.readBool()
    }

    /// Writes `true` or `false`.
    public func encode(into writer: inout ParameterWriter) {
        writer.bool(self)
    }
}

extension Int: TelegramDecodable, TelegramEncodable {
    /// Reads a whole number.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self = try reader.readInt()
    }

    /// Writes the number.
    public func encode(into writer: inout ParameterWriter) {
        writer.integer(Int64(self))
    }
}

extension Double: TelegramDecodable, TelegramEncodable {
    /// Reads a number.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self = try reader.readDouble()
    }

    /// Writes the number.
    public func encode(into writer: inout ParameterWriter) {
        writer.number(self)
    }
}

extension String: TelegramDecodable, TelegramEncodable {
    /// Reads a string.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self = try reader.readString()
    }

    /// Writes the string.
    public func encode(into writer: inout ParameterWriter) {
        writer.string(self)
    }
}

extension Array: TelegramDecodable where Element: TelegramDecodable {
    /// Reads an array; one element that cannot be read makes the whole array unreadable.
    public init(from reader: inout JSONReader) throws(JSONError) {
        self = []
        try reader.beginArray()
        while try reader.nextElement() { append(try Element(from: &reader)) }
    }
}

extension Array: TelegramEncodable where Element: TelegramEncodable {
    /// Writes the elements.
    public func encode(into writer: inout ParameterWriter) {
        writer.beginArray()
        for element in self { element.encode(into: &writer) }
        writer.endArray()
    }
}

extension JSONReader {
    /// The fault of an object that lacks a required field.
    func missing(_ field: String) -> JSONError {
        JSONError(.missingKey(field), at: offset)
    }

    /// Passes over an object whose fields, if it has any, mean nothing yet.
    mutating func skipObject() throws(JSONError) {
        let kind = try peekKind()
        guard kind == .object else { throw JSONError(.mismatch(expected: .object, found: kind), at: offset) }
        try skipValue()
    }
}
