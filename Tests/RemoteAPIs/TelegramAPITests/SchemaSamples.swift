import JSON

/// Makes JSON of a schema type, as Telegram would send it.
struct SchemaSamples {
    let schema: JSONValue
    /// Whether optional fields are there too; below the second level they are not, because types refer to themselves.
    var hasOptionals = true
    /// Whether fields and cases appear that the library has never seen.
    var hasUnknown = false

    func value(of type: String, depth: Int = 0) -> JSONValue {
        switch type {
        case "Integer": return 5
        case "Float": return 1.5
        case "Boolean": return true
        case "String": return "x"
        case _ where type.hasPrefix("\""): return .string(String(type.dropFirst().dropLast()))
        case _ where type.contains(" | "): return 7
        case _ where type.hasPrefix("["):
            if depth > 8 { return [] }
            return [value(of: String(type.dropFirst().dropLast()), depth: depth + 1)]
        default: break
        }
        if let union = schema["unions"]?[type] { return value(ofUnion: union, depth: depth) }
        var object = JSONObject()
        if hasUnknown { object["field_from_the_future"] = ["a": [1, nil, ["b": 2]]] }
        for field in schema["types"]?[type]?.objectValue ?? [:] {
            var text = field.value.stringValue ?? ""
            if text.hasSuffix(" ?") {
                if !hasOptionals || depth > 2 { continue }
                text.removeLast(2)
            }
            object[field.key] = value(of: text, depth: depth + 1)
        }
        return .object(object)
    }

    private func value(ofUnion union: JSONValue, depth: Int) -> JSONValue {
        if hasUnknown, depth > 0, let key = union["by"]?.stringValue {
            var object = JSONObject()
            object[key] = "case_from_the_future"
            return .object(object)
        }
        if union["also"] != nil, depth > 0 { return "plain" }
        let first = union["of"]?[0]?.stringValue ?? union["cases"]?.objectValue?.first?.value.stringValue ?? ""
        return value(of: first, depth: depth)
    }
}
