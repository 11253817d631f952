import Configuration

/// The texts of `--help`.
enum Help {
    /// The help of one command, or of the whole program.
    static func text(of name: String?) -> String {
        guard let command = Quartet.commands.first(where: { $0.name == name }) else { return overview }
        let options = command.options + [("--help", "show this")]
        return """
            \(command.summary)

            usage: quartet \(command.name)\(command.usage.isEmpty ? "" : " " + command.usage)

            \(table(options.map { ($0.0, $0.1) }))
            """
    }

    private static var overview: String {
        """
        quartet \(Quartet.version): Telegram bots on one platform, with a Telegram of their own to try them

        usage: quartet COMMAND [OPTIONS]

        \(table(Quartet.commands.map { ($0.name, $0.summary) }))

        quartet COMMAND --help says more. Exit codes: \(ExitCode.summary).
        """
    }

    /// Lines of two columns.
    static func table(_ rows: [(String, String)]) -> String {
        let width = (rows.map { $0.0.count }.max() ?? 0) + 2
        return rows.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count))\($0.1)" }
            .joined(separator: "\n")
    }
}
