import Configuration
import Support

/// `quartet demo`: the bots on a Telegram of their own, with a page to talk to them.
struct DemoCommand: Command {
    static let name = "demo"
    static let summary = "run the bots on a simulated Telegram, with a page to talk to them"
    static let usage = "[OPTIONS]"
    static let options = [
        (
            form: "--port N",
            meaning: "the page's port (default: 7070; 0 takes a free one); the owner's page has the next"
        ),
        (form: "--photos DIR", meaning: "show the pictures of a folder instead of painted ones"),
        (form: "--state DIR", meaning: "where everything is kept (default: ~/.local/state/quartet/demo)"),
        (form: "--fresh", meaning: "forget what was kept and begin anew"),
        (form: "--schedule CRON", meaning: "when photos come by themselves (default: every 5 minutes)"),
        (form: "--verbose", meaning: "show the log on standard error, too"),
    ]

    private let port: Int
    private let photos: String?
    private let folder: String
    private let isFresh: Bool
    private let schedule: CronExpression
    private let isVerbose: Bool

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        port = try arguments.integer("--port", in: 0...65_535) ?? 7070
        photos = try arguments.value("--photos").map(Folder.withoutSlash)
        folder = try arguments.value("--state").map(Folder.withoutSlash) ?? "\(Folder.state)/demo"
        isFresh = arguments.flag("--fresh")
        isVerbose = arguments.flag("--verbose")
        let cron = try arguments.value("--schedule") ?? "*/5 * * * *"
        do throws(CronError) {
            schedule = try CronExpression(cron)
        } catch {
            throw .badValue("--schedule", cron, expected: "a schedule of five fields (\(error.english))")
        }
    }

    func run() async throws -> ExitCode {
        let lock = try FolderLock(folder)
        if isFresh { try Folder.empty(folder, except: ["lock"]) }
        let runtime = try Runtime(
            Settings(), stream: isVerbose ? .standardError : .none, logFile: "\(folder)/quartet.log")
        defer { runtime.log.close() }
        let stage = try await Stage(
            Stage.Plan(
                port: port, ownerPort: port == 0 ? 0 : port + 1, folder: folder, photos: photos,
                schedule: .init(cron: schedule, zone: .utc),
                logger: runtime.logger))
        do {
            let unit = try await stage.makeGallery(metrics: runtime.metrics)
            let announcer = Announcer(url: stage.url, probes: unit.probes, time: runtime.time)
            do {
                try await runtime.run(unit.services + [announcer])
            } catch {
                await unit.close()
                throw error
            }
            await unit.close()
        } catch {
            await stage.stop()
            throw error
        }
        await stage.stop()
        _ = consume lock
        return .success
    }
}

/// Says that the demo can be used once everything in it answers.
private struct Announcer: Service {
    let name = "announcer"
    let url: String
    let probes: [HealthProbe]
    let time: any TimeSource

    func run(until shutdown: Shutdown) async throws {
        while !shutdown.isTriggered {
            let results = await HealthProbe.results(of: probes, limit: .seconds(5), time: time)
            if results.allSatisfy(\.isHealthy) {
                Console.out("ready: \(url)")
                break
            }
            try await time.sleep(for: .milliseconds(20))
        }
        await shutdown.wait()
    }
}
