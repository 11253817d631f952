/// Writes the declarations of object types.
struct TypeEmitter {
    let names: SwiftNames
    let directions: Directions
    let overrides: Overrides

    /// True for types that bots only read: classes, so that passing them costs nothing and recursion needs no boxes.
    func isClass(_ name: String) -> Bool {
        !directions.sent.contains(name) || overrides.classes.contains(name)
    }

    /// The Swift type of a type expression.
    func swift(_ type: TypeExpression) -> String {
        switch type {
        case .name("Integer"): "Int"
        case .name("Boolean"): "Bool"
        case .name("Float"): "Double"
        case .name(let name): names.type(name)
        case .array(let element): "[\(swift(element))]"
        case .constant: "String"
        }
    }

    /// The line above a declaration of a name from the documentation.
    static func documentation(_ kind: String, _ name: String) -> String {
        "/// \(kind) `\(name)`: <https://core.telegram.org/bots/api#\(name.lowercased())>."
    }

    func emit(_ record: Record, into source: inout SourceText) {
        let isReceived = directions.received.contains(record.name)
        let isSent = directions.sent.contains(record.name)
        let fields = record.fields.filter { if case .constant = $0.type { false } else { true } }
        var conformances = ["Sendable"]
        if isSent { conformances.append("Equatable") }
        if isReceived { conformances.append("TelegramDecodable") }
        if isSent { conformances.append("TelegramEncodable") }
        let isClass = isClass(record.name)
        let keyword = isClass ? "final class" : "struct"
        source.line(Self.documentation("Object", record.name))
        source.line("public \(keyword) \(names.type(record.name)): \(conformances.joined(separator: ", ")) {")
        for field in fields {
            source.line("/// Field `\(field.name)`\(field.isOptional ? ", where present" : "").")
            let type = propertyType(field, isReceivedOnly: !isSent)
            source.line("public \(isClass ? "let" : "var") \(names.property(field.name)): \(type)")
        }
        if isSent { emitInitialiser(fields, into: &source) }
        if isReceived { emitDecoding(fields, isReceivedOnly: !isSent, into: &source) }
        if isSent { emitEncoding(record, into: &source) }
        if isSent && isClass { emitEquality(record, fields, into: &source) }
        source.line("}")
    }

    /// In what is only received an absent flag is false; in what is sent it is left out.
    private func propertyType(_ field: Field, isReceivedOnly: Bool) -> String {
        if isReceivedOnly && isFlag(field) { return "Bool" }
        return swift(field.type) + (field.isOptional ? "?" : "")
    }

    private func isFlag(_ field: Field) -> Bool {
        field.isOptional && field.type == .name("Boolean")
    }

    /// What an absent field means in a received object, where it means something.
    ///
    /// A flag is false and a required list is empty: servers older than the schema lack the newest of them, and a whole
    /// message must not be lost for that.
    private func absentValue(_ field: Field) -> String? {
        switch field.type {
        case .name("Boolean"): "false"
        case .array: field.isOptional ? nil : "[]"
        default: nil
        }
    }

    // MARK: Initialiser

    func emitInitialiser(_ fields: [Field], into source: inout SourceText) {
        source.line()
        guard !fields.isEmpty else {
            source.line("/// Makes the value.")
            source.line("public init() {}")
            return
        }
        source.line("/// Makes the value from its fields.")
        source.line("public init(")
        for (index, field) in fields.enumerated() {
            let end = index == fields.count - 1 ? "" : ","
            let type = swift(field.type) + (field.isOptional ? "? = nil" : "")
            source.line("\(names.property(field.name)): \(type)\(end)")
        }
        source.line(") {")
        for field in fields {
            let name = names.property(field.name)
            source.line("self.\(name) = \(name)")
        }
        source.line("}")
    }

    // MARK: Decoding

    private func emitDecoding(_ fields: [Field], isReceivedOnly: Bool, into source: inout SourceText) {
        source.line()
        if !fields.isEmpty {
            source.line("private static let keys = JSONKeyTable(")
            TypeText.literal(TypeText.wrapped(fields.map(\.name)), into: &source)
            source.line(")")
            source.line()
        }
        source.line("/// Reads the object.")
        source.line("public init(from reader: inout JSONReader) throws(JSONError) {")
        guard !fields.isEmpty else {
            source.line("try reader.skipObject()")
            source.line("}")
            return
        }
        for field in fields {
            let absent = isReceivedOnly ? absentValue(field) : nil
            let type = swift(field.type)
            let declaration = absent.map { $0 == "[]" ? ": \(type) = []" : " = \($0)" } ?? ": \(type)?"
            source.line("var \(names.property(field.name))\(declaration)")
        }
        source.line("try reader.beginObject()")
        source.line("while let field = try reader.nextKey(in: Self.keys) {")
        source.line("let mark = reader.mark")
        source.line("do throws(JSONError) {")
        source.line("switch field {")
        for (index, field) in fields.enumerated() {
            source.label("case \(index): \(names.property(field.name)) = try \(reading(field.type))")
        }
        source.label("default: try reader.skipValue()")
        source.line("}")
        source.line("} catch {")
        source.line("try reader.stepOver(error, from: mark)")
        source.line("}")
        source.line("}")
        for field in fields where !field.isOptional && !(isReceivedOnly && absentValue(field) != nil) {
            source.line(
                "guard let \(names.property(field.name)) else { throw reader.missing(\"\(field.name)\") }")
        }
        for field in fields {
            let name = names.property(field.name)
            source.line("self.\(name) = \(name)")
        }
        source.line("}")
    }

    private func reading(_ type: TypeExpression) -> String {
        switch type {
        case .name("Integer"): "reader.readInt()"
        case .name("Boolean"): "reader.readBool()"
        case .name("Float"): "reader.readDouble()"
        case .name("String"), .constant: "reader.readString()"
        default: "\(swift(type))(from: &reader)"
        }
    }

    // MARK: Encoding

    private func emitEncoding(_ record: Record, into source: inout SourceText) {
        source.line()
        source.line("/// Writes the object.")
        source.line("public func encode(into writer: inout ParameterWriter) {")
        source.line("writer.beginObject()")
        emitFields(record.fields, into: &source)
        source.line("writer.endObject()")
        source.line("}")
    }

    func emitFields(_ fields: [Field], into source: inout SourceText) {
        for field in fields {
            if case .constant(let value) = field.type {
                source.line("writer.field(\"\(field.name)\", \"\(value)\")")
            } else {
                source.line("writer.field(\"\(field.name)\", \(names.property(field.name)))")
            }
        }
    }

    private func emitEquality(_ record: Record, _ fields: [Field], into source: inout SourceText) {
        let type = names.type(record.name)
        source.line()
        source.line("/// Compares field by field.")
        source.line("public static func == (left: \(type), right: \(type)) -> Bool {")
        for field in fields {
            let name = names.property(field.name)
            source.line("guard left.\(name) == right.\(name) else { return false }")
        }
        source.line("return true")
        source.line("}")
    }
}
