/// Reads a list of entities that stands in the place of a parse mode.
enum EntitiesArgument {
    /// Kinds that the service finds by itself; a bot's word for them counts for nothing.
    private static let found: Set<String> = [
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
    ]

    /// The entities, each within the text; `nil` and what is no array are none.
    static func parse(_ node: JSONNode?, of text: String) throws(APIError) -> [MessageEntity] {
        guard let items = node?.array, !text.isEmpty else { return [] }
        var entities: [MessageEntity] = []
        for item in items {
            if let entity = try entity(item) { entities.append(entity) }
        }
        let scan = UnitScan(text)
        for entity in entities { try scan.check(entity) }
        return entities
    }

    private static func entity(_ item: JSONNode) throws(APIError) -> MessageEntity? {
        guard item.isObject else { throw fault("expected an Object") }
        let offset = try number("offset", item)
        let length = try number("length", item)
        let type = try text("type", item)
        if type.isEmpty { throw fault("Type is not specified") }
        if found.contains(type) { return nil }
        guard let kind = MessageEntity.Kind(rawValue: type) else { throw fault("Unsupported type specified") }
        if !(0...1_000_000).contains(offset) { throw .badRequest("receive an entity with incorrect offset \(offset)") }
        if !(0...1_000_000).contains(length) { throw .badRequest("receive an entity with incorrect length \(length)") }
        var entity = MessageEntity(kind, Int(offset), Int(length))
        switch kind {
        case .textLink:
            let url = try text("url", item)
            guard let link = MarkupLink.entity(url, entity.offset, entity.length) else {
                throw .badRequest("entity URL '\(url)' is invalid: Wrong HTTP URL")
            }
            entity = link
        case .textMention:
            guard let user = item["user"], user.isObject else { throw fault("Can't find field \"user\"") }
            entity.user = try number("id", user)
        case .pre: entity.language = item["language"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        case .customEmoji: entity.customEmoji = String(try number("custom_emoji_id", item))
        case .dateTime:
            entity.unixTime = try number("unix_time", item)
            entity.dateFormat = item["date_time_format"]?.string
        default: break
        }
        return length > 0 ? entity : nil
    }

    private static func fault(_ reason: String) -> APIError { .badRequest("can't parse MessageEntity: \(reason)") }

    private static func text(_ name: String, _ item: JSONNode) throws(APIError) -> String {
        guard let value = item[name], !value.isNull else { throw fault("Can't find field \"\(name)\"") }
        guard let text = value.scalar else { throw fault("Field \"\(name)\" must be of type String") }
        return text
    }

    private static func number(_ name: String, _ item: JSONNode) throws(APIError) -> Int64 {
        guard let value = item[name], !value.isNull else { throw fault("Can't find field \"\(name)\"") }
        guard let number = value.integer else { throw fault("Field \"\(name)\" must be of type Number") }
        return number
    }
}

/// Where the characters of a text begin, counted in UTF-16 code units, and in bytes for refusals.
private struct UnitScan {
    /// The byte at which the character of a code unit ends, where the unit does not begin one.
    private var inner: [Int: Int] = [:]
    private let count: Int

    init(_ text: String) {
        var unit = 0
        var byte = 0
        for scalar in text.unicodeScalars {
            let units = scalar.value > 0xFFFF ? 2 : 1
            byte += UTF8.width(scalar)
            if units == 2 { inner[unit + 1] = byte }
            unit += units
        }
        count = unit
    }

    func check(_ entity: MessageEntity) throws(APIError) {
        if let byte = inner[entity.offset] {
            throw .badRequest("entity begins in a middle of a UTF-16 symbol at byte offset \(byte)")
        }
        if entity.offset > count {
            throw .badRequest("entity begins after the end of the text at UTF-16 offset \(entity.offset)")
        }
        let name = "entity beginning at UTF-16 offset \(entity.offset)"
        if let byte = inner[entity.end] {
            throw .badRequest("\(name) ends in a middle of a UTF-16 symbol at byte offset \(byte)")
        }
        if entity.end > count {
            throw .badRequest("\(name) ends after the end of the text at UTF-16 offset \(entity.end)")
        }
    }
}
