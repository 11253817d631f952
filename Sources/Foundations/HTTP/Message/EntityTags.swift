/// The entity tags of an `If-None-Match` field (RFC 9110 section 13.1.2), compared weakly as that section asks.
public struct EntityTags: Sendable {
    private let tags: [Substring]

    /// Reads the field; an absent one matches nothing.
    public init(_ field: String?) {
        tags = (field ?? "").split(separator: ",").map { part in
            let tag = part.drop { $0 == " " || $0 == "\t" }
            let opaque = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
            return opaque.prefix { $0 != " " && $0 != "\t" }
        }
    }

    /// Whether one of them is this tag, or all are meant (`*`).
    public func match(_ tag: String) -> Bool { tags.contains { $0 == tag || $0 == "*" } }
}
