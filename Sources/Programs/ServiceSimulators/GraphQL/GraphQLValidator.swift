/// Checks a document against a schema before anything runs (specification, section 5).
///
/// Covered: fields, leaf selections, arguments, values, variables (declared, used, of a fitting type) and fragments.
struct GraphQLValidator {
    private let schema: GraphQLSchema
    private let document: GraphQLDocument
    private var errors: [GraphQLError] = []
    private var variables: [String: GraphQLVariable] = [:]
    private var usedVariables: Set<String> = []
    private var usedFragments: Set<String> = []

    static func errors(in document: GraphQLDocument, against schema: GraphQLSchema) -> [GraphQLError] {
        var validator = GraphQLValidator(schema: schema, document: document)
        for operation in document.operations { validator.check(operation) }
        for fragment in document.fragments.values where !validator.usedFragments.contains(fragment.name) {
            validator.report("Fragment \"\(fragment.name)\" is never used.", fragment.location)
        }
        return validator.errors
    }

    private init(schema: GraphQLSchema, document: GraphQLDocument) {
        self.schema = schema
        self.document = document
    }

    private mutating func report(_ message: String, _ location: GraphQLLocation) {
        errors.append(.validation(message, location))
    }

    private mutating func check(_ operation: GraphQLOperation) {
        variables = Dictionary(operation.variables.map { ($0.name, $0) }) { first, _ in first }
        usedVariables = []
        for variable in operation.variables {
            guard let type = schema.types[variable.type.name] else {
                report("Unknown type \"\(variable.type.name)\".", variable.location)
                continue
            }
            if !type.isInput {
                report(
                    "Variable \"$\(variable.name)\" cannot be non-input type \"\(variable.type)\".", variable.location)
            } else if let value = variable.defaultValue {
                check(value, fits: variable.type, variable.location)
            }
        }
        check(operation.selections, on: operation.kind == "query" ? "Query" : "Mutation", depth: 0)
        for variable in operation.variables where !usedVariables.contains(variable.name) {
            let place = operation.name.map { " in operation \"\($0)\"" } ?? ""
            report("Variable \"$\(variable.name)\" is never used\(place).", variable.location)
        }
    }

    private mutating func check(_ selections: [GraphQLSelection], on type: String, depth: Int) {
        guard depth < 32 else { return }
        for selection in selections {
            switch selection {
            case .field(let field): check(field, on: type, depth: depth)
            case .inline(let condition, let nested, let location):
                if let condition { checkCondition(condition, on: type, location) }
                check(nested, on: condition ?? type, depth: depth + 1)
            case .spread(let name, let location):
                usedFragments.insert(name)
                guard let fragment = document.fragments[name] else {
                    report("Unknown fragment \"\(name)\".", location)
                    continue
                }
                checkCondition(fragment.type, on: type, location)
                check(fragment.selections, on: fragment.type, depth: depth + 1)
            }
        }
    }

    private mutating func checkCondition(_ condition: String, on type: String, _ location: GraphQLLocation) {
        let possible = schema.possibleTypes(condition)
        if possible.isEmpty {
            report("Unknown type \"\(condition)\".", location)
        } else if possible.isDisjoint(with: schema.possibleTypes(type)) {
            report(
                "Fragment cannot be spread here as objects of type \"\(type)\" can never be of type \"\(condition)\".",
                location)
        }
    }

    private mutating func check(_ field: GraphQLField, on type: String, depth: Int) {
        guard field.name != "__typename" else { return }
        guard let known = schema.fields(of: type)?[field.name] else {
            report("Cannot query field \"\(field.name)\" on type \"\(type)\".", field.location)
            return
        }
        let isLeaf = schema.types[known.type.name]?.isLeaf ?? true
        if isLeaf, !field.selections.isEmpty {
            report(
                "Field \"\(field.name)\" must not have a selection since type \"\(known.type)\" has no subfields.",
                field.location)
        } else if !isLeaf, field.selections.isEmpty {
            report(
                "Field \"\(field.name)\" of type \"\(known.type)\" must have a selection of subfields.", field.location)
        }
        for argument in field.arguments {
            if let input = known.arguments.first(where: { $0.name == argument.name }) {
                check(argument.value, fits: input.type, hasDefault: input.defaultValue != nil, argument.location)
            } else {
                report("Unknown argument \"\(argument.name)\" on field \"\(type).\(field.name)\".", argument.location)
            }
        }
        for input in known.arguments where input.isRequired {
            if !field.arguments.contains(where: { $0.name == input.name && $0.value != .null }) {
                report(
                    "Field \"\(field.name)\" argument \"\(input.name)\" of type \"\(input.type)\" is required, but it was not provided.",
                    field.location)
            }
        }
        if !isLeaf { check(field.selections, on: known.type.name, depth: depth + 1) }
    }

    private mutating func check(
        _ value: GraphQLValue, fits type: GraphQLTypeReference, hasDefault: Bool = false, _ location: GraphQLLocation
    ) {
        if case .variable(let name) = value { return checkUse(of: name, as: type, hasDefault: hasDefault, location) }
        if case .null = value {
            if type.isNonNull { report("Expected value of type \"\(type)\", found null.", location) }
            return
        }
        switch (type.nullable, value) {
        case (.list(let element), .list(let items)): for item in items { check(item, fits: element, location) }
        case (.list(let element), _): check(value, fits: element, location)
        case (.named(let name), _): checkNamed(value, name, location)
        case (.nonNull, _): break
        }
    }

    private mutating func checkUse(
        of name: String, as type: GraphQLTypeReference, hasDefault: Bool, _ location: GraphQLLocation
    ) {
        usedVariables.insert(name)
        guard let variable = variables[name] else {
            report("Variable \"$\(name)\" is not defined.", location)
            return
        }
        let expected = hasDefault || variable.defaultValue != nil ? type.nullable : type
        if !Self.fits(variable.type, into: expected) {
            report(
                "Variable \"$\(name)\" of type \"\(variable.type)\" used in position expecting type \"\(type)\".",
                location)
        }
    }

    private static func fits(_ type: GraphQLTypeReference, into expected: GraphQLTypeReference) -> Bool {
        switch (type, expected) {
        case (.nonNull(let inner), .nonNull(let outer)): fits(inner, into: outer)
        case (_, .nonNull): false
        case (.nonNull(let inner), _): fits(inner, into: expected)
        case (.list(let inner), .list(let outer)): fits(inner, into: outer)
        case (.named(let inner), .named(let outer)): inner == outer
        default: false
        }
    }

    private mutating func checkNamed(_ value: GraphQLValue, _ name: String, _ location: GraphQLLocation) {
        switch (schema.types[name], value) {
        case (.input(let fields), .object(let given)):
            for (key, item) in given {
                if let field = fields[key] {
                    check(item, fits: field.type, hasDefault: field.defaultValue != nil, location)
                } else {
                    report("Field \"\(key)\" is not defined by type \"\(name)\".", location)
                }
            }
            for field in fields.values where field.isRequired {
                if !given.contains(where: { $0.name == field.name }) {
                    report(
                        "Field \"\(name).\(field.name)\" of required type \"\(field.type)\" was not provided.", location
                    )
                }
            }
        case (.enumeration(let cases), .enumeration(let given)):
            if !cases.contains(given) { report("Value \"\(given)\" does not exist in \"\(name)\" enum.", location) }
        case (.scalar, _) where Self.isLiteral(value, of: name): break
        default: report("\(name) cannot represent value: \(value)", location)
        }
    }

    private static func isLiteral(_ value: GraphQLValue, of scalar: String) -> Bool {
        switch (scalar, value) {
        case ("Int", .integer), ("Int64", .integer), ("Float", .integer), ("Float", .float), ("String", .string),
            ("ID", .string), ("ID", .integer), ("Boolean", .boolean):
            true
        case ("Int", _), ("Int64", _), ("Float", _), ("String", _), ("ID", _), ("Boolean", _): false
        default: true
        }
    }
}
