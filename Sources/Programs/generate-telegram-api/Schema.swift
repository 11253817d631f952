import JSON

/// A fault of the schema or the overrides, in words for whoever edits them.
package struct GeneratorError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A type expression of the schema, such as `Integer`, `[[PhotoSize]]` or `InputFile | String`.
indirect enum TypeExpression: Equatable {
    case name(String)
    case array(TypeExpression)
    case constant(String)

    /// Every type named inside.
    var names: [String] {
        switch self {
        case .name(let name): [name]
        case .array(let element): element.names
        case .constant: []
        }
    }
}

/// A field of an object or a parameter of a method.
struct Field {
    let name: String
    let type: TypeExpression
    let isOptional: Bool
}

/// An object type or a method with its fields in the documented order, the required ones first.
struct Record {
    let name: String
    let fields: [Field]
    /// What a method gives back; nil for an object type.
    let result: TypeExpression?
}

/// A type that is one of several others.
struct Union {
    let name: String
    /// The field that tells the cases apart, where there is one.
    let discriminator: String?
    /// Case types, with the value of the discriminator where there is one.
    let cases: [(value: String?, type: String)]
    /// Swift names of the cases where they do not follow from the types.
    let caseNames: [String]
    /// True where a plain string and an array of the union stand for themselves.
    let allowsText: Bool
}

/// The facts about the Bot API, read from `Schema/telegram-bot-api.json` with our decisions applied.
struct Schema {
    let version: String
    var types: [Record] = []
    var unions: [Union] = []
    var methods: [Record] = []

    init(_ json: JSONValue, _ overrides: Overrides) throws {
        guard let version = json["version"]?.stringValue, let types = json["types"]?.objectValue,
            let unions = json["unions"]?.objectValue, let methods = json["methods"]?.objectValue
        else { throw GeneratorError("the schema needs version, types, unions and methods") }
        self.version = version
        for member in types {
            let fields = try Self.fields(member.value, of: member.key, overrides)
            self.types.append(Record(name: member.key, fields: fields, result: nil))
        }
        for member in unions + (overrides.unions) { self.unions.append(try Self.union(member)) }
        for member in methods {
            let parameters = member.value["parameters"] ?? .object([:])
            let result = try Self.type(member.value["returns"]?.stringValue ?? "", overrides)
            self.methods.append(
                Record(
                    name: member.key, fields: try Self.parameters(parameters, of: member.key, overrides), result: result
                ))
        }
    }

    private static func fields(_ json: JSONValue, of owner: String, _ overrides: Overrides) throws -> [Field] {
        let fields = try (json.objectValue ?? [:]).map { member in
            guard var text = member.value.stringValue else {
                throw GeneratorError("\(owner).\(member.key): a type in a string expected")
            }
            let isOptional = text.hasSuffix(" ?")
            if isOptional { text.removeLast(2) }
            var type = try type(text, overrides)
            if let decided = overrides.fieldType(owner: owner, field: member.key, type: text) {
                type = try Self.type(decided, overrides)
            }
            return Field(name: member.key, type: type, isOptional: isOptional)
        }
        return fields.filter { !$0.isOptional } + fields.filter(\.isOptional)
    }

    /// A method's parameters begin with what the call is about, so that `EditMessageText(chatID:messageID:text:)` reads
    /// as one says it.
    private static func parameters(_ json: JSONValue, of method: String, _ overrides: Overrides) throws -> [Field] {
        let fields = try fields(json, of: method, overrides)
        let leading = overrides.leadingParameters.compactMap { name in fields.first { $0.name == name } }
        return leading + fields.filter { !overrides.leadingParameters.contains($0.name) }
    }

    private static func type(_ text: String, _ overrides: Overrides) throws -> TypeExpression {
        if let named = overrides.namedUnions[text] { return try type(named, overrides) }
        if text.contains("|") { throw GeneratorError("overrides.namedUnions has no name for \"\(text)\"") }
        if text.hasPrefix("\"") { return .constant(String(text.dropFirst().dropLast())) }
        if text.hasPrefix("[") { return .array(try type(String(text.dropFirst().dropLast()), overrides)) }
        if text.isEmpty { throw GeneratorError("a type is missing") }
        return .name(text)
    }

    private static func union(_ member: JSONObject.Member) throws -> Union {
        var cases: [(value: String?, type: String)] = []
        for name in member.value["of"]?.arrayValue ?? [] { cases.append((nil, name.stringValue ?? "")) }
        for item in member.value["cases"]?.objectValue ?? [:] {
            cases.append((item.key, item.value.stringValue ?? ""))
        }
        guard !cases.isEmpty else { throw GeneratorError("union \(member.key) has no cases") }
        return Union(
            name: member.key, discriminator: member.value["by"]?.stringValue, cases: cases,
            caseNames: (member.value["names"]?.arrayValue ?? []).compactMap(\.stringValue),
            allowsText: member.value["also"] != nil)
    }
}
