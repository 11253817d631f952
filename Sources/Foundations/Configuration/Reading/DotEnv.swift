/// Reads a `.env` file: `NAME=value` per line, with comments, `export` and quotes.
enum DotEnv {
    static func parse(_ text: String, path: String) -> (Environment, [ConfigurationProblem]) {
        var variables: [String: String] = [:]
        var problems: [ConfigurationProblem] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var rest = trimmed(line)
            if rest.isEmpty || rest.first == "#" { continue }
            if rest.hasPrefix("export ") { rest = trimmed(rest.dropFirst(7)) }
            guard let equals = rest.firstIndex(of: "="), case let name = trimmed(rest[..<equals]), isName(name),
                let value = value(trimmed(rest[rest.index(after: equals)...]))
            else {
                // The line may hold a secret, so it is not shown.
                problems.append(
                    ConfigurationProblem(
                        place: .file(path, line: index + 1), key: nil, message: "expected NAME=value"))
                continue
            }
            variables[String(name)] = value
        }
        return (Environment(variables), problems)
    }

    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // A comment starts at a # after white space.
            guard let comment = text.indices.first(where: { isComment(text, at: $0) }) else { return String(text) }
            return String(trimmed(text[..<comment]))
        }
        var result = ""
        var isEscaped = false
        var position = text.index(after: text.startIndex)
        while position < text.endIndex {
            let character = text[position]
            position = text.index(after: position)
            if isEscaped {
                isEscaped = false
                switch character {
                case "n": result.append("\n")
                case "t": result.append("\t")
                default: result.append(character)
                }
            } else if character == "\\" && quote == "\"" {
                isEscaped = true
            } else if character == quote {
                let rest = trimmed(text[position...])
                return rest.isEmpty || rest.first == "#" ? result : nil
            } else {
                result.append(character)
            }
        }
        return nil
    }

    private static func isComment(_ text: Substring, at index: Substring.Index) -> Bool {
        text[index] == "#" && (index == text.startIndex || text[text.index(before: index)].isWhitespace)
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, !first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
