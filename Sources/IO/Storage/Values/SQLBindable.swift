/// A type whose values can be arguments of a statement.
///
/// A `RawRepresentable` type with a bindable raw value only has to declare the conformance.
public protocol SQLBindable {
    /// The value as the database stores it.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    /// The value itself.
    @inlinable public var sqlValue: SQLValue { self }
}

extension Bool: SQLBindable {
    /// 1 for true, 0 for false.
    @inlinable public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Int: SQLBindable {
    /// The number as a 64-bit integer.
    @inlinable public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int32: SQLBindable {
    /// The number as a 64-bit integer.
    @inlinable public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    /// The number as it is.
    @inlinable public var sqlValue: SQLValue { .integer(self) }
}

extension Double: SQLBindable {
    /// The number as it is.
    @inlinable public var sqlValue: SQLValue { .real(self) }
}

extension String: SQLBindable {
    /// The text as it is.
    @inlinable public var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLBindable {
    /// The bytes as they are.
    @inlinable public var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    /// The wrapped value, or null.
    @inlinable public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    /// The raw value.
    @inlinable public var sqlValue: SQLValue { rawValue.sqlValue }
}
