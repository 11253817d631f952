/// The older `Markdown` parse mode: one level, no nesting.
enum MarkdownMarkup {
    static func parse(_ text: String) throws(MarkupError) -> FormattedText {
        let source = ByteText(text)
        var output: [UInt8] = []
        var entities: [MessageEntity] = []
        var offset = 0
        var index = 0
        func isMark(_ byte: UInt8) -> Bool { byte == "_" || byte == "*" || byte == "`" || byte == "[" }

        while index < source.count {
            let byte = source[index]
            if byte == "\\", isMark(source[index + 1]) {
                output.append(source[index + 1])
                offset += 1
                index += 2
                continue
            }
            guard isMark(byte) else {
                offset += byte.utf16Step
                output.append(byte)
                index += 1
                continue
            }
            let begin = index
            let isPre = byte == "`" && source[index + 1] == "`" && source[index + 2] == "`"
            let end: UInt8 = byte == "[" ? 0x5D : byte
            index += isPre ? 3 : 1
            var language: String?
            if isPre { language = MarkdownFence.open(source, &index) }
            let start = offset
            let outputStart = output.count
            while index < source.count,
                source[index] != end || (isPre && !(source[index + 1] == "`" && source[index + 2] == "`"))
            {
                offset += source[index].utf16Step
                output.append(source[index])
                index += 1
            }
            guard index < source.count else {
                throw MarkupError("Can't find end of the entity starting at byte offset \(begin)")
            }
            let length = offset - start
            if byte == "[" {
                var url = String(decoding: output[outputStart...], as: UTF8.self)
                if source[index + 1] == "(" {
                    let urlStart = index + 2
                    index = urlStart
                    while index < source.count, source[index] != ")" { index += 1 }
                    url = source.string(urlStart..<index)
                }
                if length > 0, let link = MarkupLink.entity(url, start, length) { entities.append(link) }
            } else if length > 0 {
                let kind: MessageEntity.Kind = byte == "_" ? .italic : byte == "*" ? .bold : isPre ? .pre : .code
                var entity = MessageEntity(kind, start, length)
                entity.language = language
                entities.append(entity)
            }
            index += isPre ? 3 : 1
        }
        return FormattedText(text: String(decoding: output, as: UTF8.self), entities: entities)
    }
}

/// The opening of a fenced block, the same in both Markdown modes.
enum MarkdownFence {
    /// Moves past the language and one line break; answers the language.
    static func open(_ source: ByteText, _ index: inout Int) -> String? {
        var language: String?
        var end = index
        while !source[end].isSpace, source[end] != "`" { end += 1 }
        if end != index, end < source.count, source[end] != "`" {
            language = source.string(index..<end)
            index = end
        }
        let isBreak = { (byte: UInt8) in byte == "\n" || byte == "\r" }
        if isBreak(source[index]) {
            index += isBreak(source[index + 1]) && source[index] != source[index + 1] ? 2 : 1
        }
        return language
    }
}
