import HTTPClient
import Markup
import Storage
import Support
import Synchronization
import TelegramAPI

/// Tells people by itself that the time to answer is up: a dialogue or a conversation of theirs has expired.
///
/// It ends an expired dialogue in the lane of its chat, behind whatever came before, and only when everything that was
/// said in time must have come in: a while after a poll has brought all there was, or after the webhook was opened.
final class ExpiryTeller: Sendable {
    /// What expired longer ago, since the bot was down, is not told any more: it would only disturb.
    static let bound = Duration.seconds(3600)
    /// How long what was said in time may be on its way.
    static let margin = Duration.seconds(10)
    /// How long after its start a bot with a webhook waits for what came meanwhile: nothing tells it that that is all.
    static let webhookPatience = Duration.seconds(60)

    /// The shortest time between two looks that nothing calls for.
    private static let shortestRest = Duration.seconds(1)
    /// A clock that jumps is looked at again after this.
    private static let longestRest = Duration.seconds(60)
    /// How long a notice waits that could not be sent.
    private static let retry = Duration.seconds(30)
    /// Dialogues that are ended, and people who are told, at once.
    private static let window = 32

    private struct State {
        /// The moment until which everything that people did has come in; nil where nobody knows.
        var horizon: Timestamp?
        /// When the webhook was opened, by the clock's uptime.
        var opened: Duration?
        /// Something has expired that waits for the horizon.
        var awaitsHorizon = false
        /// Dialogues that wait in their lanes to be ended.
        var handed: Set<DialogueKey> = []
        /// Notices that were sent and are still to be struck out.
        var told: Set<Int64> = []
    }

    private let dialogues: DialogueStore
    private let database: any Database
    private let sender: Sender
    private let texts: Localized<KitTexts>
    private let time: any TimeSource
    private let logger: Logger
    private let nudge = Nudge()
    private let state = Mutex(State())

    init(
        dialogues: DialogueStore, database: any Database, sender: Sender, texts: Localized<KitTexts>,
        time: any TimeSource, logger: Logger
    ) {
        self.dialogues = dialogues
        self.database = database
        self.sender = sender
        self.texts = texts
        self.time = time
        self.logger = logger
        let nudge = nudge
        dialogues.expiry.onEarlier { nudge.wake() }
    }

    // MARK: What has come in

    /// Notes that everything that people did before a moment has come in, and stands in the lanes.
    func noteAllTaken(until moment: Timestamp) {
        let isAwaited = state.withLock { state in
            state.horizon = moment
            defer { state.awaitsHorizon = false }
            return state.awaitsHorizon
        }
        if isAwaited { nudge.wake() }
    }

    /// Notes that Telegram can reach the webhook.
    func noteWebhook() {
        let now = time.uptime
        state.withLock { $0.opened = now }
        nudge.wake()
    }

    /// The moment until which everything has come in; nil where nobody knows.
    private var horizon: Timestamp? {
        let (now, uptime) = (time.now, time.uptime)
        return state.withLock { state in
            if let opened = state.opened, uptime - opened >= Self.webhookPatience { return now }
            return state.horizon.map { min($0, now) }
        }
    }

    // MARK: Ending

    /// Ends a dialogue that had expired at a moment, unless it has gone on; called in the lane of its chat.
    func expire(_ key: DialogueKey, at moment: Timestamp) async {
        do {
            let now = time.now
            let hasExpired = try await database.write { [dialogues] in
                try dialogues.expire(key, at: moment, now: now, in: $0)
            }
            state.withLock { _ = $0.handed.remove(key) }
            if hasExpired { logger.debug("a dialogue has expired", ["chat": .integer(key.chat)]) }
            nudge.wake()
        } catch {
            // Not woken for it: it is looked at again in its time.
            state.withLock { _ = $0.handed.remove(key) }
            logger.warning("an expired dialogue cannot be ended", ["error": .string("\(error)")])
        }
    }

    // MARK: Telling

    /// Looks for what has expired and tells people, until asked to end; what is on its way then arrives.
    ///
    /// - Parameter hand: Puts a dialogue that had expired at a moment into its lane, which calls `expire`.
    func run(
        until ending: Shutdown, hand: @escaping @Sendable (_ key: DialogueKey, _ moment: Timestamp) -> Void
    ) async {
        state.withLock { $0.handed = [] }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ending.wait()
                self.nudge.wake()
            }
            while !ending.isTriggered, !Task.isCancelled {
                do {
                    if let moment = try await work(until: ending, hand) {
                        await nudge.wait(until: moment, time: time)
                    } else {
                        await nudge.wait()
                    }
                } catch {
                    logger.warning("what has expired cannot be looked for", ["error": .string("\(error)")])
                    await nudge.wait(until: time.uptime + Self.retry, time: time)
                }
            }
            group.cancelAll()
        }
    }

    /// Does what there is to do; gives when to look again, by the clock's uptime, and nil where nothing is waited for.
    private func work(
        until ending: Shutdown, _ hand: (_ key: DialogueKey, _ moment: Timestamp) -> Void
    ) async throws -> Duration? {
        dialogues.expiry.beginLook()
        let (now, uptime) = (time.now, time.uptime)
        let oldest = now - Self.bound
        let end = horizon.map { $0 - Self.margin } ?? oldest
        // Those that stand in their lanes already are not in the way of others.
        let limit = Self.window + state.withLock(\.handed.count)
        let agenda = try await database.read { [dialogues] in
            try dialogues.agenda(from: oldest, to: end, now: now, limit: limit, in: $0)
        }
        dialogues.expiry.endLook(agenda.next)
        let new = state.withLock { state in agenda.expired.filter { state.handed.insert($0).inserted } }
        for key in new { hand(key, end) }
        let isNoted = await tell(agenda.notices, oldest: oldest, until: ending)
        guard agenda.notices.isEmpty else { return isNoted ? uptime : uptime + Self.retry }

        var rests: [Duration] = []
        if !agenda.expired.isEmpty { rests.append(Self.longestRest) }
        if let notice = agenda.nextNotice { rests.append(notice.since(now)) }
        if let next = agenda.next {
            let rest = (next + Self.margin).since(now)
            if rest <= .zero, !awaitHorizon(of: next + Self.margin) { return uptime }
            rests.append(rest > .zero ? rest : Self.longestRest)
        }
        return rests.min().map { uptime + min(max($0, Self.shortestRest), Self.longestRest) }
    }

    /// Has the teller woken when more has come in; false where it has come in until a moment already.
    private func awaitHorizon(of moment: Timestamp) -> Bool {
        guard horizon.map({ $0 < moment }) ?? true else { return false }
        return state.withLock { state in
            if let horizon = state.horizon, horizon >= moment { return false }
            state.awaitsHorizon = true
            return true
        }
    }

    /// Tells some people at once, at the end of the program only those whose message has left; false where it cannot be
    /// noted of all what came of it.
    private func tell(_ notices: [PendingNotice], oldest: Timestamp, until ending: Shutdown) async -> Bool {
        guard !notices.isEmpty else { return true }
        let flights = notices.map { notice in
            let departure = SendScope.Departure()
            return (departure: departure, task: Task { await self.tell(notice, oldest: oldest, departure) })
        }
        return await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await ending.wait()
                    for flight in flights where flight.departure.recall() { flight.task.cancel() }
                }
                defer { group.cancelAll() }
                var isNoted = true
                for flight in flights where await !flight.task.value { isNoted = false }
                return isNoted
            }
        } onCancel: {
            for flight in flights { flight.task.cancel() }
        }
    }

    /// Tells somebody; false where it cannot be noted what came of it.
    private func tell(_ pending: PendingNotice, oldest: Timestamp, _ departure: SendScope.Departure) async -> Bool {
        do {
            let isSettled = state.withLock { $0.told.contains(pending.id) } || pending.expired <= oldest
            if !isSettled, let pause = await send(pending, departure) {
                try await dialogues.postpone(pending.id, to: time.now + pause, in: database)
                return true
            }
            // Where it cannot be struck out, at least this run does not say it again.
            state.withLock { _ = $0.told.insert(pending.id) }
            try await dialogues.strike(pending.id, in: database)
            state.withLock { _ = $0.told.remove(pending.id) }
            return true
        } catch {
            logger.warning("that somebody was told cannot be noted", ["error": .string("\(error)")])
            return false
        }
    }

    /// Sends a notice; gives how long to wait where it is to be tried again.
    private func send(_ pending: PendingNotice, _ departure: SendScope.Departure) async -> Duration? {
        let (chat, notice) = (ChatID(pending.chat), pending.notice)
        var options = SendOptions.standard
        options.topic = notice.topic
        options.replyTo = notice.message.map { MessageReference(chat: chat, message: $0) }
        // A chat that is banned gives its place to others.
        let scope = SendScope(priority: .push, patience: .zero, departure: departure)
        do {
            let text = FormattedText(texts[notice.language].conversation.expired)
            _ = try await SendScope.$given.withValue(scope) {
                try await sender.send(text, to: chat, options: options)
            }
            return nil
        } catch {
            let verdict = BroadcastVerdict(
                error as? TelegramError ?? .network(.cancelled), to: pending.chat, hasLeft: departure.hasLeft,
                attempts: 0)
            logger.info(
                "somebody could not be told that the time is up",
                ["chat": .integer(pending.chat), "error": .string("\(error)")])
            switch verdict {
            case .sent, .unreachable, .failed: return nil
            case .later(let pause, _, _): return max(pause, Self.retry)
            case .halted: return Self.retry
            }
        }
    }
}
