/// The `MarkdownV2` parse mode.
///
/// Errors are the service's; offsets in them are bytes of the source text.
struct MarkdownV2Markup {
    private enum Mark: String {
        case bold = "Bold"
        case italic = "Italic"
        case underline = "Underline"
        case strikethrough = "Strikethrough"
        case spoiler = "Spoiler"
        case code = "Code"
        case pre = "Pre"
        case fenced = "PreCode"
        case link = "TextUrl"
        case emoji = "CustomEmoji"
        case quote = "BlockQuote"
    }

    private struct Open {
        var mark: Mark
        var language: String?
        var offset: Int
        var byteOffset: Int
        var start: Int
    }

    private static let reserved = Set("_*[]()~`>#+-=|{}.!\n".utf8)

    private let source: ByteText
    private var index = 0
    private var output: [UInt8] = []
    private var offset = 0
    private var open: [Open] = []
    private var entities: [MessageEntity] = []
    private var hasQuote = false
    private var atLineStart = true

    static func parse(_ text: String) throws(MarkupError) -> FormattedText {
        var parser = Self(source: ByteText(text))
        return try parser.run()
    }

    private init(source: ByteText) {
        self.source = source
        output.reserveCapacity(source.count)
    }

    private mutating func run() throws(MarkupError) -> FormattedText {
        while index < source.count {
            let byte = source[index]
            if byte == "\\", source[index + 1] > 0, source[index + 1] <= 126 {
                output.append(source[index + 1])
                offset += 1
                index += 2
                atLineStart = false
                continue
            }
            guard isReserved(byte) else {
                offset += byte.utf16Step
                output.append(byte)
                index += 1
                if byte != "\r" { atLineStart = false }
                continue
            }
            if hasQuote, endsQuote(byte) {
                try closeQuote()
            } else if let last = open.last, ends(last.mark, byte) {
                try close(last)
            } else {
                try begin(byte)
            }
        }
        if hasQuote, open.last?.mark == .quote { finishQuote(isExpandable: false) }
        if let last = open.last { throw unended(last) }
        return FormattedText(text: String(decoding: output, as: UTF8.self), entities: entities)
    }

    private func isReserved(_ byte: UInt8) -> Bool {
        switch open.last?.mark {
        case .code, .pre, .fenced: byte == "`"
        default: Self.reserved.contains(byte)
        }
    }

    private func unended(_ mark: Open) -> MarkupError {
        MarkupError("Can't find end of \(mark.mark.rawValue) entity at byte offset \(mark.byteOffset)")
    }

    private func isReservedError(_ byte: UInt8) -> MarkupError {
        let character = String(decoding: [byte], as: UTF8.self)
        return MarkupError("Character '\(character)' is reserved and must be escaped with the preceding '\\'")
    }

    // MARK: Quotes

    /// A quote ends with a line that no quoted line follows, or with `||` at the end of its last line.
    private func endsQuote(_ byte: UInt8) -> Bool {
        if byte == "\n" { return source[index + 1] != ">" }
        return byte == "|" && source[index + 1] == "|" && open.last?.mark == .quote
            && (index + 2 >= source.count || (source[index + 2] == "\n" && source[index + 3] != ">"))
    }

    private mutating func closeQuote() throws(MarkupError) {
        if let last = open.last, last.mark != .quote { throw unended(last) }
        let isExpandable = source[index] == "|"
        if isExpandable { index += 2 }
        finishQuote(isExpandable: isExpandable)
        if index < source.count {
            output.append(0x0A)
            offset += 1
            index += 1
        }
        atLineStart = true
    }

    private mutating func finishQuote(isExpandable: Bool) {
        let quote = open.removeLast()
        hasQuote = false
        if offset > quote.offset {
            entities.append(
                MessageEntity(
                    isExpandable ? .expandableBlockquote : .blockquote, quote.offset, offset - quote.offset))
        }
    }

    // MARK: Beginnings

    private mutating func begin(_ byte: UInt8) throws(MarkupError) {
        let at = index
        var language: String?
        let mark: Mark
        let next = source[index + 1]
        switch Unicode.Scalar(byte) {
        case "_": (mark, index) = next == "_" ? (.underline, index + 2) : (.italic, index + 1)
        case "*":
            // An empty bold mark separates a quote from the one before.
            if atLineStart, next == "*", source[index + 2] == ">" {
                index += 2
                return
            }
            (mark, index) = (.bold, index + 1)
        case "~": (mark, index) = (.strikethrough, index + 1)
        case "|" where next == "|": (mark, index) = (.spoiler, index + 2)
        case "[": (mark, index) = (.link, index + 1)
        case "!" where next == "[": (mark, index) = (.emoji, index + 2)
        case "`" where next == "`" && source[index + 2] == "`":
            index += 3
            language = MarkdownFence.open(source, &index)
            mark = language == nil ? .pre : .fenced
        case "`": (mark, index) = (.code, index + 1)
        case "\n":
            offset += 1
            output.append(0x0A)
            index += 1
            atLineStart = true
            return
        case ">" where atLineStart && hasQuote:
            index += 1
            atLineStart = false
            return
        case ">" where atLineStart && open.isEmpty:
            (mark, index) = (.quote, index + 1)
            hasQuote = true
        default: throw isReservedError(byte)
        }
        atLineStart = false
        open.append(Open(mark: mark, language: language, offset: offset, byteOffset: at, start: output.count))
    }

    // MARK: Ends

    private func ends(_ mark: Mark, _ byte: UInt8) -> Bool {
        let next = source[index + 1]
        return switch mark {
        case .bold: byte == "*"
        case .italic: byte == "_" && next != "_"
        case .underline: byte == "_" && next == "_"
        case .strikethrough: byte == "~"
        case .spoiler: byte == "|" && next == "|"
        case .code: byte == "`"
        case .pre, .fenced: byte == "`" && next == "`" && source[index + 2] == "`"
        case .link, .emoji: byte == "]"
        case .quote: false
        }
    }

    private mutating func close(_ mark: Open) throws(MarkupError) {
        open.removeLast()
        atLineStart = false
        let length = offset - mark.offset
        var entity: MessageEntity?
        switch mark.mark {
        case .bold: entity = MessageEntity(.bold, mark.offset, length)
        case .italic: entity = MessageEntity(.italic, mark.offset, length)
        case .strikethrough: entity = MessageEntity(.strikethrough, mark.offset, length)
        case .code: entity = MessageEntity(.code, mark.offset, length)
        case .underline: entity = MessageEntity(.underline, mark.offset, length)
        case .spoiler: entity = MessageEntity(.spoiler, mark.offset, length)
        case .pre, .fenced:
            entity = MessageEntity(.pre, mark.offset, length)
            entity?.language = mark.language
        case .link:
            var url = String(decoding: output[mark.start...], as: UTF8.self)
            if source[index + 1] == "(" { url = try target("a URL") }
            entity = MarkupLink.entity(url, mark.offset, length)
        case .emoji:
            guard source[index + 1] == "(" else {
                throw MarkupError("The entity must contain a tg://emoji or tg://time URL")
            }
            let url = try target("a custom emoji URL")
            entity = try Self.special(url, mark.offset, length)
        case .quote: break
        }
        switch mark.mark {
        case .underline, .spoiler: index += 2
        case .pre, .fenced: index += 3
        default: index += 1
        }
        if length > 0, let entity { entities.append(entity) }
    }

    private static func special(_ url: String, _ offset: Int, _ length: Int) throws(MarkupError) -> MessageEntity {
        if let id = Links.customEmoji(in: url) {
            var entity = MessageEntity(.customEmoji, offset, length)
            entity.customEmoji = id
            return entity
        }
        if let time = Links.time(in: url) {
            var entity = MessageEntity(.dateTime, offset, length)
            entity.unixTime = time.unix
            entity.dateFormat = time.format
            return entity
        }
        if url.lowercased().hasPrefix("tg://emoji") { throw MarkupError("Invalid tg://emoji URL specified") }
        if url.lowercased().hasPrefix("tg://time") { throw MarkupError("Invalid tg://time URL specified") }
        throw MarkupError("The entity must contain a tg://emoji or tg://time URL")
    }

    /// Reads `(…)` behind a closing bracket; leaves the index on the closing parenthesis.
    private mutating func target(_ what: String) throws(MarkupError) -> String {
        index += 2
        let begin = index
        var url: [UInt8] = []
        while index < source.count, source[index] != ")" {
            if source[index] == "\\", source[index + 1] > 0, source[index + 1] <= 126 { index += 1 }
            url.append(source[index])
            index += 1
        }
        guard index < source.count else { throw MarkupError("Can't find end of \(what) at byte offset \(begin)") }
        return String(decoding: url, as: UTF8.self)
    }
}
