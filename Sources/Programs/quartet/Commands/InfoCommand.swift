import Configuration

/// `quartet info`: every option with its value, and where the value comes from.
struct InfoCommand: Command {
    static let name = "info"
    static let summary = "show every option, its value and where it comes from"
    static let usage = "[--config FILE] [--markdown]"
    static let options = [
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)"),
        (form: "--markdown", meaning: "print the table of options for the documentation"),
    ]

    private let config: String?
    private let isMarkdown: Bool

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
        isMarkdown = arguments.flag("--markdown")
    }

    func run() async throws -> ExitCode {
        if isMarkdown {
            Console.out(Self.markdown)
            return .success
        }
        let settings = try SettingsLoader().load(path: config)
        Console.out("quartet \(Quartet.version)")
        Console.out("configuration file: \(settings.file ?? "none")\n")
        for option in Options.all {
            Console.out("\(option.key) = \(settings.text(of: option))  (\(settings.origin(ofKey: option.key)))")
            Console.out("    \(option.summary)")
            Console.out("    \(option.expectation); \(option.environment.joined(separator: ", "))")
        }
        for note in settings.notes { Console.err("note: \(note)") }
        return .success
    }

    /// The table of options as a page shows it.
    static var markdown: String {
        let rows = Options.all.map { option in
            let variables = option.environment.map { "`\($0)`" }.joined(separator: ", ")
            let isSet = !["", "not set", "none"].contains(option.fallbackText)
            let value = isSet ? "`\(option.fallbackText)`" : ""
            return "| `\(option.key)` | \(option.expectation) | \(value) | \(variables) | \(option.summary) |"
        }
        return (["| key | value | default | environment | meaning |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }
}
