extension JSONValue: CustomStringConvertible {
    /// The value as a text without white space.
    public func serialised() -> [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The value as a text without white space.
    public var description: String { String(decoding: serialised(), as: UTF8.self) }
}

extension JSONWriter {
    /// Writes a tree.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object {
                key(escaping: member.key)
                self.value(member.value)
            }
            endObject()
        }
    }
}
