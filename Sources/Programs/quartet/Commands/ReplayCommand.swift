import BotKit
import Configuration
import FoundationEssentials
import GalleryBot
import JSON
import Jobs
import Support

/// `quartet replay`: a recording against this version, in a copy of its database and without Telegram.
struct ReplayCommand: Command {
    static let name = "replay"
    static let summary = "run a recording against this version and show what is different"
    static let usage = "FILE [--config FILE]"
    static let options = [
        (form: "FILE", meaning: "what telegram.record has written; FILE.db is its database at the beginning"),
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)"),
    ]

    private let file: String
    private let config: String?

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
        guard let file = arguments.word() else { throw .missingWord("FILE") }
        self.file = file
    }

    func run() async throws -> ExitCode {
        let settings = try SettingsLoader().load(path: config)
        let source = RecordingPlan(path: file)
        let recording = try source.read()
        let folder = FileManager.default.temporaryDirectory.path + "/quartet-replay-\(UUID().uuidString)"
        try Folder.make(folder)
        let report: Result<ReplayReport, any Error>
        do {
            report = .success(try await replay(recording, source, settings, in: folder))
        } catch {
            report = .failure(error)
        }
        try FileManager.default.removeItem(atPath: folder)
        return show(try report.get())
    }

    private func replay(
        _ recording: Recording, _ source: RecordingPlan, _ settings: Settings, in folder: String
    ) async throws -> ReplayReport {
        var plan = try GalleryPlan(settings)
        // Rows of the database bear the number of the recorded bot. This token opens nothing.
        plan.token = Secret("\(recording.identity.id):replay-opens-nothing-at-all")
        plan.databasePath = "\(folder)/gallery.db"
        if FileManager.default.fileExists(atPath: source.databasePath) {
            try FileManager.default.copyItem(atPath: source.databasePath, toPath: plan.databasePath)
        }
        // Jobs are done again, but the library is the real one: nothing is written there.
        plan.votes.writesRating = false
        plan.votes.marksOrganized = false
        let time = ManualTime(now: recording.start)
        let telegram = ReplayTelegram(recording, time: time)
        let unit = try await GalleryUnit(
            plan,
            GalleryUnit.Surroundings(
                // Nothing listens there: what does not pass the stand-in, such as a download, fails at once.
                apiURL: "http://127.0.0.1:9", telegram: Clients.telegram(settings, logger: .disabled),
                direct: Clients.direct(logger: .disabled), logger: .disabled, metrics: Metrics(), time: time,
                seed: recording.seed, standIn: telegram))
        do {
            let report = try await unit.gallery.bot.replay(
                recording, telegram: telegram, time: time, jobs: unit.runner)
            await unit.close()
            return report
        } catch {
            await unit.close()
            throw error
        }
    }

    // MARK: Showing

    private func show(_ report: ReplayReport) -> ExitCode {
        for difference in report.differences {
            let about =
                difference.arrival.map { "\($0.time.iso8601())  \(Self.summary(of: $0.json))" }
                ?? "from before the recording"
            Console.out("update \(difference.update)  \(about)")
            for change in difference.changes {
                switch change {
                case .missing(let call): Console.out("  - \(Self.line(of: call))")
                case .added(let call): Console.out("  + \(Self.line(of: call))")
                case .changed(let method, let job, let fields):
                    Console.out("  ~ \(Self.name(of: method, in: job))")
                    for field in fields {
                        let (before, after) = (field.before.map(Self.short), field.after.map(Self.short))
                        Console.out("      \(field.name): \(before ?? "nothing") → \(after ?? "nothing")")
                    }
                }
            }
        }
        let same = report.differences.isEmpty
        let earlier = report.differences.count { $0.arrival == nil }
        Console.out(
            "\(same ? "✓" : "✗") \(report.differences.count - earlier) of \(report.updates) updates differ"
                + (earlier > 0 ? ", and \(earlier) from before the recording; " : "; ")
                + "\(report.calls.recorded) calls compared, \(report.jobCalls.recorded) of them by jobs; left out, by "
                + "schedules and the start: \(report.otherCalls.recorded) recorded, \(report.otherCalls.made) now")
        return same ? .success : .failure
    }

    /// What an update is, in a few words.
    private static func summary(of update: JSONValue) -> String {
        guard let content = update.objectValue?.members.first(where: { $0.key != "update_id" }) else { return "" }
        let person = content.value["from"]?["id"]?.integerValue.map { " from \($0)" } ?? ""
        let text = content.value["text"] ?? content.value["data"] ?? content.value["caption"]
        return content.key + person + (text.map { ": \(short($0))" } ?? "")
    }

    private static func line(of call: RecordedCall) -> String {
        "\(name(of: call.method, in: call.job?.kind)) \(short(call.parameters))"
    }

    /// A method, and the kind of the job that calls it.
    private static func name(of method: String, in job: String?) -> String {
        method + (job.map { " (job \($0))" } ?? "")
    }

    private static func short(_ value: JSONValue) -> String {
        let text = value.description
        return text.count > 200 ? text.prefix(200) + "…" : text
    }
}
