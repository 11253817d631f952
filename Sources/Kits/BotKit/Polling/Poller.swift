import Support
import Synchronization
import TelegramAPI

/// Asks Telegram for updates, as the state machine says.
final class Poller: Sendable {
    private let core: BotCore
    private let intake: Intake
    private let kinds: [String]
    private let completed = Mutex<(moment: Timestamp, uptime: Duration)?>(nil)
    private let rival = Mutex(Rival())

    /// Another program that polls with the same token.
    private struct Rival {
        var lastSeen: Duration?
        /// Whether it was told of, and nothing since that it is gone.
        var isTold = false
    }

    init(core: BotCore, intake: Intake, kinds: Set<UpdateKind>) {
        self.core = core
        self.intake = intake
        self.kinds = kinds.map(\.rawValue).sorted()
    }

    /// When a poll was last answered and stored.
    var lastCompleted: (moment: Timestamp, uptime: Duration)? { completed.withLock(\.self) }

    /// As many updates as Telegram gives at once.
    private static let batch = 100

    /// How long after a conflict the other program counts as there.
    private static let rivalAge = Duration.seconds(60)

    /// Whether another program polled with the same token in the last minute.
    var hasRival: Bool {
        let now = core.time.uptime
        return rival.withLock { $0.lastSeen.map { now - $0 < Self.rivalAge } ?? false }
    }

    private func noteRival() {
        core.metrics.conflicts.increment()
        let now = core.time.uptime
        let isNews = rival.withLock { rival in
            defer { rival = Rival(lastSeen: now, isTold: true) }
            return !rival.isTold
        }
        guard isNews else { return }
        core.logger.error(
            "another program polls with this bot's token: people get answers from either, some twice; end one of them",
            ["bot": .integer(core.bot)])
    }

    private func noteCompletion() {
        let uptime = core.time.uptime
        let isGone = rival.withLock { rival in
            guard rival.isTold, let seen = rival.lastSeen, uptime - seen >= Self.rivalAge else { return false }
            rival = Rival()
            return true
        }
        if isGone { core.logger.notice("no other program polls with this bot's token any more") }
        let moment = core.time.now
        completed.withLock { $0 = (moment, uptime) }
    }

    /// Polls until the task is cancelled, then confirms what is stored.
    ///
    /// - Throws: `TelegramError.unauthorized` where the token stays invalid.
    func run() async throws {
        var state = PollerState(offset: nil, rules: core.configuration.polling)
        while !Task.isCancelled {
            switch state.next() {
            case .poll(let offset, let timeout):
                await intake.room()
                await poll(offset, timeout, &state)
            case .wait(let duration):
                do { try await core.time.sleep(for: duration) } catch { break }
            case .deleteWebhook:
                core.logger.notice("a webhook is set; deleting it, since this bot polls")
                do {
                    try await core.sender.call(DeleteWebhook())
                } catch {
                    core.logger.warning("the webhook cannot be deleted", ["error": .string("\(error)")])
                }
            case .stop:
                throw BotError.unauthorized
            }
        }
        await confirm(state.offset)
    }

    private func poll(_ offset: Int64?, _ timeout: Duration, _ state: inout PollerState) async {
        let method = GetUpdates(
            offset: offset.map(Int.init), limit: Self.batch, timeout: Int(timeout.components.seconds),
            allowedUpdates: kinds)
        let updates: [RawUpdate]
        do {
            let limit = core.configuration.polling.grace.map { timeout + $0 }
            updates = try await withWatchdog(limit) { [client = core.sender.client] in try await client.poll(method) }
        } catch {
            guard !Task.isCancelled else { return }
            let failure = PollerState.Failure(error)
            if failure == .otherPoller, !state.mayMeetItself { noteRival() }
            core.logger.warning(
                "polling failed", ["error": .string("\(error)"), "failures": .integer(state.failures + 1)])
            return state.failed(failure, jitter: .random(in: 0..<1))
        }
        let answered = core.time.now
        do {
            // Storing goes on when the program ends meanwhile: the updates are here, they may as well be kept.
            try await intake.take(updates)
        } catch {
            core.logger.error("updates cannot be stored", ["error": .string("\(error)")])
            return state.failed(.storage, jitter: .random(in: 0..<1))
        }
        state.stored(last: updates.last.map { Int64($0.updateID) })
        noteCompletion()
        // More may wait behind a full batch.
        if updates.count < Self.batch { core.expiries.noteAllTaken(until: answered) }
    }

    /// Ends a poll that has no answer long after it should have one.
    ///
    /// The HTTP client has time limits of its own; this one also catches a wedged connection that they miss.
    private func withWatchdog(
        _ limit: Duration?, _ body: @escaping @Sendable () async throws -> [RawUpdate]
    ) async throws -> [RawUpdate] {
        guard let limit else { return try await body() }
        return try await withThrowingTaskGroup(of: [RawUpdate].self) { group in
            defer { group.cancelAll() }
            let time = core.time
            group.addTask { try await body() }
            group.addTask {
                try await time.sleep(for: limit)
                throw WedgedPoll()
            }
            return try await group.next() ?? []
        }
    }

    /// Tells Telegram which updates are stored, so that it need not deliver them again.
    private func confirm(_ offset: Int64?) async {
        guard let offset else { return }
        // A task of its own: this one is cancelled already.
        let core = core
        let confirmation = Task {
            do {
                _ = try await core.sender.client.poll(GetUpdates(offset: Int(offset), limit: 1, timeout: 0))
            } catch {
                core.logger.debug("the last updates are not confirmed", ["error": .string("\(error)")])
            }
        }
        await confirmation.value
    }
}

/// A poll without an answer.
struct WedgedPoll: Error, CustomStringConvertible {
    var description: String { "no answer to a poll long after its end" }
}

extension PollerState.Failure {
    init(_ error: any Error) {
        guard let error = error as? TelegramError else {
            self = error is WedgedPoll ? .wedged : .network
            return
        }
        switch error {
        case .conflict(.webhook, _): self = .webhookActive
        case .conflict: self = .otherPoller
        case .unauthorized: self = .unauthorized
        case .retryAfter(let duration, _): self = .flood(duration)
        case .network: self = .network
        default: self = .server
        }
    }
}
