import Configuration
import Support

/// What every long-running command has: settings, log, numbers, and the wish to end.
struct Runtime: Sendable {
    let settings: Settings
    let log: LogOutput
    let metrics = Metrics()
    let time = SystemTime()
    let shutdown = Shutdown()

    var logger: Logger { Logger(label: "quartet", sink: log) }

    /// Opens the log that the settings ask for, and listens to SIGTERM and SIGINT.
    ///
    /// `stream` is standard error where standard output is for the command's own lines.
    init(_ settings: Settings, stream: LogOutput.Stream = .standardOutput, logFile: String? = nil) throws {
        self.settings = settings
        let path = settings[Options.Log.path] ?? logFile
        log = try LogOutput(
            level: settings[Options.Log.level], format: settings[Options.Log.format], stream: stream,
            file: path.map {
                LogFile(
                    path: $0, maximumBytes: settings[Options.Log.maximumSize],
                    maximumFiles: settings[Options.Log.maximumFiles])
            })
        TerminationSignals.handle(triggering: shutdown)
        for note in settings.notes { logger.warning("configuration", ["note": .string(note.description)]) }
    }

    /// Runs services until the process is asked to end.
    func run(_ services: [any Service]) async throws {
        logger.notice("started", ["version": .string(Quartet.version)])
        do {
            try await ServiceGroup(
                services, logger: logger, time: time, drainLimit: settings[Options.Process.drainLimit]
            ).run(until: shutdown)
        } catch {
            logger.error("stopped by a failure", ["error": .string("\(error)")])
            throw error
        }
        logger.notice("stopped")
    }
}
