/// The types a server knows, read from the schema language (specification, section 3).
struct GraphQLSchema: Sendable {
    struct Input: Sendable {
        var name: String
        var type: GraphQLTypeReference
        var defaultValue: GraphQLValue?

        /// A value must be given: the type is never null and there is no default.
        var isRequired: Bool { type.isNonNull && defaultValue == nil }
    }

    struct Field: Sendable {
        var name: String
        var arguments: [Input]
        var type: GraphQLTypeReference
    }

    enum Definition: Sendable {
        case scalar
        case enumeration(Set<String>)
        case input([String: Input])
        case object(fields: [String: Field], interfaces: Set<String>)
        case interface(fields: [String: Field])
        case union(Set<String>)

        var isLeaf: Bool {
            switch self {
            case .scalar, .enumeration: true
            default: false
            }
        }

        var isInput: Bool {
            if case .input = self { true } else { isLeaf }
        }
    }

    private(set) var types: [String: Definition] = [:]

    /// Reads type definitions; the five built-in scalars are known without being written.
    init(_ source: String) throws(GraphQLError) {
        for name in ["Int", "Float", "String", "Boolean", "ID"] { types[name] = .scalar }
        var parser = try GraphQLParser(source)
        while parser.current != .end {
            let keyword = try parser.name()
            let name = try parser.name()
            switch keyword {
            case "scalar": types[name] = .scalar
            case "enum": types[name] = .enumeration(try Self.names(&parser))
            case "input":
                types[name] = .input(
                    Dictionary(uniqueKeysWithValues: try Self.inputs(&parser, "{", "}").map { ($0.name, $0) }))
            case "interface": types[name] = .interface(fields: try Self.fields(&parser))
            case "union":
                try parser.expect("=")
                var members: Set<String> = [try parser.name()]
                while try parser.skip("|") { members.insert(try parser.name()) }
                types[name] = .union(members)
            case "type":
                var interfaces: Set<String> = []
                if parser.current == .name("implements") {
                    try parser.advance()
                    interfaces.insert(try parser.name())
                    while try parser.skip("&") { interfaces.insert(try parser.name()) }
                }
                types[name] = .object(fields: try Self.fields(&parser), interfaces: interfaces)
            default: throw parser.unexpected()
            }
        }
    }

    /// The fields of an object or interface; nil for any other type.
    func fields(of type: String) -> [String: Field]? {
        switch types[type] {
        case .object(let fields, _), .interface(let fields): fields
        default: nil
        }
    }

    /// The object types a value of this type may have.
    func possibleTypes(_ type: String) -> Set<String> {
        switch types[type] {
        case .object: [type]
        case .union(let members): members
        case .interface:
            Set(
                types.compactMap { name, definition in
                    if case .object(_, let interfaces) = definition, interfaces.contains(type) { name } else { nil }
                })
        default: []
        }
    }

    private static func names(_ parser: inout GraphQLParser) throws(GraphQLError) -> Set<String> {
        try parser.expect("{")
        var found: Set<String> = []
        while try !parser.skip("}") { found.insert(try parser.name()) }
        return found
    }

    private static func fields(_ parser: inout GraphQLParser) throws(GraphQLError) -> [String: Field] {
        try parser.expect("{")
        var found: [String: Field] = [:]
        while try !parser.skip("}") {
            let name = try parser.name()
            let arguments = parser.current == .punctuator("(") ? try inputs(&parser, "(", ")") : []
            try parser.expect(":")
            found[name] = Field(name: name, arguments: arguments, type: try parser.type())
        }
        return found
    }

    private static func inputs(
        _ parser: inout GraphQLParser, _ open: String, _ close: String
    ) throws(GraphQLError) -> [Input] {
        try parser.expect(open)
        var found: [Input] = []
        while try !parser.skip(close) {
            let name = try parser.name()
            try parser.expect(":")
            let type = try parser.type()
            found.append(Input(name: name, type: type, defaultValue: try parser.skip("=") ? try parser.value() : nil))
        }
        return found
    }
}
