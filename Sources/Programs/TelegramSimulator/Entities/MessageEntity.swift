/// A marked part of a text; offset and length count UTF-16 code units, as the Bot API does.
struct MessageEntity: Codable, Hashable, Sendable {
    /// The kinds of entity, by their wire names.
    enum Kind: String, Codable, Sendable {
        case mention, hashtag, cashtag, url, email, bold, italic, underline, strikethrough, spoiler, blockquote
        case code, pre
        case botCommand = "bot_command"
        case phoneNumber = "phone_number"
        case expandableBlockquote = "expandable_blockquote"
        case textLink = "text_link"
        case textMention = "text_mention"
        case customEmoji = "custom_emoji"
        case dateTime = "date_time"
    }

    var kind: Kind
    var offset: Int
    var length: Int
    var url: String?
    var user: Int64?
    var language: String?
    var customEmoji: String?
    var unixTime: Int64?
    var dateFormat: String?

    var end: Int { offset + length }

    init(_ kind: Kind, _ offset: Int, _ length: Int) {
        self.kind = kind
        self.offset = offset
        self.length = length
    }

    /// Code and preformatted text admit nothing inside.
    var isVerbatim: Bool { kind == .code || kind == .pre }
}

/// A text with its entities.
struct FormattedText: Codable, Hashable, Sendable {
    var text = ""
    var entities: [MessageEntity] = []

    static let empty = Self()
}

/// Why a marked-up text was refused; `reason` follows `can't parse entities: ` in the answer.
struct MarkupError: Error, Equatable {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}
