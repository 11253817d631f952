import Configuration
import Support

/// `quartet migrate`: brings the databases up to date without starting anything.
struct MigrateCommand: Command {
    static let name = "migrate"
    static let summary = "bring the databases up to date (serve does it too)"
    static let usage = "[--config FILE]"
    static let options = [
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)")
    ]

    private let config: String?

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
    }

    func run() async throws -> ExitCode {
        let settings = try SettingsLoader().load(path: config)
        let plan = try GalleryPlan(settings)
        let unit = try await GalleryUnit(
            plan,
            GalleryUnit.Surroundings(
                apiURL: settings[Options.Telegram.apiURL], telegram: Clients.telegram(settings, logger: .disabled),
                direct: Clients.direct(logger: .disabled), logger: .disabled, metrics: Metrics()))
        await unit.close()
        Console.out("\(plan.databasePath) is up to date")
        return .success
    }
}
