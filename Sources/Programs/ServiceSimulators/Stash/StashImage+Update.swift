internal import JSON

extension StashImage {
    /// Changes the fields that an input names, as `imageUpdate` does.
    ///
    /// Null clears a field and an absent one stays as it is; lists replace what was there.
    mutating func update(_ input: JSONObject) throws(GraphQLError) {
        for member in input.members {
            let value = member.value
            switch member.key {
            case "id", "clientMutationId": break
            case "rating100": rating100 = value.integerValue.map(Int.init)
            case "organized": organized = value.boolValue ?? organized
            case "details": details = value.stringValue
            case "title": title = value.stringValue
            case "date": date = value.stringValue
            case "tag_ids": tags = Self.numbers(value)
            case "performer_ids": performers = Self.numbers(value)
            case "gallery_ids": galleries = Self.numbers(value)
            // Better a test that fails than a change that is lost.
            default: throw GraphQLError(message: "the field \(member.key) of imageUpdate is not simulated")
            }
        }
    }

    private static func numbers(_ list: JSONValue) -> [Int] {
        (list.arrayValue ?? []).compactMap { StashResolver.number($0) }
    }
}
