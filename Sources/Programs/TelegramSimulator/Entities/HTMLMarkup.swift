/// The `HTML` parse mode.
///
/// Tag names and the exact errors follow the service; offsets in errors are bytes of the source text.
struct HTMLMarkup {
    private struct OpenTag {
        var name: String
        var argument: String
        var format: String?
        var isExpandable = false
        var offset: Int
        var start: Int
    }

    private static let tags: Set<String> = [
        "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time", "span",
        "pre", "code", "blockquote",
    ]

    private let source: ByteText
    private var position = 0
    private var output: [UInt8] = []
    private var offset = 0
    private var open: [OpenTag] = []
    private var entities: [MessageEntity] = []
    /// Languages of `<code class="language-…">`, by index into `entities`: they count only within `<pre>`.
    private var languages: [Int: String] = [:]
    private var hasSurrogates = false

    static func parse(_ text: String) throws(MarkupError) -> FormattedText {
        var parser = Self(source: ByteText(text))
        return try parser.run()
    }

    private init(source: ByteText) {
        self.source = source
        output.reserveCapacity(source.count)
    }

    private mutating func run() throws(MarkupError) -> FormattedText {
        while position < source.count {
            let byte = source[position]
            if byte == "&", let code = Self.reference(in: source, at: &position) {
                if code >= 0xD800, code <= 0xDFFF { hasSurrogates = true }
                offset += code > 0xFFFF ? 2 : 1
                Self.append(code, to: &output)
            } else if byte == "<" {
                let begin = position
                position += 1
                if source[position] == "/" { try endTag(begin) } else { try startTag(begin) }
            } else {
                offset += byte.utf16Step
                output.append(byte)
                position += 1
            }
        }
        if let last = open.last {
            throw MarkupError("Can't find end tag corresponding to start tag \"\(last.name)\"")
        }
        guard !hasSurrogates, let text = String(validating: output, as: UTF8.self) else {
            throw MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
            )
        }
        return FormattedText(text: text, entities: entities)
    }

    private mutating func startTag(_ begin: Int) throws(MarkupError) {
        while !source[position].isSpace, source[position] != ">" { position += 1 }
        guard position < source.count else { throw MarkupError("Unclosed start tag at byte offset \(begin)") }
        let name = source.string(begin + 1..<position).lowercased()
        guard Self.tags.contains(name) else {
            throw MarkupError("Unsupported start tag \"\(name)\" at byte offset \(begin)")
        }
        var tag = OpenTag(name: name, argument: "", offset: offset, start: output.count)
        while source[position] != ">" {
            skipSpaces()
            if source[position] == ">" { break }
            let (attribute, value) = try attribute(of: name, begin)
            switch (name, attribute) {
            case ("a", "href"): tag.argument = value
            case ("code", "class") where value.hasPrefix("language-"): tag.argument = String(value.dropFirst(9))
            case ("span", "class") where value.hasPrefix("tg-"): tag.argument = String(value.dropFirst(3))
            case ("tg-emoji", "emoji-id"), ("tg-time", "unix"): tag.argument = value
            case ("tg-time", "format"): tag.format = value
            case ("blockquote", "expandable"): tag.isExpandable = true
            default: break
            }
        }
        position += 1
        if name == "span", tag.argument != "spoiler" {
            throw MarkupError("Tag \"span\" must have class \"tg-spoiler\" at byte offset \(begin)")
        }
        open.append(tag)
    }

    private mutating func skipSpaces() {
        while position < source.count, source[position].isSpace { position += 1 }
    }

    private mutating func attribute(of tag: String, _ begin: Int) throws(MarkupError) -> (String, String) {
        let nameStart = position
        while !source[position].isSpace, source[position] != "=", source[position] != ">" { position += 1 }
        let name = source.string(nameStart..<position)
        if name.isEmpty { throw MarkupError("Empty attribute name in the tag \"\(tag)\" at byte offset \(begin)") }
        skipSpaces()
        guard source[position] == "=" else {
            // `expandable` is the one attribute that may stand without a value.
            if tag == "blockquote", name == "expandable", position < source.count { return (name, "") }
            if position >= source.count { throw MarkupError("Unclosed start tag \"\(tag)\" at byte offset \(begin)") }
            throw MarkupError(
                "Expected equal sign in declaration of an attribute of the tag \"\(tag)\" at byte offset \(begin)")
        }
        position += 1
        skipSpaces()
        guard position < source.count else {
            throw MarkupError("Unclosed start tag \"\(tag)\" at byte offset \(begin)")
        }
        let quote = source[position]
        guard quote == "'" || quote == "\"" else { return (name, try nameToken()) }
        position += 1
        var value: [UInt8] = []
        while position < source.count, source[position] != quote {
            if source[position] == "&", let code = Self.reference(in: source, at: &position) {
                Self.append(code, to: &value)
            } else {
                value.append(source[position])
                position += 1
            }
        }
        position += 1
        guard position < source.count else { throw MarkupError("Unclosed start tag at byte offset \(begin)") }
        return (name, String(decoding: value, as: UTF8.self))
    }

    private mutating func nameToken() throws(MarkupError) -> String {
        let start = position
        while source[position].isLetterOrDigit || source[position] == "." || source[position] == "-" { position += 1 }
        guard source[position].isSpace || source[position] == ">" else {
            throw MarkupError("Unexpected end of name token at byte offset \(start)")
        }
        return source.string(start..<position).lowercased()
    }

    private mutating func endTag(_ begin: Int) throws(MarkupError) {
        guard let tag = open.last else { throw MarkupError("Unexpected end tag at byte offset \(begin)") }
        while !source[position].isSpace, source[position] != ">" { position += 1 }
        let name = source.string(begin + 2..<position).lowercased()
        skipSpaces()
        guard source[position] == ">" else { throw MarkupError("Unclosed end tag at byte offset \(begin)") }
        guard name.isEmpty || name == tag.name else {
            throw MarkupError(
                "Unmatched end tag at byte offset \(begin), expected \"</\(tag.name)>\", found \"</\(name)>\"")
        }
        position += 1
        open.removeLast()
        if offset > tag.offset { try close(tag) }
    }

    private mutating func close(_ tag: OpenTag) throws(MarkupError) {
        let length = offset - tag.offset
        func entity(_ kind: MessageEntity.Kind) -> MessageEntity { MessageEntity(kind, tag.offset, length) }
        switch tag.name {
        case "i", "em": entities.append(entity(.italic))
        case "b", "strong": entities.append(entity(.bold))
        case "s", "strike", "del": entities.append(entity(.strikethrough))
        case "u", "ins": entities.append(entity(.underline))
        case "tg-spoiler", "span": entities.append(entity(.spoiler))
        case "blockquote": entities.append(entity(tag.isExpandable ? .expandableBlockquote : .blockquote))
        case "tg-emoji":
            guard let id = Int64(tag.argument), id != 0 else {
                throw MarkupError("Invalid custom emoji identifier specified")
            }
            var emoji = entity(.customEmoji)
            emoji.customEmoji = String(id)
            entities.append(emoji)
        case "tg-time":
            guard let unix = Int64(tag.argument) else { throw MarkupError("Invalid date and time specified") }
            var time = entity(.dateTime)
            time.unixTime = unix
            time.dateFormat = tag.format
            entities.append(time)
        case "a":
            let url = tag.argument.isEmpty ? String(decoding: output[tag.start...], as: UTF8.self) : tag.argument
            if let link = MarkupLink.entity(url, tag.offset, length) { entities.append(link) }
        case "pre": closePre(entity(.pre))
        default: closeCode(entity(.code), tag.argument)
        }
    }

    private mutating func closePre(_ pre: MessageEntity) {
        if let last = entities.last, last.kind == .code, last.offset == pre.offset, last.length == pre.length,
            let language = languages[entities.count - 1]
        {
            entities[entities.count - 1].kind = .pre
            entities[entities.count - 1].language = language
        } else {
            entities.append(pre)
        }
    }

    private mutating func closeCode(_ code: MessageEntity, _ language: String) {
        if let last = entities.last, last.kind == .pre, last.offset == code.offset, last.length == code.length,
            !language.isEmpty
        {
            entities[entities.count - 1].language = language
        } else {
            if !language.isEmpty { languages[entities.count] = language }
            entities.append(code)
        }
    }

    /// Reads a character reference; leaves `position` behind it, or answers `nil` and moves nothing.
    private static func reference(in source: ByteText, at position: inout Int) -> UInt32? {
        var end = position + 1
        var code: UInt32 = 0
        if source[end] == "#" {
            end += 1
            let radix: UInt32 = source[end] == "x" ? 16 : 10
            if radix == 16 { end += 1 }
            while let digit = digit(source[end], radix), end - position < 12 {
                code = code &* radix &+ digit
                end += 1
            }
            guard code != 0, code < 0x10FFFF, end - position < 10 else { return nil }
        } else {
            while source[end].isLetter { end += 1 }
            switch source.string(position + 1..<end) {
            case "lt": code = 0x3C
            case "gt": code = 0x3E
            case "amp": code = 0x26
            case "quot": code = 0x22
            default: return nil
            }
        }
        position = source[end] == ";" ? end + 1 : end
        return code
    }

    private static func digit(_ byte: UInt8, _ radix: UInt32) -> UInt32? {
        if byte.isDigit { return UInt32(byte) - 0x30 }
        guard radix == 16, byte.isLetter, (byte | 0x20) <= 0x66 else { return nil }
        return UInt32(byte | 0x20) - 0x61 + 10
    }

    private static func append(_ code: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(code) else { return }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}

/// The entity that a link makes of its text.
enum MarkupLink {
    static func entity(_ url: String, _ offset: Int, _ length: Int) -> MessageEntity? {
        if let user = Links.user(in: url) {
            var entity = MessageEntity(.textMention, offset, length)
            entity.user = user
            return entity
        }
        guard let link = Links.checked(url) else { return nil }
        var entity = MessageEntity(.textLink, offset, length)
        entity.url = link
        return entity
    }
}
