/// One value as it travels to or from a database column.
public enum SQLValue: Sendable, Hashable {
    /// No value.
    case null
    /// A whole number; booleans are 0 and 1, instants are microseconds since 1970 UTC.
    case integer(Int64)
    /// A floating point number.
    case real(Double)
    /// Text in UTF-8.
    case text(String)
    /// Raw bytes.
    case blob([UInt8])

    /// The name of the stored type, for messages that must not show the value itself.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .integer: "integer"
        case .real: "real"
        case .text: "text"
        case .blob: "blob"
        }
    }
}
