/// Reads the properties of a value one after the other, in the order in which they were written.
final class CompactDecoder: Decoder {
    private let fields: [String]
    private var position = 0

    init(fields: [String]) { self.fields = fields }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var isAtEnd: Bool { position == fields.count }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw fault("a list") }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    private func fault(_ expected: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "no \(expected) in field \(position)"))
    }
}

extension CompactDecoder {
    fileprivate var next: String? { position < fields.count ? fields[position] : nil }

    fileprivate func take() throws -> String {
        guard let field = next else { throw fault("value") }
        position += 1
        return field
    }

    /// Takes a nil if one stands here.
    fileprivate func takeNil() -> Bool {
        guard next == "~" else { return false }
        position += 1
        return true
    }

    fileprivate func bool() throws -> Bool {
        switch try take() {
        case "1": true
        case "0": false
        default: throw fault("truth value")
        }
    }

    fileprivate func text() throws -> String {
        let field = try take()
        guard field != "~" else { throw fault("text") }
        return field.hasPrefix("\\~") ? String(field.dropFirst()) : field
    }

    fileprivate func integer<Number: FixedWidthInteger>() throws -> Number {
        guard let number = Number(try take(), radix: 36) else { throw fault("whole number") }
        return number
    }

    fileprivate func number<Number: LosslessStringConvertible>() throws -> Number {
        guard let number = Number(try take()) else { throw fault("number") }
        return number
    }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: CompactDecoder
    var codingPath: [any CodingKey] { [] }

    /// Asked for by enumerations only: the name of the case stands here.
    var allKeys: [Key] { decoder.next.flatMap { Key(stringValue: $0) }.map { [$0] } ?? [] }
    func contains(_ key: Key) -> Bool { !decoder.isAtEnd }

    func decodeNil(forKey key: Key) -> Bool { decoder.takeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.text() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder.number() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder.number() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder.integer() }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: decoder) }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        decoder.takeNil() ? nil : try decoder.bool()
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        decoder.takeNil() ? nil : try decoder.text()
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        decoder.takeNil() ? nil : try decoder.number()
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
        decoder.takeNil() ? nil : try decoder.number()
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        decoder.takeNil() ? nil : try decoder.integer()
    }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        decoder.takeNil() ? nil : try Value(from: decoder)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        _ = try decoder.take()
        return decoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.unkeyedContainer()
    }
    func superDecoder() -> any Decoder { decoder }
    func superDecoder(forKey key: Key) -> any Decoder { decoder }
}

private struct Single: SingleValueDecodingContainer {
    let decoder: CompactDecoder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoder.takeNil() }
    func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool() }
    func decode(_ type: String.Type) throws -> String { try decoder.text() }
    func decode(_ type: Double.Type) throws -> Double { try decoder.number() }
    func decode(_ type: Float.Type) throws -> Float { try decoder.number() }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
