internal import Images
internal import JSON

/// `ImageFilterType` as a predicate, with Stash's semantics: comparisons are strict, and one level carries only one of
/// AND, OR and NOT.
struct StashImageFilter {
    private let filter: JSONObject

    init(_ filter: JSONObject) {
        self.filter = filter
    }

    func matches(_ image: StashImage) throws(GraphQLError) -> Bool {
        let joins = ["AND", "OR", "NOT"].filter { filter[$0] != nil }
        if joins.count > 1 {
            throw GraphQLError(message: "cannot have \(joins[0]) and \(joins[1]) in the same filter")
        }
        var matches = true
        for member in filter where !["AND", "OR", "NOT"].contains(member.key) {
            guard matches else { break }
            matches = try Self.matches(image, member.key, member.value)
        }
        guard let join = joins.first, let nested = filter[join]?.objectValue else { return matches }
        let inner = try StashImageFilter(nested).matches(image)
        return switch join {
        case "AND": matches && inner
        case "OR": (filter.count > 1 && matches) || inner
        default: matches && !inner
        }
    }

    private static func matches(_ image: StashImage, _ key: String, _ value: JSONValue) throws(GraphQLError) -> Bool {
        switch key {
        case "id": try number(image.id, value)
        case "rating100": try number(image.rating100, value)
        case "o_counter": try number(image.oCounter, value)
        case "tag_count": try number(image.tags.count, value)
        case "performer_count": try number(image.performers.count, value)
        case "file_count": try number(1, value)
        case "title": try text(image.title, value)
        case "details": try text(image.details, value)
        case "path": try text(image.path, value)
        case "date": try text(image.date, value)
        case "organized": image.organized == (value.boolValue ?? false)
        case "tags": try set(image.tags, value, honoursExcludes: true)
        case "performers": try set(image.performers, value, honoursExcludes: true)
        // Stash ignores `excludes` for galleries.
        case "galleries": try set(image.galleries, value, honoursExcludes: false)
        case "orientation": orientation(image, value)
        case "is_missing": missing(image, value.stringValue ?? "")
        case "files_filter": try files(image, value)
        default: throw GraphQLError(message: "filter \(key) is not simulated")
        }
    }

    private static func number(_ found: Int?, _ criterion: JSONValue) throws(GraphQLError) -> Bool {
        let low = Int(criterion["value"]?.integerValue ?? 0)
        let high = Int(criterion["value2"]?.integerValue ?? 0)
        switch criterion["modifier"]?.stringValue {
        case "IS_NULL": return found == nil
        case "NOT_NULL": return found != nil
        case "EQUALS": return found == low
        case "NOT_EQUALS": return found.map { $0 != low } ?? false
        case "GREATER_THAN": return found.map { $0 > low } ?? false
        case "LESS_THAN": return found.map { $0 < low } ?? false
        case "BETWEEN": return found.map { $0 >= low && $0 <= high } ?? false
        case "NOT_BETWEEN": return found.map { $0 < low || $0 > high } ?? false
        case let other: throw GraphQLError(message: "invalid int modifier: \(other ?? "")")
        }
    }

    private static func text(_ found: String?, _ criterion: JSONValue) throws(GraphQLError) -> Bool {
        let wanted = criterion["value"]?.stringValue ?? ""
        let content = found ?? ""
        switch criterion["modifier"]?.stringValue {
        case "IS_NULL": return content.isEmpty
        case "NOT_NULL": return !content.isEmpty
        case "EQUALS": return content.lowercased() == wanted.lowercased()
        case "NOT_EQUALS": return content.lowercased() != wanted.lowercased()
        case "INCLUDES": return words(wanted).contains { content.lowercased().contains($0) }
        case "EXCLUDES": return !words(wanted).contains { content.lowercased().contains($0) }
        case "GREATER_THAN": return !content.isEmpty && content > wanted
        case "LESS_THAN": return !content.isEmpty && content < wanted
        case "BETWEEN":
            return !content.isEmpty && content >= wanted && content <= criterion["value2"]?.stringValue ?? ""
        case let other: throw GraphQLError(message: "text modifier \(other ?? "") is not simulated")
        }
    }

    /// INCLUDES takes the words of a text as alternatives, unless the text stands in quotes.
    private static func words(_ text: String) -> [String] {
        let lower = text.lowercased()
        if lower.count > 2, lower.hasPrefix("\""), lower.hasSuffix("\"") {
            return [String(lower.dropFirst().dropLast())]
        }
        return lower.split(separator: " ").map(String.init)
    }

    private static func set(
        _ found: [Int], _ criterion: JSONValue, honoursExcludes: Bool
    ) throws(GraphQLError) -> Bool {
        func ids(_ key: String) -> Set<Int> {
            Set(
                (criterion[key]?.arrayValue ?? []).compactMap {
                    $0.stringValue.flatMap(Int.init) ?? $0.integerValue.map(Int.init)
                })
        }
        if honoursExcludes, !ids("excludes").isDisjoint(with: found) { return false }
        let wanted = ids("value")
        switch criterion["modifier"]?.stringValue {
        case "INCLUDES": return wanted.isEmpty || !wanted.isDisjoint(with: found)
        case "INCLUDES_ALL": return wanted.isSubset(of: found)
        case "EXCLUDES": return wanted.isDisjoint(with: found)
        case "IS_NULL": return found.isEmpty
        case "NOT_NULL": return !found.isEmpty
        case let other: throw GraphQLError(message: "invalid modifier: \(other ?? "")")
        }
    }

    private static func orientation(_ image: StashImage, _ criterion: JSONValue) -> Bool {
        let shape = image.width > image.height ? "LANDSCAPE" : image.width < image.height ? "PORTRAIT" : "SQUARE"
        return (criterion["value"]?.arrayValue ?? []).contains { $0.stringValue == shape }
    }

    private static func missing(_ image: StashImage, _ property: String) -> Bool {
        switch property {
        case "title": image.title?.isEmpty ?? true
        case "tags": image.tags.isEmpty
        case "performers": image.performers.isEmpty
        case "galleries": image.galleries.isEmpty
        case "date": image.date == nil
        default: true
        }
    }

    private static func files(_ image: StashImage, _ value: JSONValue) throws(GraphQLError) -> Bool {
        guard let criterion = value["image_file_filter"]?["format"] else {
            throw GraphQLError(message: "filter files_filter is simulated for image_file_filter.format only")
        }
        return try text(image.format.map(\.rawValue), criterion)
    }
}
