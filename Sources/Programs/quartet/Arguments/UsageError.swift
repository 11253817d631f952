import Configuration

/// What is wrong with a command line.
enum UsageError: Error, Equatable, CustomStringConvertible {
    case unknownCommand(String, known: [String])
    case unknownOption(String, command: String, suggestion: String?)
    case repeatedOption(String)
    case unexpectedWord(String, command: String)
    case missingValue(String)
    case missingWord(String)
    case badValue(String, String, expected: String)

    var description: String {
        switch self {
        case .unknownCommand(let name, let known):
            "there is no command “\(name)”"
                + (Suggestion.closest(to: name, among: known).map { "; did you mean \($0)?" }
                    ?? "; there are \(known.joined(separator: ", "))")
        case .unknownOption(let name, let command, let suggestion):
            "\(command) has no option \(name)"
                + (suggestion.map { "; did you mean \($0)?" } ?? "; see quartet \(command) --help")
        case .repeatedOption(let name): "\(name) is given twice"
        case .unexpectedWord(let word, let command): "\(command): “\(word)” is too much; see quartet \(command) --help"
        case .missingValue(let name): "\(name) needs a value"
        case .missingWord(let expected): "missing: \(expected)"
        case .badValue(let name, let text, let expected): "\(name): expected \(expected), found “\(text)”"
        }
    }
}
