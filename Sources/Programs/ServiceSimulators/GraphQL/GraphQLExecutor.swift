internal import JSON

/// What a field resolves to: a finished value, a list, or an object that resolves its own fields.
indirect enum GraphQLNode: Sendable {
    case leaf(JSONValue)
    case list([GraphQLNode])
    case object(type: String, resolve: @Sendable (GraphQLCall) throws -> GraphQLNode)

    static let null = GraphQLNode.leaf(.null)
}

/// A field with its arguments, defaults filled in and variables replaced.
struct GraphQLCall: Sendable {
    var field: String
    var arguments: JSONObject

    subscript(argument: String) -> JSONValue? {
        arguments[argument].flatMap { $0.isNull ? nil : $0 }
    }
}

/// Runs an operation that has been validated (specification, section 6).
struct GraphQLExecutor {
    let schema: GraphQLSchema
    let document: GraphQLDocument
    private var variables: JSONObject = [:]

    init(schema: GraphQLSchema, document: GraphQLDocument) {
        self.schema = schema
        self.document = document
    }

    /// Picks the operation, coerces the variables and resolves every field.
    ///
    /// - Throws: `GraphQLError`; with a code when the request itself is wrong, without one when a resolver refused.
    mutating func run(
        operationName: String?, variables given: JSONObject,
        root: @Sendable (_ kind: String) -> GraphQLNode
    ) throws -> JSONValue {
        guard
            let operation = document.operations.first(where: { operationName == nil || $0.name == operationName }),
            operationName != nil || document.operations.count == 1
        else {
            throw GraphQLError(message: "operation \(operationName ?? "") not found", code: "GRAPHQL_VALIDATION_FAILED")
        }
        variables = try coerced(given, for: operation)
        return try complete(root(operation.kind), operation.selections, [])
    }

    private func complete(_ node: GraphQLNode, _ selections: [GraphQLSelection], _ path: [String]) throws -> JSONValue {
        switch node {
        case .leaf(let value): return value
        case .list(let nodes):
            return .array(
                try nodes.enumerated().map { index, node in try complete(node, selections, path + ["\(index)"]) })
        case .object(let type, let resolve):
            var result = JSONObject()
            try collect(selections, on: type) { field in
                let inner = path + [field.responseKey]
                guard field.name != "__typename" else {
                    result[field.responseKey] = .string(type)
                    return
                }
                let node: GraphQLNode
                do {
                    node = try resolve(call(field, on: type))
                } catch let error as GraphQLError where error.path.isEmpty {
                    throw GraphQLError(message: error.message, path: inner, code: error.code)
                }
                result[field.responseKey] = try complete(node, field.selections, inner)
            }
            return .object(result)
        }
    }

    private func collect(
        _ selections: [GraphQLSelection], on type: String, _ visit: (GraphQLField) throws -> Void
    ) throws {
        for selection in selections {
            switch selection {
            case .field(let field): try visit(field)
            case .inline(let condition, let nested, _):
                if condition.map({ schema.possibleTypes($0).contains(type) }) ?? true {
                    try collect(nested, on: type, visit)
                }
            case .spread(let name, _):
                if let fragment = document.fragments[name], schema.possibleTypes(fragment.type).contains(type) {
                    try collect(fragment.selections, on: type, visit)
                }
            }
        }
    }

    private func call(_ field: GraphQLField, on type: String) -> GraphQLCall {
        var arguments = JSONObject()
        for input in schema.fields(of: type)?[field.name]?.arguments ?? [] {
            let written = field.arguments.first { $0.name == input.name }?.value ?? input.defaultValue
            if let value = written.flatMap(literal) { arguments[input.name] = value }
        }
        return GraphQLCall(field: field.name, arguments: arguments)
    }

    /// The value with its variables replaced; nil where a variable was not given.
    private func literal(_ value: GraphQLValue) -> JSONValue? {
        switch value {
        case .variable(let name): variables[name]
        case .integer(let text): Int64(text).map(JSONValue.integer)
        case .float(let text): Double(text).map(JSONValue.number)
        case .string(let text), .enumeration(let text): .string(text)
        case .boolean(let flag): .bool(flag)
        case .null: .null
        case .list(let items): .array(items.compactMap(literal))
        case .object(let fields):
            .object(
                fields.reduce(into: JSONObject()) { object, field in
                    if let inner = literal(field.value) { object[field.name] = inner }
                })
        }
    }

    private func coerced(_ given: JSONObject, for operation: GraphQLOperation) throws -> JSONObject {
        var result = JSONObject()
        for variable in operation.variables {
            if let value = given[variable.name] ?? variable.defaultValue.flatMap(literal) {
                try check(value, fits: variable.type, at: "variable.\(variable.name)")
                result[variable.name] = value
            } else if variable.type.isNonNull {
                throw GraphQLError(
                    message: "must be defined", path: ["variable", variable.name], code: "GRAPHQL_VALIDATION_FAILED")
            }
        }
        return result
    }

    private func check(_ value: JSONValue, fits type: GraphQLTypeReference, at place: String) throws {
        func refuse(_ message: String) throws -> Never {
            throw GraphQLError(message: "\(place): \(message)", code: "GRAPHQL_VALIDATION_FAILED")
        }
        if value.isNull {
            if type.isNonNull { try refuse("cannot be null") }
            return
        }
        switch type.nullable {
        case .list(let element):
            for item in value.arrayValue ?? [value] { try check(item, fits: element, at: place) }
        case .named(let name):
            switch schema.types[name] {
            case .input(let fields):
                guard let object = value.objectValue else { try refuse("must be a \(name)") }
                for member in object where fields[member.key] == nil { try refuse("unknown field \(member.key)") }
                for field in fields.values {
                    if let inner = object[field.name] {
                        try check(inner, fits: field.type, at: "\(place).\(field.name)")
                    } else if field.isRequired {
                        try refuse("\(field.name) must be defined")
                    }
                }
            case .enumeration(let cases):
                if !cases.contains(value.stringValue ?? "") { try refuse("\(value) is not a valid \(name)") }
            default:
                if !Self.isValue(value, of: name) { try refuse("cannot use \(value) as \(name)") }
            }
        case .nonNull: break
        }
    }

    private static func isValue(_ value: JSONValue, of scalar: String) -> Bool {
        switch (scalar, value) {
        case ("Int", .integer), ("Int64", .integer), ("Float", .integer), ("Float", .number), ("String", .string),
            ("Boolean", .bool), ("ID", .string), ("ID", .integer):
            true
        case ("Int", _), ("Int64", _), ("Float", _), ("String", _), ("Boolean", _), ("ID", _): false
        default: true
        }
    }
}
