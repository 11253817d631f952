public import Support

extension Timestamp: SQLBindable, SQLReadable {
    /// Microseconds since 1970 UTC, as an integer.
    public var sqlValue: SQLValue { .integer(microseconds) }

    /// Takes a whole number of microseconds since 1970 UTC.
    public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(microseconds: number)
    }
}
