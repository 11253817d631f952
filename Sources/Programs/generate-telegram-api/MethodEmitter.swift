/// Writes the declarations of methods.
struct MethodEmitter {
    let types: TypeEmitter

    func emit(_ method: Record, into source: inout SourceText) {
        let names = types.names
        source.line(TypeEmitter.documentation("Method", method.name))
        source.line("public struct \(names.type(method.name)): TelegramMethod {")
        source.line("/// What the method gives back.")
        source.line("public typealias Result = \(types.swift(method.result ?? .name("Boolean")))")
        source.line("/// The method's name on the wire.")
        source.line("public static var name: String { \"\(method.name)\" }")
        for field in method.fields {
            source.line("/// Parameter `\(field.name)`\(field.isOptional ? ", optional" : "").")
            let type = types.swift(field.type) + (field.isOptional ? "?" : "")
            source.line("public var \(names.property(field.name)): \(type)")
        }
        types.emitInitialiser(method.fields, into: &source)
        source.line()
        source.line("/// Writes the parameters that are set.")
        if method.fields.isEmpty {
            source.line("public func encode(into writer: inout ParameterWriter) {}")
        } else {
            source.line("public func encode(into writer: inout ParameterWriter) {")
            types.emitFields(method.fields, into: &source)
            source.line("}")
        }
        source.line("}")
    }
}
