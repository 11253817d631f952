/// One row of a result, with typed access by column name.
public struct Row: Sendable {
    /// The names of a result's columns, shared by its rows.
    public let columns: Columns
    /// The values in the order of the columns.
    public let values: [SQLValue]

    /// A row of a driver's result.
    public init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The names of a result's columns.
    public final class Columns: Sendable {
        /// The names in order.
        public let names: [String]

        /// Columns with these names.
        public init(_ names: [String]) { self.names = names }

        /// The place of a name; of two columns with the same name, the first.
        public func index(of name: String) -> Int? { names.firstIndex(of: name) }
    }

    /// The raw value of a column, or nil where there is no such column.
    public subscript(column: String) -> SQLValue? { columns.index(of: column).map { values[$0] } }

    // Inlined, so that the type is known where it is read: looking it up takes longer than reading.

    /// The value of a column as a type; null is read by asking for an optional type.
    ///
    /// - Throws: `StorageError` with code `mismatch` where the column is missing or holds another type.
    ///   The message names column and types, not the value.
    @inlinable
    public func get<Value: SQLReadable>(_ column: String, as type: Value.Type = Value.self) throws(StorageError)
        -> Value
    {
        guard let index = columns.index(of: column) else {
            throw StorageError(.mismatch, "the result has no column \"\(column)\"")
        }
        return try read(index, named: column)
    }

    /// The value of a column by its place, from 0.
    ///
    /// - Throws: `StorageError` with code `mismatch` where the column is missing or holds another type.
    @inlinable
    public func get<Value: SQLReadable>(at index: Int, as type: Value.Type = Value.self) throws(StorageError) -> Value {
        guard values.indices.contains(index) else {
            throw StorageError(.mismatch, "the result has no column \(index)")
        }
        return try read(index, named: "\(index)")
    }

    @inlinable
    func read<Value: SQLReadable>(_ index: Int, named name: @autoclosure () -> String) throws(StorageError) -> Value {
        guard let value = Value(sqlValue: values[index]) else { throw mismatch(index, named: name(), Value.self) }
        return value
    }

    @usableFromInline
    func mismatch(_ index: Int, named name: String, _ type: Any.Type) -> StorageError {
        StorageError(.mismatch, "column \"\(name)\" holds \(values[index].typeName), not \(type)")
    }
}
