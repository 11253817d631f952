extension FormattedText {
    /// The text as Telegram's HTML, for logs, transcripts and tests.
    public var html: String {
        var result = ""
        var open: [TextEntity] = []
        var position = 0
        func piece(_ range: Range<Int>) -> String { Escaping.html(slice(range).text) }
        for entity in entities {
            while let last = open.last, last.end <= entity.offset {
                result += piece(position..<last.end) + last.kind.closingTag
                position = last.end
                open.removeLast()
            }
            result += piece(position..<entity.offset) + entity.kind.openingTag
            position = entity.offset
            open.append(entity)
        }
        while let last = open.popLast() {
            result += piece(position..<last.end) + last.kind.closingTag
            position = last.end
        }
        return result + piece(position..<length)
    }
}

extension TextEntity.Kind {
    fileprivate var openingTag: String {
        switch self {
        case .bold: "<b>"
        case .italic: "<i>"
        case .underline: "<u>"
        case .strikethrough: "<s>"
        case .spoiler: "<tg-spoiler>"
        case .code: "<code>"
        case .pre(nil): "<pre>"
        case .pre(let language?): "<pre><code class=\"language-\(Escaping.html(language))\">"
        case .link(let url): "<a href=\"\(Escaping.html(url))\">"
        case .mention(let userID): "<a href=\"tg://user?id=\(userID)\">"
        case .quote: "<blockquote>"
        case .expandableQuote: "<blockquote expandable>"
        case .customEmoji(let id): "<tg-emoji emoji-id=\"\(Escaping.html(id))\">"
        }
    }

    fileprivate var closingTag: String {
        switch self {
        case .bold: "</b>"
        case .italic: "</i>"
        case .underline: "</u>"
        case .strikethrough: "</s>"
        case .spoiler: "</tg-spoiler>"
        case .code: "</code>"
        case .pre(nil): "</pre>"
        case .pre(_?): "</code></pre>"
        case .link, .mention: "</a>"
        case .quote, .expandableQuote: "</blockquote>"
        case .customEmoji: "</tg-emoji>"
        }
    }
}
