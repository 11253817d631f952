internal import JSON

/// What a member of a request must be.
indirect enum ImmichRule: Sendable {
    case boolean
    case integer(ClosedRange<Int>)
    case uuid
    case uuids
    case option([String])
    case text
    case date
    /// Null is allowed, too.
    case nullable(ImmichRule)
}

/// The members that a request may have.
///
/// Immich drops a member that it does not know, without a word, and answers as if it had not been there; a client finds
/// out when it gets more than it asked for. Here it is refused, unless `isLenient`.
struct ImmichSchema: Sendable {
    let members: [(name: String, rule: ImmichRule)]

    /// Checks a request and returns the members known.
    func check(_ body: JSONValue, isLenient: Bool) throws(ImmichRefusal) -> JSONObject {
        guard let given = body.objectValue else {
            throw .invalid([
                ImmichIssue(
                    path: [], texts: ["an unknown value was passed to the validate function"],
                    issues: ["Invalid input: expected object, received \(Self.kind(body))"])
            ])
        }
        var issues: [ImmichIssue] = []
        var known = JSONObject()
        for member in given {
            if let rule = members.first(where: { $0.name == member.key })?.rule {
                if let issue = Self.issue(member.value, rule, member.key) { issues.append(issue) }
                known[member.key] = member.value
            } else if !isLenient {
                issues.append(
                    ImmichIssue(
                        path: [], texts: ["property \(member.key) should not exist"],
                        issues: ["Unrecognized key: \"\(member.key)\""]))
            }
        }
        guard issues.isEmpty else { throw .invalid(issues) }
        return known
    }

    private static func issue(_ value: JSONValue, _ rule: ImmichRule, _ name: String) -> ImmichIssue? {
        func issue(_ texts: [String], _ issues: [String]) -> ImmichIssue? {
            texts.isEmpty ? nil : ImmichIssue(path: [name], texts: texts, issues: issues)
        }
        func mismatch(_ expected: String) -> String { "Invalid input: expected \(expected), received \(kind(value))" }
        switch rule {
        case .nullable(let inner): return value.isNull ? nil : self.issue(value, inner, name)
        case .boolean:
            return value.boolValue != nil
                ? nil : issue(["\(name) must be a boolean value"], [mismatch("boolean")])
        case .integer(let range):
            guard let number = value.doubleValue else {
                return issue(
                    integerTexts(name, range, above: true, below: true, fractional: true), [mismatch("number")])
            }
            let isFractional = value.integerValue == nil
            let texts = integerTexts(
                name, range, above: number > Double(range.upperBound), below: number < Double(range.lowerBound),
                fractional: isFractional)
            var issues: [String] = []
            if isFractional { issues.append("Invalid input: expected int, received number") }
            if number < Double(range.lowerBound) {
                issues.append("Too small: expected number to be >=\(range.lowerBound)")
            }
            if number > Double(range.upperBound) {
                issues.append("Too big: expected number to be <=\(range.upperBound)")
            }
            return issue(texts, issues)
        case .uuid:
            guard let text = value.stringValue else {
                return issue(["\(name) must be a UUID", "\(name) must be a string"], [mismatch("string")])
            }
            return isUUID(text) ? nil : issue(["\(name) must be a UUID"], ["Invalid UUID"])
        case .uuids:
            guard let list = value.arrayValue else {
                return issue(
                    ["each value in \(name) must be a UUID", "\(name) must be an array"], [mismatch("array")])
            }
            return list.allSatisfy { $0.stringValue.map(isUUID) ?? false }
                ? nil : issue(["each value in \(name) must be a UUID"], ["Invalid UUID"])
        case .option(let options):
            if let text = value.stringValue, options.contains(text) { return nil }
            return issue(
                ["\(name) must be one of the following values: \(options.joined(separator: ", "))"],
                ["Invalid option: expected one of \(options.map { "\"\($0)\"" }.joined(separator: "|"))"])
        case .text:
            guard let text = value.stringValue else {
                return issue(["\(name) should not be empty", "\(name) must be a string"], [mismatch("string")])
            }
            return text.isEmpty ? issue(["\(name) should not be empty"], ["Invalid input"]) : nil
        case .date:
            let isDate = value.stringValue.map { $0.utf8.count >= 10 && $0.utf8.first.map { $0 < 0x3A } == true }
            return isDate == true ? nil : issue(["\(name) must be a date string"], ["Invalid ISO datetime"])
        }
    }

    private static func integerTexts(
        _ name: String, _ range: ClosedRange<Int>, above: Bool, below: Bool, fractional: Bool
    ) -> [String] {
        var texts: [String] = []
        if above, range.upperBound < Int(Int32.max) {
            texts.append("\(name) must not be greater than \(range.upperBound)")
        }
        if below { texts.append("\(name) must not be less than \(range.lowerBound)") }
        if fractional { texts.append("\(name) must be an integer number") }
        return texts
    }

    /// Version 4 only, as Immich makes them.
    static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
            case 14: if byte != UInt8(ascii: "4") { return false }
            case 19: if !"89abAB".utf8.contains(byte) { return false }
            default: if !"0123456789abcdefABCDEF".utf8.contains(byte) { return false }
            }
        }
        return true
    }

    /// The kind of a value in Zod's words.
    private static func kind(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension ImmichSchema {
    private static let page = 1...Int(Int32.max)

    /// What every search takes.
    private static let base: [(name: String, rule: ImmichRule)] = [
        ("libraryId", .nullable(.uuid)), ("type", .option(["IMAGE", "VIDEO", "AUDIO", "OTHER"])),
        ("isEncoded", .boolean), ("isFavorite", .boolean), ("isMotion", .boolean), ("isOffline", .boolean),
        ("visibility", .option(["archive", "timeline", "hidden", "locked"])),
        ("createdBefore", .date), ("createdAfter", .date), ("updatedBefore", .date), ("updatedAfter", .date),
        ("trashedBefore", .date), ("trashedAfter", .date), ("takenBefore", .date), ("takenAfter", .date),
        ("city", .nullable(.text)), ("state", .nullable(.text)), ("country", .nullable(.text)),
        ("make", .text), ("model", .nullable(.text)), ("lensModel", .nullable(.text)),
        ("isNotInAlbum", .boolean), ("personIds", .uuids), ("tagIds", .nullable(.uuids)), ("albumIds", .uuids),
        ("rating", .nullable(.integer(-1...5))),
    ]
    private static let results: [(name: String, rule: ImmichRule)] =
        base + [("withDeleted", .boolean), ("withExif", .boolean), ("size", .integer(1...1000))]

    static let statistics = ImmichSchema(members: base + [("description", .text)])
    static let random = ImmichSchema(members: results + [("withStacked", .boolean), ("withPeople", .boolean)])
    static let metadata = ImmichSchema(
        members: random.members + [
            ("id", .uuid), ("description", .text), ("checksum", .text), ("originalFileName", .text),
            ("originalPath", .text), ("previewPath", .text), ("thumbnailPath", .text), ("encodedVideoPath", .text),
            ("order", .option(["asc", "desc"])), ("page", .integer(page)),
        ])
    /// Version 3 knows no rating of −1 and clears one with null.
    static func update(_ generation: ImmichGeneration) -> ImmichSchema {
        ImmichSchema(members: [
            ("isFavorite", .boolean), ("visibility", .option(["archive", "timeline", "hidden", "locked"])),
            ("dateTimeOriginal", .date), ("description", .text), ("livePhotoVideoId", .nullable(.uuid)),
            ("rating", generation == .zod ? .nullable(.integer(1...5)) : .integer(-1...5)),
        ])
    }
}
