import Configuration
import HTTPServer
import Support

/// `quartet serve`: the bots, against the real Telegram, until SIGTERM.
struct ServeCommand: Command {
    static let name = "serve"
    static let summary = "run the bots"
    static let usage = "[BOT…] [--config FILE]"
    static let options = [
        (form: "BOT", meaning: "which bots to run (default: all); there is gallery"),
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)"),
    ]

    private let config: String?

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
        for name in arguments.allWords() where name != "gallery" {
            throw .badValue("serve", name, expected: "gallery")
        }
    }

    func run() async throws -> ExitCode {
        let settings = try SettingsLoader().load(path: config)
        let plan = try GalleryPlan(settings)
        let runtime = try Runtime(settings)
        defer { runtime.log.close() }
        let logger = runtime.logger
        let unit = try await GalleryUnit(
            plan,
            GalleryUnit.Surroundings(
                apiURL: settings[Options.Telegram.apiURL],
                telegram: Clients.telegram(settings, logger: logger.labelled("telegram")),
                direct: Clients.direct(logger: logger.labelled("http")), logger: logger, metrics: runtime.metrics,
                recording: RecordingPlan(settings)))
        // Stopped from the end: no more webhooks, then no more updates, then no more jobs; health answers to the last.
        let services = [internalServer(runtime, unit)] + unit.services + [publicServer(runtime, unit, plan)]
        do {
            try await runtime.run(services)
        } catch {
            await unit.close()
            throw error
        }
        await unit.close()
        return .success
    }

    private func internalServer(_ runtime: Runtime, _ unit: GalleryUnit) -> any Service {
        var router = Router()
        OperationsRoutes(probes: unit.probes, metrics: runtime.metrics, time: runtime.time).register(in: &router)
        unit.registerPage(in: &router)
        let settings = runtime.settings
        return HTTPServer(
            .init(host: settings[Options.Web.internalHost], port: settings[Options.Web.internalPort]),
            name: "internal http", responder: router, logger: runtime.logger.labelled("internal"))
    }

    private func publicServer(_ runtime: Runtime, _ unit: GalleryUnit, _ plan: GalleryPlan) -> any Service {
        var router = Router()
        unit.register(in: &router, plan)
        let (settings, logger) = (runtime.settings, runtime.logger.labelled("public"))
        return HTTPServer(
            .init(host: settings[Options.Web.publicHost], port: settings[Options.Web.publicPort]),
            name: "public http", responder: router.wrapped(by: [RequestLog(logger: logger)]), logger: logger)
    }
}
