import Configuration

/// Takes options and words off a command line; what nobody took is a mistake.
struct ArgumentReader {
    private var words: [String]
    private let command: String
    private var asked: [String] = []
    /// Words after `--`, which are no options whatever they look like.
    private var literal: [String] = []

    init(_ words: [String], command: String) {
        self.command = command
        let end = words.firstIndex(of: "--") ?? words.endIndex
        self.words = Array(words[..<end])
        literal = Array(words[end...].dropFirst())
    }

    var wantsHelp: Bool { words.contains("--help") || words.contains("-h") }

    /// Whether an option without a value is there.
    mutating func flag(_ name: String) -> Bool {
        asked.append(name)
        guard let index = words.firstIndex(of: name) else { return false }
        words.remove(at: index)
        return true
    }

    /// The value of an option: `--name value` or `--name=value`.
    mutating func value(_ name: String) throws(UsageError) -> String? {
        asked.append(name)
        if let index = words.firstIndex(where: { $0.hasPrefix(name + "=") }) {
            return String(words.remove(at: index).dropFirst(name.count + 1))
        }
        guard let index = words.firstIndex(of: name) else { return nil }
        guard index + 1 < words.count, !words[index + 1].hasPrefix("--") else { throw .missingValue(name) }
        words.remove(at: index)
        return words.remove(at: index)
    }

    /// The value of an option as a whole number.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = try value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .badValue(name, text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value of an option as any 64 bits, for seeds.
    mutating func seed(_ name: String) throws(UsageError) -> UInt64? {
        guard let text = try value(name) else { return nil }
        guard let number = UInt64(text) else { throw .badValue(name, text, expected: "a whole number from 0") }
        return number
    }

    /// The next word that is no option.
    mutating func word() -> String? {
        guard let index = words.firstIndex(where: { !$0.hasPrefix("-") }) else {
            return literal.isEmpty ? nil : literal.removeFirst()
        }
        return words.remove(at: index)
    }

    /// All remaining words; call it after the options were taken.
    mutating func allWords() -> [String] {
        var all: [String] = []
        while let word = word() { all.append(word) }
        return all
    }

    /// Refuses what is left.
    func finish() throws(UsageError) {
        guard let first = words.first ?? literal.first else { return }
        guard first.hasPrefix("-") else { throw .unexpectedWord(first, command: command) }
        let name = String(first.prefix { $0 != "=" })
        if asked.contains(name) { throw .repeatedOption(name) }
        throw .unknownOption(name, command: command, suggestion: Suggestion.closest(to: name, among: asked))
    }
}
