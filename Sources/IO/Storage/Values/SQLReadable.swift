/// A type that can be made from a column's value.
///
/// A `RawRepresentable` type with a readable raw value only has to declare the conformance.
public protocol SQLReadable {
    /// Makes a value, or nil where the column holds something else (null included).
    init?(sqlValue: SQLValue)
}

extension SQLValue: SQLReadable {
    /// Takes the value as it is.
    @inlinable
    public init?(sqlValue: SQLValue) { self = sqlValue }
}

extension Bool: SQLReadable {
    /// False for 0, true for any other whole number.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self = number != 0
    }
}

extension Int: SQLReadable {
    /// Takes a whole number.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension Int32: SQLReadable {
    /// Takes a whole number that fits.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension Int64: SQLReadable {
    /// Takes a whole number.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self = number
    }
}

extension Double: SQLReadable {
    /// Takes a floating point or a whole number.
    @inlinable
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        case .null, .text, .blob: return nil
        }
    }
}

extension String: SQLReadable {
    /// Takes text.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self = text
    }
}

extension [UInt8]: SQLReadable {
    /// Takes bytes.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
    /// Takes null as nil, anything else as the wrapped type.
    @inlinable
    public init?(sqlValue: SQLValue) {
        if case .null = sqlValue {
            self = .none
        } else if let value = Wrapped(sqlValue: sqlValue) {
            self = .some(value)
        } else {
            return nil
        }
    }
}

extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
    /// Takes a raw value that the type knows.
    @inlinable
    public init?(sqlValue: SQLValue) {
        guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: raw)
    }
}
