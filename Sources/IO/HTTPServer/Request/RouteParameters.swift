internal import HTTP

/// What the variable segments of a route's pattern stand for, by their names.
public struct RouteParameters: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    private var names: [String] = []
    private var values: [String] = []

    /// Makes an empty list.
    public init() {}

    /// Parameters written as `["id": "7"]`.
    public init(dictionaryLiteral elements: (String, String)...) {
        names = elements.map(\.0)
        values = elements.map(\.1)
    }

    /// The decoded text of a variable segment; a `*rest` without its leading slash.
    public subscript(name: String) -> String? {
        names.firstIndex(of: name).map { values[$0] }
    }

    /// The text of a variable segment, or the error that answers 400 when the route has none of that name.
    public func require(_ name: String) throws -> String {
        guard let value = self[name] else { throw HTTPError(.badRequest, "\(name) is missing") }
        return value
    }

    /// The text of a variable segment as a number or another value, or the error that answers 400.
    public func require<T: LosslessStringConvertible>(_ name: String, as type: T.Type) throws -> T {
        guard let value = T(try require(name)) else { throw HTTPError(.badRequest, "\(name) is malformed") }
        return value
    }

    mutating func append(_ name: String, _ value: String) {
        names.append(name)
        values.append(value)
    }
}
