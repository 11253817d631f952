/// Writes the declarations of unions.
struct UnionEmitter {
    let names: SwiftNames
    let directions: Directions

    func emit(_ union: Union, into source: inout SourceText) {
        let isReceived = directions.received.contains(union.name)
        let isSent = directions.sent.contains(union.name)
        var conformances = ["Sendable"]
        if isSent { conformances.append("Equatable") }
        if isReceived { conformances.append("TelegramDecodable") }
        if isSent { conformances.append("TelegramEncodable") }
        let type = names.type(union.name)
        let cases = union.cases.enumerated().map {
            (name: names.unionCase($1.type, of: union, at: $0), value: $1.value, type: names.type($1.type))
        }
        source.line(TypeEmitter.documentation("Union", union.name))
        source.line("public \(isSent ? "indirect " : "")enum \(type): \(conformances.joined(separator: ", ")) {")
        if union.allowsText {
            source.line("/// Text without formatting.")
            source.line("case plain(String)")
            source.line("/// Parts in a row.")
            source.line("case sequence([\(type)])")
        }
        for item in cases {
            source.line("/// Case `\(item.type)`.")
            source.line("case \(item.name)(\(item.type))")
        }
        if isReceived {
            source.line("/// A case newer than this library, by its discriminator.")
            source.line("case unknown(type: String)")
            emitDecoding(union, cases, into: &source)
        }
        if isSent { emitEncoding(union, cases, isReceived: isReceived, into: &source) }
        source.line("}")
    }

    private func emitDecoding(
        _ union: Union, _ cases: [(name: String, value: String?, type: String)], into source: inout SourceText
    ) {
        let discriminator = union.discriminator ?? "type"
        source.line()
        source.line("private static let kinds = JSONKeyTable(")
        let lines = TypeText.wrapped(cases.compactMap(\.value))
        TypeText.literal(lines, into: &source)
        source.line(")")
        source.line()
        source.line("/// Reads whichever case the field `\(discriminator)` names.")
        source.line("public init(from reader: inout JSONReader) throws(JSONError) {")
        if union.allowsText {
            source.line("switch try reader.peekKind() {")
            source.label("case .string:")
            source.line("self = .plain(try reader.readString())")
            source.line("return")
            source.label("case .array:")
            source.line("self = .sequence(try [\(names.type(union.name))](from: &reader))")
            source.line("return")
            source.label("default: break")
            source.line("}")
        }
        source.line("switch try reader.discriminator(\"\(discriminator)\", in: Self.kinds) {")
        for (index, item) in cases.enumerated() {
            source.label("case .known(\(index)): self = .\(item.name)(try \(item.type)(from: &reader))")
        }
        source.label("case .known(let index): throw reader.missing(Self.kinds.keys[index])")
        source.label("case .unknown(let type):")
        source.line("try reader.skipValue()")
        source.line("self = .unknown(type: type)")
        source.label("case .missing: throw reader.missing(\"\(discriminator)\")")
        source.line("}")
        source.line("}")
    }

    private func emitEncoding(
        _ union: Union, _ cases: [(name: String, value: String?, type: String)], isReceived: Bool,
        into source: inout SourceText
    ) {
        source.line()
        source.line("/// Writes the case's value.")
        source.line("public func encode(into writer: inout ParameterWriter) {")
        source.line("switch self {")
        if union.allowsText {
            source.label("case .plain(let value): value.encode(into: &writer)")
            source.label("case .sequence(let value): value.encode(into: &writer)")
        }
        for item in cases { source.label("case .\(item.name)(let value): value.encode(into: &writer)") }
        if isReceived {
            source.label("case .unknown(let type):")
            source.line("writer.beginObject()")
            source.line("writer.field(\"\(union.discriminator ?? "type")\", type)")
            source.line("writer.endObject()")
        }
        source.line("}")
        source.line("}")
    }
}
