import Support

/// The program: one subcommand per run.
@main struct Quartet {
    static let version = "0.1.0"

    static let commands: [any Command.Type] = [
        DemoCommand.self, ServeCommand.self, CheckCommand.self, TourCommand.self, SimulateCommand.self,
        MigrateCommand.self,
        BackupCommand.self, ReplayCommand.self,
        InfoCommand.self,
    ]

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        ExitCode.leave(await run(arguments))
    }

    private static func run(_ arguments: [String]) async -> ExitCode {
        do {
            switch arguments.first {
            case nil, "help", "--help", "-h":
                Console.out(Help.text(of: arguments.dropFirst().first))
                return .success
            case "--version", "version":
                Console.out("quartet \(version)")
                return .success
            case let name?:
                guard let command = commands.first(where: { $0.name == name }) else {
                    throw UsageError.unknownCommand(name, known: commands.map { $0.name })
                }
                var reader = ArgumentReader(Array(arguments.dropFirst()), command: name)
                if reader.wantsHelp {
                    Console.out(Help.text(of: name))
                    return .success
                }
                let parsed = try command.init(&reader)
                try reader.finish()
                return try await parsed.run()
            }
        } catch {
            Console.err("quartet: \(ExitCode.explanation(of: error))")
            return ExitCode(error)
        }
    }
}
