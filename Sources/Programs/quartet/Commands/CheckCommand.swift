import Configuration
import HTTPClient
import PhotoLibraries
import SQLiteStorage
import Support
import TelegramAPI

/// `quartet check`: whether everything that `serve` needs is there, one line each.
struct CheckCommand: Command {
    static let name = "check"
    static let summary = "check the configuration, the database, Telegram and the photo library"
    static let usage = "[--config FILE] [--offline]"
    static let options = [
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)"),
        (form: "--offline", meaning: "ask no server"),
    ]

    private let config: String?
    private let isOffline: Bool

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
        isOffline = arguments.flag("--offline")
    }

    func run() async throws -> ExitCode {
        let settings = try SettingsLoader().load(path: config)
        for note in settings.notes { Console.out("note  \(note)") }
        let gallery = try GalleryPlan(settings)
        Console.out("ok    configuration: \(settings.file ?? "no file, the environment alone")")
        let owners = (gallery.owners.isEmpty ? Array(gallery.users.prefix(1)) : gallery.owners).map(String.init)
        Console.out("ok    owners: \(owners.joined(separator: ", "))")
        if let schedule = gallery.schedule {
            let next = schedule.cron.upcoming(3, after: SystemTime().now, in: schedule.zone)
                .map { $0.iso8601(milliseconds: false, offset: schedule.zone.offset(at: $0)) }
            Console.out("ok    schedule: \(schedule.cron), \(schedule.zone); next \(next.joined(separator: ", "))")
        }
        let probes = databaseProbes(settings) + (isOffline ? [] : [telegramProbe(settings, gallery)])
        let library =
            isOffline ? nil : try PhotoSource.library(gallery.source, http: Clients.direct(logger: .disabled))
        async let inspection = Self.inspect(library, PhotoSource.expectations(gallery))
        let results = await HealthProbe.results(of: probes, limit: Self.limit, time: SystemTime())
        for result in results {
            let detail = result.detail.map { ": \($0)" } ?? ""
            Console.out("\(result.isHealthy ? "ok    " : "FAIL  ")\(result.name)\(detail)")
        }
        let findings = await inspection
        for finding in findings {
            let name = "\(library?.kind ?? "") \(finding.name)"
            switch finding.verdict {
            case .good(let detail): Console.out("ok    \(name): \(detail)")
            case .bad(let reason, let advice):
                Console.out(Redactor.shared.redact("FAIL  \(name): \(reason)\n      → \(advice)"))
            }
        }
        return results.allSatisfy(\.isHealthy) && findings.allSatisfy(\.isGood) ? .success : .failure
    }

    private static let limit = Duration.seconds(20)

    /// Inspects a library; one that takes too long has a finding of its own.
    private static func inspect(
        _ library: (any InspectableLibrary)?, _ expectations: LibraryExpectations
    ) async -> [LibraryFinding] {
        guard let library else { return [] }
        return await withTaskGroup(of: [LibraryFinding]?.self) { group in
            group.addTask { await library.inspect(expectations) }
            group.addTask {
                // Cancelled when the inspection is over first.
                do { try await SystemTime().sleep(for: limit) } catch { return nil }
                return [
                    LibraryFinding(
                        name: "address",
                        verdict: .bad(
                            "no answer within \(limit.components.seconds) s",
                            advice: "the server is there but slow; look into its log, and try again"))
                ]
            }
            defer { group.cancelAll() }
            for await findings in group { if let findings { return findings } }
            return []
        }
    }

    private func databaseProbes(_ settings: Settings) -> [HealthProbe] {
        DatabaseFile.all(settings).map { file in
            HealthProbe(name: "database \(file.name)") {
                guard file.exists else { return "\(file.path) is made at the first start" }
                let database = try await file.open()
                do {
                    try await database.checkIntegrity()
                } catch {
                    await database.close()
                    throw error
                }
                await database.close()
                return "\(file.path) is sound"
            }
        }
    }

    private func telegramProbe(_ settings: Settings, _ gallery: GalleryPlan) -> HealthProbe {
        let http = Clients.telegram(settings, logger: .disabled)
        let telegram = TelegramClient(token: gallery.token, baseURL: settings[Options.Telegram.apiURL], http: http)
        return HealthProbe(name: "telegram") {
            let me = try await telegram(GetMe())
            return "@\(me.username ?? "?") (\(me.firstName))"
        }
    }
}
