/// Reads executable documents (specification, section 2): operations and fragments, without directives or block strings.
struct GraphQLParser {
    private var lexer: GraphQLLexer
    private var token: GraphQLLexer.Token

    init(_ source: String) throws(GraphQLError) {
        lexer = GraphQLLexer(source)
        token = try lexer.next()
    }

    static func document(_ source: String) throws(GraphQLError) -> GraphQLDocument {
        var parser = try GraphQLParser(source)
        var document = GraphQLDocument()
        while parser.token.kind != .end {
            switch parser.token.kind {
            case .punctuator("{"), .name("query"), .name("mutation"):
                document.operations.append(try parser.operation())
            case .name("fragment"):
                let fragment = try parser.fragment()
                document.fragments[fragment.name] = fragment
            default: throw parser.unexpected()
            }
        }
        guard !document.operations.isEmpty else { throw .parse("no operation provided", parser.token.location) }
        return document
    }

    // MARK: Tokens, also used by the schema's reader

    var current: GraphQLLexer.Kind { token.kind }
    var location: GraphQLLocation { token.location }

    mutating func advance() throws(GraphQLError) {
        token = try lexer.next()
    }

    mutating func skip(_ punctuator: String) throws(GraphQLError) -> Bool {
        guard token.kind == .punctuator(punctuator) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ punctuator: String) throws(GraphQLError) {
        guard try skip(punctuator) else { throw .parse("Expected \(punctuator), found \(found)", token.location) }
    }

    mutating func name() throws(GraphQLError) -> String {
        guard case .name(let name) = token.kind else { throw .parse("Expected Name, found \(found)", token.location) }
        try advance()
        return name
    }

    mutating func type() throws(GraphQLError) -> GraphQLTypeReference {
        let inner: GraphQLTypeReference
        if try skip("[") {
            inner = .list(try type())
            try expect("]")
        } else {
            inner = .named(try name())
        }
        return try skip("!") ? .nonNull(inner) : inner
    }

    mutating func value() throws(GraphQLError) -> GraphQLValue {
        let kind = token.kind
        try advance()
        switch kind {
        case .punctuator("$"): return .variable(try name())
        case .integer(let text): return .integer(text)
        case .float(let text): return .float(text)
        case .string(let text): return .string(text)
        case .name("true"): return .boolean(true)
        case .name("false"): return .boolean(false)
        case .name("null"): return .null
        case .name(let name): return .enumeration(name)
        case .punctuator("["):
            var items: [GraphQLValue] = []
            while try !skip("]") { items.append(try value()) }
            return .list(items)
        case .punctuator("{"):
            var fields: [(name: String, value: GraphQLValue)] = []
            while try !skip("}") {
                let key = try name()
                try expect(":")
                fields.append((key, try value()))
            }
            return .object(fields)
        default: throw unexpected()
        }
    }

    func unexpected() -> GraphQLError {
        .parse("Unexpected \(found)", token.location)
    }

    private var found: String {
        switch token.kind {
        case .punctuator(let text): text
        case .name(let text): "Name \"\(text)\""
        case .integer(let text): "Int \"\(text)\""
        case .float(let text): "Float \"\(text)\""
        case .string(let text): "String \"\(text)\""
        case .end: "<EOF>"
        }
    }

    // MARK: Executable definitions

    private mutating func operation() throws(GraphQLError) -> GraphQLOperation {
        let start = token.location
        guard case .name(let kind) = token.kind else {
            return GraphQLOperation(
                kind: "query", name: nil, variables: [], selections: try selections(), location: start)
        }
        try advance()
        var title: String?
        if case .name(let text) = token.kind {
            title = text
            try advance()
        }
        var variables: [GraphQLVariable] = []
        if try skip("(") {
            while try !skip(")") { variables.append(try variable()) }
        }
        return GraphQLOperation(
            kind: kind, name: title, variables: variables, selections: try selections(), location: start)
    }

    private mutating func variable() throws(GraphQLError) -> GraphQLVariable {
        let start = token.location
        try expect("$")
        let name = try name()
        try expect(":")
        let type = try type()
        let fallback = try skip("=") ? try value() : nil
        return GraphQLVariable(name: name, type: type, defaultValue: fallback, location: start)
    }

    private mutating func fragment() throws(GraphQLError) -> GraphQLFragment {
        let start = token.location
        try advance()
        let title = try name()
        guard try name() == "on" else { throw unexpected() }
        return GraphQLFragment(name: title, type: try name(), selections: try selections(), location: start)
    }

    private mutating func selections() throws(GraphQLError) -> [GraphQLSelection] {
        try expect("{")
        var found: [GraphQLSelection] = []
        while try !skip("}") { found.append(try selection()) }
        guard !found.isEmpty else { throw unexpected() }
        return found
    }

    private mutating func selection() throws(GraphQLError) -> GraphQLSelection {
        let start = token.location
        guard try skip("...") else { return .field(try field(start)) }
        if token.kind == .name("on") {
            try advance()
            return .inline(type: try name(), selections: try selections(), location: start)
        }
        if case .name(let name) = token.kind {
            try advance()
            return .spread(name: name, location: start)
        }
        return .inline(type: nil, selections: try selections(), location: start)
    }

    private mutating func field(_ start: GraphQLLocation) throws(GraphQLError) -> GraphQLField {
        var title = try name()
        var alias: String?
        if try skip(":") {
            alias = title
            title = try name()
        }
        var arguments: [GraphQLArgument] = []
        if try skip("(") {
            while try !skip(")") {
                let place = token.location
                let key = try name()
                try expect(":")
                arguments.append(GraphQLArgument(name: key, value: try value(), location: place))
            }
        }
        let nested = token.kind == .punctuator("{") ? try selections() : []
        return GraphQLField(alias: alias, name: title, arguments: arguments, selections: nested, location: start)
    }
}
