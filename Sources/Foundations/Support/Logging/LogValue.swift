/// A value beside a log message.
public enum LogValue: Sendable, Equatable {
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction.
    case number(Double)
    /// True or false.
    case bool(Bool)
    /// A length of time, written in milliseconds.
    case duration(Duration)

    /// Any whole number.
    public static func integer(_ value: some BinaryInteger) -> LogValue { .integer(Int64(clamping: value)) }

    /// Whatever describes itself: an id, an error, an enumeration.
    public static func describing(_ value: some CustomStringConvertible) -> LogValue { .string(value.description) }
}

extension LogValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    /// A text literal, with or without interpolation.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number literal.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number literal.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A truth literal.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
