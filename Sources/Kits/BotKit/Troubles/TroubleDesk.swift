import Markup
import Support
import Synchronization
import TelegramAPI

/// Makes known what went wrong with updates: in the log, the metrics, the bot's status, and to its owners.
final class TroubleDesk: Sendable {
    /// How long owners are not written to again; what happens meanwhile is in the next message.
    static let silence = Duration.seconds(600)

    private struct State {
        var tellsAgain: Duration = .zero
        var untold = 0
        var setAside = 0
        var tookTooLong = 0
    }

    private let metrics: BotMetrics
    private let logger: Logger
    private let time: any TimeSource
    private let state = Mutex(State())

    init(metrics: BotMetrics, logger: Logger, time: any TimeSource) {
        self.metrics = metrics
        self.logger = logger
        self.time = time
    }

    /// Updates that were set aside since the start, and those that took too long.
    var counts: (setAside: Int, tookTooLong: Int) { state.withLock { ($0.setAside, $0.tookTooLong) } }

    /// Notes a trouble; telling people happens beside.
    func note(_ trouble: UpdateTrouble, core: BotCore) {
        record(trouble)
        if let troubled = core.configuration.troubled { Task { await troubled(trouble) } }
        guard trouble.isGrave, !core.configuration.owners.isEmpty else { return }
        let now = time.uptime
        let count: Int? = state.withLock { state in
            state.untold += 1
            guard state.tellsAgain <= now else { return nil }
            state.tellsAgain = now + Self.silence
            defer { state.untold = 0 }
            return state.untold
        }
        if let count { Task { await tellOwners(count, trouble.update, core) } }
    }

    private func record(_ trouble: UpdateTrouble) {
        var fields: [String: LogValue] = ["update": .integer(trouble.update)]
        if let chat = trouble.chat { fields["chat"] = .integer(chat.rawValue) }
        switch trouble.kind {
        case .failed:
            metrics.failures.increment()
        case .tookTooLong(let limit):
            metrics.tookTooLong.increment()
            state.withLock { $0.tookTooLong += 1 }
            fields["limit"] = .string("\(limit)")
            logger.error("a handler took too long and is given up; its chat goes on", fields)
        case .setAside(let attempts):
            metrics.setAside.increment()
            state.withLock { $0.setAside += 1 }
            fields["attempts"] = .integer(attempts)
            logger.error("an update is set aside: the program ended each time it was handled", fields)
        case .unreadable(let error):
            metrics.setAside.increment()
            state.withLock { $0.setAside += 1 }
            fields["error"] = .string(error)
            logger.error("an update cannot be read and is set aside", fields)
        }
    }

    private func tellOwners(_ count: Int, _ update: Int64, _ core: BotCore) async {
        for owner in core.configuration.owners {
            let language = core.people.language(of: owner.rawValue) ?? core.configuration.defaultLanguage
            let text = core.configuration.texts[language].trouble(count, update)
            do {
                try await core.sender.send(FormattedText(text), to: ChatID(owner))
            } catch {
                logger.warning("an owner cannot be told", ["owner": .integer(owner.rawValue), "error": "\(error)"])
            }
        }
    }
}
