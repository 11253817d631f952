/// Writes the properties of a value one after the other, without their names.
final class CompactEncoder: Encoder {
    private(set) var fields: [String] = []

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func write(_ field: String) { fields.append(field) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Keyed(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Unkeyed(encoder: self) }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    static func escaped(_ text: String) -> String {
        var result = text.hasPrefix("~") ? "\\" : ""
        for scalar in text.unicodeScalars {
            if scalar == "," || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}

extension CompactEncoder {
    /// The one place where a value becomes a field; numbers are short in base 36.
    fileprivate func write(_ value: Bool) { write(value ? "1" : "0") }
    fileprivate func write(text value: String) { write(Self.escaped(value)) }
    fileprivate func write(_ value: some FixedWidthInteger) { write(String(value, radix: 36)) }
    fileprivate func write(_ value: some BinaryFloatingPoint & CustomStringConvertible) { write(value.description) }
    fileprivate func writeNil() { write("~") }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: CompactEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { encoder.writeNil() }
    func encode(_ value: Bool, forKey key: Key) { encoder.write(value) }
    func encode(_ value: String, forKey key: Key) { encoder.write(text: value) }
    func encode(_ value: Double, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Float, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Int, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Int8, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Int16, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Int32, forKey key: Key) { encoder.write(value) }
    func encode(_ value: Int64, forKey key: Key) { encoder.write(value) }
    func encode(_ value: UInt, forKey key: Key) { encoder.write(value) }
    func encode(_ value: UInt8, forKey key: Key) { encoder.write(value) }
    func encode(_ value: UInt16, forKey key: Key) { encoder.write(value) }
    func encode(_ value: UInt32, forKey key: Key) { encoder.write(value) }
    func encode(_ value: UInt64, forKey key: Key) { encoder.write(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try value.encode(to: encoder) }

    // A missing value keeps its place, so that the ones after it are found.
    func encodeIfPresent(_ value: Bool?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) {
        if let value { encoder.write(text: value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Float?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) {
        if let value { encoder.write(value) } else { encoder.writeNil() }
    }
    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        if let value { try value.encode(to: encoder) } else { encoder.writeNil() }
    }

    /// The case of an enumeration: its name, then its associated values.
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.write(text: key.stringValue)
        return encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder }
    func superEncoder(forKey key: Key) -> any Encoder { encoder }
}

private struct Single: SingleValueEncodingContainer {
    let encoder: CompactEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.writeNil() }
    func encode(_ value: Bool) { encoder.write(value) }
    func encode(_ value: String) { encoder.write(text: value) }
    func encode(_ value: Double) { encoder.write(value) }
    func encode(_ value: Float) { encoder.write(value) }
    func encode(_ value: Int) { encoder.write(value) }
    func encode(_ value: Int8) { encoder.write(value) }
    func encode(_ value: Int16) { encoder.write(value) }
    func encode(_ value: Int32) { encoder.write(value) }
    func encode(_ value: Int64) { encoder.write(value) }
    func encode(_ value: UInt) { encoder.write(value) }
    func encode(_ value: UInt8) { encoder.write(value) }
    func encode(_ value: UInt16) { encoder.write(value) }
    func encode(_ value: UInt32) { encoder.write(value) }
    func encode(_ value: UInt64) { encoder.write(value) }
    func encode(_ value: some Encodable) throws { try value.encode(to: encoder) }
}

/// Lists are not written: nothing tells where they end, and a button has no room for them.
private struct Unkeyed: UnkeyedEncodingContainer {
    let encoder: CompactEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { 0 }

    private func refuse() throws -> Never {
        throw EncodingError.invalidValue([], .init(codingPath: [], debugDescription: "it contains a list"))
    }

    func encodeNil() throws { try refuse() }
    func encode(_ value: some Encodable) throws { try refuse() }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { encoder }
}
