import JSON

/// The project's decisions about names and Swift types, read from `Schema/overrides.json`.
struct Overrides {
    let words: [String: String]
    /// Parameters that come first in every method, whether required or not: what the call is about.
    let leadingParameters: [String]
    /// Types that bots both receive and send but that are classes all the same, because they are held often.
    let classes: Set<String>
    /// Types written by hand beside the generated ones.
    let manual: Set<String>
    let namedUnions: [String: String]
    let unions: [JSONObject.Member]
    let casePrefixes: [String]
    let caseSuffixes: [String]
    /// Open sets of strings: Swift type, then case name and value.
    let strings: [(name: String, values: [(name: String, value: String)])]
    /// Files in order, each with the patterns of the names it takes.
    let files: [(path: String, patterns: [String])]
    private let fields: [String: String]

    init(_ json: JSONValue) throws {
        words = Self.strings(json["words"])
        leadingParameters = (json["leadingParameters"]?.arrayValue ?? []).compactMap(\.stringValue)
        classes = Set((json["classes"]?.arrayValue ?? []).compactMap(\.stringValue))
        manual = Set((json["manual"]?.arrayValue ?? []).compactMap(\.stringValue))
        namedUnions = Self.strings(json["namedUnions"])
        unions = json["unions"]?.objectValue?.members ?? []
        casePrefixes = (json["casePrefixes"]?.arrayValue ?? []).compactMap(\.stringValue)
        caseSuffixes = (json["caseSuffixes"]?.arrayValue ?? []).compactMap(\.stringValue)
        strings = (json["strings"]?.objectValue ?? [:]).map { member in
            let values = (member.value.objectValue ?? [:]).map { ($0.key, $0.value.stringValue ?? "") }
            return (member.key, values)
        }
        files = (json["files"]?.objectValue ?? [:]).map { member in
            (member.key, (member.value.arrayValue ?? []).compactMap(\.stringValue))
        }
        fields = Self.strings(json["fields"])
        guard !files.isEmpty else { throw GeneratorError("the overrides need files") }
    }

    /// The decided type of a field: by owner and name, else by name, else by the name's ending.
    ///
    /// Rules by name hold for plain integers and strings only, so that a `chat_id` that may be a name stays what it is.
    func fieldType(owner: String, field: String, type: String) -> String? {
        if let decided = fields["\(owner).\(field)"] { return decided }
        guard ["Integer", "String", "[Integer]"].contains(type) else { return nil }
        let decided =
            fields[field]
            ?? fields.first { $0.key.hasPrefix("*") && field.hasSuffix($0.key.dropFirst()) }?.value
        guard let decided, (decided == "ParseMode") == (type == "String") else { return nil }
        guard decided.hasPrefix("[") == type.hasPrefix("[") else { return nil }
        return decided
    }

    /// The file that declares a type (`Types/`) or a method (`Methods/`).
    func file(for name: String, in folder: String) throws -> String {
        for (path, patterns) in files where path.hasPrefix(folder) {
            if patterns.contains(where: { Self.matches(name, $0) }) { return path }
        }
        throw GeneratorError("overrides.files has no place for \(name)")
    }

    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return name == pattern }
        guard name.hasPrefix(parts[0]), name.hasSuffix(parts[parts.count - 1]) else { return false }
        let minimum = parts.reduce(0) { $0 + $1.count }
        return name.count >= minimum && parts[1..<(parts.count - 1)].allSatisfy { name.contains($0) }
    }

    private static func strings(_ json: JSONValue?) -> [String: String] {
        var result: [String: String] = [:]
        for member in json?.objectValue ?? [:] { result[member.key] = member.value.stringValue }
        return result
    }
}
