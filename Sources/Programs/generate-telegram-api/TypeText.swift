/// Helpers for long literals.
enum TypeText {
    /// Words set in lines of at most 90 characters.
    static func wrapped(_ words: [String]) -> [String] {
        var lines: [String] = [""]
        for word in words {
            if lines[lines.count - 1].count + word.count > 90 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines
    }

    /// The lines as one string literal, joined by spaces.
    static func literal(_ lines: [String], into source: inout SourceText) {
        guard lines.count > 1 else {
            source.line("\"\(lines[0])\"")
            return
        }
        source.line("\"\"\"")
        for line in lines.dropLast() { source.line(line + " \\") }
        source.line(lines[lines.count - 1])
        source.line("\"\"\"")
    }
}
