/// Splits a multipart body (RFC 7578) that is in memory.
struct MultipartReader {
    struct Part {
        var name: String
        var fileName: String?
        var type: String?
        var body: ArraySlice<UInt8>
    }

    static let maximumFiles = 50

    /// The boundary of a content type.
    static func boundary(_ contentType: String) -> String? {
        guard let mark = contentType.range(of: "boundary=") else { return nil }
        var text = contentType[mark.upperBound...]
        if text.first == "\"" {
            text = text.dropFirst()
            text = text.prefix { $0 != "\"" }
        } else {
            text = text.prefix { $0 != ";" && $0 != " " }
        }
        return text.isEmpty || text.utf8.count > 70 ? nil : String(text)
    }

    /// The parts up to the first that is malformed.
    static func parts(_ body: [UInt8], boundary: String) -> [Part] {
        let mark = Array("--\(boundary)".utf8)
        guard var position = find(mark, in: body, from: 0) else { return [] }
        var parts: [Part] = []
        while true {
            position += mark.count
            guard position + 1 < body.count, !(body[position] == 0x2D && body[position + 1] == 0x2D) else {
                return parts
            }
            while position < body.count, body[position] != 0x0A { position += 1 }
            position += 1
            guard let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: max(0, position - 2)) else {
                return parts
            }
            let head = String(decoding: body[min(position, headEnd)..<headEnd], as: UTF8.self)
            guard let end = find([0x0D, 0x0A] + mark, in: body, from: headEnd + 2) else { return parts }
            let start = min(headEnd + 4, end)
            if let part = part(head, body[start..<end]) { parts.append(part) }
            position = end + 2
        }
    }

    private static func part(_ head: String, _ body: ArraySlice<UInt8>) -> Part? {
        var name: String?
        var part = Part(name: "", body: body)
        for line in head.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...]).trimmingSpaces()
            switch line[..<colon].lowercased() {
            case "content-disposition":
                name = parameter("name", in: value)
                part.fileName = parameter("filename*", in: value).map(decoded) ?? parameter("filename", in: value)
            case "content-type": part.type = String(value.prefix { $0 != ";" }).trimmingSpaces()
            default: break
            }
        }
        guard let name else { return nil }
        part.name = name
        return part
    }

    private static func parameter(_ name: String, in value: String) -> String? {
        for item in split(value).dropFirst() {
            guard let equals = item.firstIndex(of: "=") else { continue }
            guard String(item[..<equals]).trimmingSpaces().lowercased() == name else { continue }
            var text = String(item[item.index(after: equals)...]).trimmingSpaces()
            guard text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count >= 2 else { return text }
            text = String(text.dropFirst().dropLast())
            var result = ""
            var isEscaped = false
            for character in text {
                if character == "\\", !isEscaped {
                    isEscaped = true
                } else {
                    result.append(character)
                    isEscaped = false
                }
            }
            // Browsers write quotes of a file name this way.
            return result.replacing("%22", with: "\"")
        }
        return nil
    }

    private static func split(_ value: String) -> [Substring] {
        var parts: [Substring] = []
        var start = value.startIndex
        var isQuoted = false
        var previous: Character = " "
        for index in value.indices {
            let character = value[index]
            if character == "\"", previous != "\\" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                parts.append(value[start..<index])
                start = value.index(after: index)
            }
            previous = character
        }
        parts.append(value[start...])
        return parts
    }

    /// The text of an extended parameter, `utf-8''…` (RFC 5987).
    private static func decoded(_ text: String) -> String {
        guard let mark = text.range(of: "''") else { return text }
        var arguments = Arguments()
        arguments.add(form: "v=" + text[mark.upperBound...].replacing("+", with: "%2B"))
        return arguments["v"]
    }

    private static func find(_ needle: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first, body.count >= needle.count else { return nil }
        var index = start
        let last = body.count - needle.count
        while index <= last {
            if body[index] == first {
                var matched = 1
                while matched < needle.count, body[index + matched] == needle[matched] { matched += 1 }
                if matched == needle.count { return index }
            }
            index += 1
        }
        return nil
    }
}
