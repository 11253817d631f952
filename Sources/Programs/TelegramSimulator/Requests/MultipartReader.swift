/// Reads multipart bodies (RFC 7578).
enum MultipartReader {
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

    /// What stands over a part.
    struct Head: Equatable {
        var name = ""
        var fileName: String?
        var type: String?
    }

    /// The parts of a body in memory, up to the first that has no end.
    static func parts(_ body: [UInt8], boundary: String) -> [Part] {
        var stream = MultipartStream(boundary: boundary)
        var parts: [Part] = []
        var open: Part?
        stream.take(body) { event in
            switch event {
            case .part(let head):
                open = head.map { Part(name: $0.name, fileName: $0.fileName, type: $0.type, body: []) }
            case .bytes(let bytes): open?.body += bytes
            case .end:
                if let part = open { parts.append(part) }
                open = nil
            }
        }
        return parts
    }

    /// Reads the fields over a part; `nil` where they say no name.
    static func head(_ text: String) -> Head? {
        var name: String?
        var head = Head()
        // Lines end at CR and LF only: a name may hold what Unicode breaks lines at.
        for line in text.unicodeScalars.split(whereSeparator: { $0 == "\r" || $0 == "\n" }).map(Substring.init) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...]).trimmingSpaces()
            switch line[..<colon].lowercased() {
            case "content-disposition":
                name = parameter("name", in: value)
                head.fileName = parameter("filename*", in: value).map(decoded) ?? parameter("filename", in: value)
            case "content-type": head.type = String(value.prefix { $0 != ";" }).trimmingSpaces()
            default: break
            }
        }
        guard let name else { return nil }
        head.name = name
        return head
    }

    private static func parameter(_ name: String, in value: String) -> String? {
        for item in split(value).dropFirst() {
            guard let equals = item.firstIndex(of: "=") else { continue }
            guard String(item[..<equals]).trimmingSpaces().lowercased() == name else { continue }
            let text = String(item[item.index(after: equals)...]).trimmingSpaces()
            // By scalars, not by characters: a quote and an accent after it are one of those.
            let scalars = text.unicodeScalars
            guard scalars.first == "\"", scalars.last == "\"", scalars.count >= 2 else { return text }
            var result = String.UnicodeScalarView()
            var isEscaped = false
            for scalar in scalars.dropFirst().dropLast() {
                if scalar == "\\", !isEscaped {
                    isEscaped = true
                } else {
                    result.append(scalar)
                    isEscaped = false
                }
            }
            // Browsers write quotes of a file name this way.
            return String(result).replacing("%22", with: "\"")
        }
        return nil
    }

    private static func split(_ value: String) -> [Substring] {
        let scalars = value.unicodeScalars
        var parts: [Substring] = []
        var start = scalars.startIndex
        var isQuoted = false
        var previous: Unicode.Scalar = " "
        for index in scalars.indices {
            let scalar = scalars[index]
            if scalar == "\"", previous != "\\" { isQuoted.toggle() }
            if scalar == ";", !isQuoted {
                parts.append(Substring(scalars[start..<index]))
                start = scalars.index(after: index)
            }
            previous = scalar
        }
        parts.append(Substring(scalars[start...]))
        return parts
    }

    /// The text of an extended parameter, `utf-8''…` (RFC 5987).
    private static func decoded(_ text: String) -> String {
        guard let mark = text.range(of: "''") else { return text }
        var arguments = Arguments()
        arguments.add(form: "v=" + text[mark.upperBound...].replacing("+", with: "%2B"))
        return arguments["v"]
    }
}
