/// A piece of SQL with its arguments: what is interpolated is bound, never pasted.
///
/// ```swift
/// try connection.execute("UPDATE users SET name = \(name) WHERE id = \(id)")
/// try connection.query("SELECT * FROM users WHERE id IN \(list: ids)")
/// ```
///
/// Pieces compose: a `SQL` value interpolated into another one keeps its arguments.
///
/// What every driver understands, and so what bots and kits may use: one statement at a time;
/// `INSERT … ON CONFLICT (…) DO UPDATE/NOTHING`; `RETURNING`; partial unique indexes; common table
/// expressions; `BIGINT`, `TEXT`, `DOUBLE PRECISION` and `BLOB` columns; `INTEGER PRIMARY KEY
/// AUTOINCREMENT` for numbers that the database gives (other drivers translate it); instants as
/// microseconds since 1970 UTC in an integer column; 0 and 1 for booleans. Not portable: `rowid`,
/// `INSERT OR …`, `datetime()`, `strftime()`, double-quoted strings, `?` in literal text.
public struct SQL: Sendable, Hashable {
    /// The statement with one `?` for each argument.
    public private(set) var text: String
    /// The arguments in the order of their question marks.
    public private(set) var arguments: [SQLValue]

    /// Text that a program brought along, such as a name of a table; it must hold no outside data.
    public init(raw text: String, arguments: [SQLValue] = []) {
        self.text = text
        self.arguments = arguments
    }

    /// Appends another piece with its arguments.
    public mutating func append(_ other: SQL) {
        text += other.text
        arguments += other.arguments
    }

    /// Two pieces, one after the other.
    public static func + (first: SQL, second: SQL) -> SQL {
        var sum = first
        sum.append(second)
        return sum
    }

    /// The argument list for `IN`, in parentheses; an empty list matches no row.
    public static func list<Values: Sequence>(_ values: Values) -> SQL where Values.Element: SQLBindable {
        // Not a key path: made anew for each generic type at run time, it would take longer than the rest.
        let arguments = values.map { $0.sqlValue }
        if arguments.isEmpty { return SQL(raw: "(SELECT NULL WHERE 1 = 0)") }
        let marks = String(repeating: "?, ", count: arguments.count - 1) + "?"
        return SQL(raw: "(\(marks))", arguments: arguments)
    }
}

extension SQL: ExpressibleByStringInterpolation {
    /// Plain text without arguments.
    public init(stringLiteral value: String) { self.init(raw: value) }

    /// Takes the pieces that the compiler collected.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// Collects literal text and bound values.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        /// Reserves room for the text.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL(raw: "")
            sql.text.reserveCapacity(literalCapacity + interpolationCount)
            sql.arguments.reserveCapacity(interpolationCount)
        }

        /// Takes text of the program itself.
        public mutating func appendLiteral(_ literal: String) { sql.text += literal }

        /// Binds a value.
        @inlinable
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value) { bind(value.sqlValue) }

        /// Binds a value, or null.
        @inlinable
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            bind(value?.sqlValue ?? .null)
        }

        /// Binds a value that is known only by its protocol.
        public mutating func appendInterpolation(any value: any SQLBindable) { bind(value.sqlValue) }

        @usableFromInline
        mutating func bind(_ value: SQLValue) {
            sql.text += "?"
            sql.arguments.append(value)
        }

        /// Puts another piece here, with its arguments.
        public mutating func appendInterpolation(_ piece: SQL) { sql.append(piece) }

        /// Pastes text of the program itself, such as a name of a table; never outside data.
        public mutating func appendInterpolation(raw text: String) { sql.text += text }

        /// Binds each value of a list, in parentheses: `id IN \(list: ids)`.
        public mutating func appendInterpolation<Values: Sequence>(list values: Values)
        where Values.Element: SQLBindable {
            sql.append(.list(values))
        }
    }
}

extension Sequence<SQL> {
    /// The pieces with a separator between them, such as conditions with ` AND `.
    public func joined(separator: SQL) -> SQL {
        var sum = SQL(raw: "")
        var isFirst = true
        for piece in self {
            if !isFirst { sum.append(separator) }
            sum.append(piece)
            isFirst = false
        }
        return sum
    }
}
