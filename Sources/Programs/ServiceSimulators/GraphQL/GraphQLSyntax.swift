/// A place in a GraphQL text, counted from 1 as the specification's error format wants it.
struct GraphQLLocation: Sendable, Equatable {
    var line: Int
    var column: Int
}

/// A type as written: a name, a list of a type, or a type that is never null.
indirect enum GraphQLTypeReference: Sendable, Equatable, CustomStringConvertible {
    case named(String)
    case list(GraphQLTypeReference)
    case nonNull(GraphQLTypeReference)

    var description: String {
        switch self {
        case .named(let name): name
        case .list(let element): "[\(element)]"
        case .nonNull(let inner): "\(inner)!"
        }
    }

    /// The name inside all wrappings.
    var name: String {
        switch self {
        case .named(let name): name
        case .list(let inner), .nonNull(let inner): inner.name
        }
    }

    var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    /// The type without the outermost `!`.
    var nullable: GraphQLTypeReference {
        if case .nonNull(let inner) = self { inner } else { self }
    }
}

/// A value as written in a document.
indirect enum GraphQLValue: Sendable, Equatable, CustomStringConvertible {
    case variable(String)
    case integer(String)
    case float(String)
    case string(String)
    case boolean(Bool)
    case null
    case enumeration(String)
    case list([GraphQLValue])
    case object([(name: String, value: GraphQLValue)])

    static func == (left: GraphQLValue, right: GraphQLValue) -> Bool {
        left.description == right.description
    }

    var description: String {
        switch self {
        case .variable(let name): "$\(name)"
        case .integer(let text), .float(let text): text
        case .string(let text): "\"\(text)\""
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        case .enumeration(let name): name
        case .list(let items): "[\(items.map(\.description).joined(separator: ","))]"
        case .object(let fields): "{\(fields.map { "\($0.name):\($0.value)" }.joined(separator: ","))}"
        }
    }
}

struct GraphQLArgument: Sendable {
    var name: String
    var value: GraphQLValue
    var location: GraphQLLocation
}

struct GraphQLField: Sendable {
    var alias: String?
    var name: String
    var arguments: [GraphQLArgument]
    var selections: [GraphQLSelection]
    var location: GraphQLLocation

    /// The key under which the result stands.
    var responseKey: String { alias ?? name }
}

indirect enum GraphQLSelection: Sendable {
    case field(GraphQLField)
    case spread(name: String, location: GraphQLLocation)
    case inline(type: String?, selections: [GraphQLSelection], location: GraphQLLocation)
}

struct GraphQLVariable: Sendable {
    var name: String
    var type: GraphQLTypeReference
    var defaultValue: GraphQLValue?
    var location: GraphQLLocation
}

struct GraphQLOperation: Sendable {
    /// `query` or `mutation`.
    var kind: String
    var name: String?
    var variables: [GraphQLVariable]
    var selections: [GraphQLSelection]
    var location: GraphQLLocation
}

struct GraphQLFragment: Sendable {
    var name: String
    var type: String
    var selections: [GraphQLSelection]
    var location: GraphQLLocation
}

struct GraphQLDocument: Sendable {
    var operations: [GraphQLOperation] = []
    var fragments: [String: GraphQLFragment] = [:]
}

/// A mistake in a request, in the shape of the specification's error objects (section 7.1.2).
struct GraphQLError: Error, Sendable, Equatable {
    var message: String
    var locations: [GraphQLLocation] = []
    var path: [String] = []
    var code: String?

    static func parse(_ message: String, _ location: GraphQLLocation) -> GraphQLError {
        GraphQLError(message: message, locations: [location], code: "GRAPHQL_PARSE_FAILED")
    }

    static func validation(_ message: String, _ location: GraphQLLocation) -> GraphQLError {
        GraphQLError(message: message, locations: [location], code: "GRAPHQL_VALIDATION_FAILED")
    }
}
