/// Writes what the tests need to meet every declaration: a decoder for each received type by its documented name, and
/// a value of each method with all its parameters set.
struct SampleEmitter {
    let schema: Schema
    let types: TypeEmitter

    func decoders(into source: inout SourceText) {
        source.line("// swift-format-ignore-file")
        source.line("@testable import TelegramAPI")
        source.line()
        source.line("/// The decoder of each received type, by its documented name.")
        source.line("let decoders: [(name: String, type: any TelegramDecodable.Type)] = [")
        let names = schema.types.map(\.name) + schema.unions.map(\.name)
        for name in names.sorted() where types.directions.received.contains(name) {
            source.line("    (\"\(name)\", \(types.names.type(name)).self),")
        }
        source.line("]")
    }

    func methods(into source: inout SourceText) throws {
        source.line("// swift-format-ignore-file")
        source.line("@testable import TelegramAPI")
        source.line()
        source.line("/// Each method with every parameter set, by its name.")
        source.line("func methodSamples() -> [any TelegramMethod] {")
        source.line("var samples: [any TelegramMethod] = []")
        for method in schema.methods {
            let name = types.names.type(method.name)
            guard !method.fields.isEmpty else {
                source.line("samples.append(\(name)())")
                continue
            }
            source.line("samples.append(")
            source.line("\(name)(")
            for (index, field) in method.fields.enumerated() {
                let end = index == method.fields.count - 1 ? "" : ","
                source.line("\(types.names.property(field.name)): \(try sample(field.type))\(end)")
            }
            source.line(")")
            source.line(")")
        }
        source.line("return samples")
        source.line("}")
    }

    /// An expression for a value with the fields that it must have.
    private func sample(_ type: TypeExpression) throws -> String {
        switch type {
        case .name("Integer"), .name("ChatID"), .name("UserID"): return "1"
        case .name("Boolean"): return "true"
        case .name("Float"): return "0.5"
        case .name("String"), .constant: return "\"x\""
        case .name("ChatTarget"): return "\"@x\""
        case .name("InputFile"): return ".bytes([1], name: \"x\")"
        case .array(let element): return "[\(try sample(element))]"
        case .name(let name):
            if let union = schema.unions.first(where: { $0.name == name }) {
                if union.allowsText { return ".plain(\"x\")" }
                let first = union.cases[0].type
                return ".\(types.names.unionCase(first, of: union, at: 0))(\(try sample(.name(first))))"
            }
            guard let record = schema.types.first(where: { $0.name == name }) else { return "\"x\"" }
            let fields = try record.fields.compactMap { field -> String? in
                if field.isOptional { return nil }
                if case .constant = field.type { return nil }
                return "\(types.names.property(field.name)): \(try sample(field.type))"
            }
            return "\(types.names.type(name))(\(fields.joined(separator: ", ")))"
        }
    }
}
