/// Reads a text with its formatting from arguments.
enum TextArgument {
    static let maximumBytes = 32_768
    static let maximumMessage = 4096
    static let maximumCaption = 1024

    /// The text of a message: refused when absent, blank or too long.
    static func message(_ arguments: Arguments) throws(APIError) -> FormattedText {
        if arguments["text"].isEmpty { throw .badRequest("message text is empty") }
        let text = try formatted(
            arguments["text"], mode: arguments["parse_mode"], entities: arguments.json("entities"))
        if text.text.isEmpty { throw .badRequest("text must be non-empty") }
        return text
    }

    /// The caption of a file; absent is empty.
    static func caption(_ arguments: Arguments) throws(APIError) -> FormattedText {
        let text = try formatted(
            arguments["caption"], mode: arguments["parse_mode"], entities: arguments.json("caption_entities"))
        return try checkedCaption(text)
    }

    /// The caption of an `InputMedia` object.
    static func caption(_ media: JSONNode) throws(APIError) -> FormattedText {
        let text = try formatted(
            media["caption"]?.string ?? "", mode: media["parse_mode"]?.string ?? "",
            entities: media["caption_entities"])
        return try checkedCaption(text)
    }

    private static func checkedCaption(_ text: FormattedText) throws(APIError) -> FormattedText {
        if text.text.unicodeScalars.count > maximumCaption { throw .badRequest("message caption is too long") }
        return text
    }

    /// Applies a parse mode or a list of entities; the mode counts where both are given.
    static func formatted(_ text: String, mode: String, entities: JSONNode?) throws(APIError) -> FormattedText {
        if text.utf8.count > maximumBytes { throw .badRequest("text is too long") }
        var parsed = FormattedText(text: text)
        // Where there is no text, its mode is not looked at.
        let mode = text.isEmpty ? "" : mode.lowercased()
        guard ["", "none", "html", "markdown", "markdownv2"].contains(mode) else {
            throw .badRequest("unsupported parse_mode")
        }
        do throws(MarkupError) {
            switch mode {
            case "html": parsed = try HTMLMarkup.parse(text)
            case "markdown": parsed = try MarkdownMarkup.parse(text)
            case "markdownv2": parsed = try MarkdownV2Markup.parse(text)
            default: break
            }
        } catch {
            throw .badRequest("can't parse entities: \(error.reason)")
        }
        if mode.isEmpty || mode == "none" { parsed.entities = try EntitiesArgument.parse(entities, of: text) }
        return TextCleaner.clean(parsed)
    }

    /// The entities of a JSON array that the service takes from a bot.
    static func list(_ node: JSONNode?) -> [MessageEntity] {
        (node?.array ?? []).compactMap { item in
            guard let kind = (item["type"]?.string).flatMap({ MessageEntity.Kind(rawValue: $0) }),
                let offset = item["offset"]?.integer, let length = item["length"]?.integer, offset >= 0, length > 0,
                offset < 1 << 20, length < 1 << 20
            else { return nil }
            var entity = MessageEntity(kind, Int(offset), Int(length))
            switch kind {
            case .textLink:
                guard let url = (item["url"]?.string).flatMap({ Links.checked($0) }) else { return nil }
                entity.url = url
            case .textMention:
                guard let user = item["user"]?["id"]?.integer else { return nil }
                entity.user = user
            case .pre: entity.language = item["language"]?.string
            case .customEmoji: entity.customEmoji = item["custom_emoji_id"]?.scalar
            case .dateTime:
                entity.unixTime = item["unix_time"]?.integer
                entity.dateFormat = item["date_time_format"]?.string
            default: break
            }
            return entity
        }
    }
}
