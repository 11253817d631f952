/// Writes what an update is about: one case for each optional field of `Update`.
struct UpdateContentEmitter {
    let types: TypeEmitter

    func emit(_ update: Record, into source: inout SourceText) {
        let kinds = update.fields.filter(\.isOptional)
        source.line("/// What an update is about.")
        source.line("public enum UpdateContent: Sendable {")
        for kind in kinds {
            source.line("/// Kind `\(kind.name)`.")
            source.line("case \(types.names.property(kind.name))(\(types.swift(kind.type)))")
        }
        source.line("}")
        source.line()
        source.line("/// The kinds of update, by their names in `allowed_updates`.")
        source.line("public enum UpdateKind: String, Sendable, CaseIterable {")
        for kind in kinds {
            source.line("/// Kind `\(kind.name)`.")
            source.line("case \(types.names.property(kind.name)) = \"\(kind.name)\"")
        }
        source.line("}")
        source.line()
        source.line("extension Update {")
        source.line("/// What the update is about; nil for a kind newer than this library.")
        source.line("public var content: UpdateContent? {")
        for kind in kinds {
            let name = types.names.property(kind.name)
            source.line("if let \(name) { return .\(name)(\(name)) }")
        }
        source.line("return nil")
        source.line("}")
        source.line("}")
        source.line()
        source.line("extension UpdateContent {")
        source.line("/// The kind's name, without what the update carries.")
        source.line("public var kind: UpdateKind {")
        source.line("switch self {")
        for kind in kinds {
            let name = types.names.property(kind.name)
            source.label("case .\(name): .\(name)")
        }
        source.line("}")
        source.line("}")
        source.line("}")
    }
}
