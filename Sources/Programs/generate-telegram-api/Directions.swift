/// Which types come from Telegram, which go to it, and which do both.
struct Directions {
    let received: Set<String>
    let sent: Set<String>

    init(_ schema: Schema) {
        var members: [String: [String]] = [:]
        for type in schema.types { members[type.name] = type.fields.flatMap(\.type.names) }
        for union in schema.unions { members[union.name] = union.cases.map(\.type) }
        let closure = { (roots: [String]) -> Set<String> in
            var met: Set<String> = []
            var open = roots
            while let name = open.popLast() {
                guard let next = members[name], met.insert(name).inserted else { continue }
                open += next
            }
            return met
        }
        // A result that is `Message` or `true` stands under a name of ours.
        received = closure(schema.methods.flatMap { $0.result?.names ?? [] } + ["Message", "Update"])
        sent = closure(schema.methods.flatMap { $0.fields.flatMap(\.type.names) })
    }
}
