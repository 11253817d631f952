internal import BotKit
internal import Jobs
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// Brings a chat what is due by schedule: once, not in quiet hours, and not lost while something does not answer.
struct ScheduleDelivery: Sendable {
    /// What is due.
    struct Order: Sendable {
        var chat: ChatID
        var user: UserID?
        var language: Language
        /// The schedule's name in the log.
        var name: String
        var filter = PhotoFilter.none
        var count = 1
        var isSilent = false
        /// Somebody wants it now: pauses and quiet hours do not count.
        var isAskedFor: Bool
        /// Whether this schedule is paused, apart from the chat.
        var isPaused: @Sendable (ChatSettings) -> Bool
        /// Notes that something comes now; false where a later photo has come in its place.
        var claim: @Sendable (_ due: Timestamp, any SQLConnection) throws -> Bool
    }

    static let policy = JobPolicy(concurrency: 4, deadline: .seconds(180))
    /// Photos that are tried in place of others that are gone or unsendable.
    private static let spares = 5

    let show: PhotoShow
    let access: GalleryAccess
    let scheduler: ChatScheduler
    let sender: Sender
    let logger: Logger
    private let sent = SentPhotos()

    init(show: PhotoShow, access: GalleryAccess, scheduler: ChatScheduler, sender: Sender, logger: Logger) {
        self.show = show
        self.access = access
        self.scheduler = scheduler
        self.sender = sender
        self.logger = logger
    }

    /// Does what is due, or says why not, or when again.
    func run(_ order: Order, context: JobContext) async throws -> JobOutcome {
        var state = (try context.savedState(as: DeliveryState?.self) ?? nil) ?? DeliveryState()
        if state.sent == 0, let outcome = try await obstacle(to: order, context) {
            if case .cancel = outcome { release(state, order) }
            return outcome
        }
        defer { release(state, order) }
        do {
            return try await deliver(order, &state, context)
        } catch PhotoFailure.emptyLibrary {
            return .cancel(reason: "the library is empty")
        } catch PhotoFailure.nothingMatches {
            logger.notice("no photo fits a schedule", fields(order))
            return .cancel(reason: "no photo fits")
        } catch PhotoFailure.library(let error) {
            return try await trouble("\(error)", order, &state, context)
        } catch let error as PhotoLibraryError {
            return try await trouble("\(error)", order, &state, context)
        } catch let error as TelegramError {
            return try await refused(error, order, &state, context)
        }
    }

    // MARK: Before

    /// What keeps an order from being done now: a pause, quiet hours, nobody there.
    private func obstacle(to order: Order, _ context: JobContext) async throws -> JobOutcome? {
        guard access.isOpen(order.chat) else { return .cancel(reason: "photos may not be shown there any more") }
        let settings = try await scheduler.database.read { [scheduler] connection in
            try scheduler.chats.settings(of: order.chat, in: connection)
        }
        guard !order.isAskedFor else { return nil }
        if let reason = settings.unreachable { return .cancel(reason: "the chat cannot be reached: \(reason)") }
        // What was due before the end of a pause does not come after it.
        let due = context.scheduledFor ?? context.created
        if let end = settings.pausedUntil, due < end { return .cancel(reason: "paused") }
        if order.isPaused(settings) { return .cancel(reason: "the schedule is paused") }
        let now = scheduler.time.now
        if let end = settings.quietHours?.end(at: now, in: scheduler.rules(of: settings)) {
            return .snooze(end.since(now))
        }
        return nil
    }

    // MARK: Sending

    private func deliver(
        _ order: Order, _ state: inout DeliveryState, _ context: JobContext
    ) async throws -> JobOutcome {
        if state.choices.isEmpty {
            state.choices = try await show.choose(for: order.chat, filter: order.filter, count: order.count)
            let due = context.scheduledFor ?? context.created
            let isNew = try await context.save(state) { connection in
                try order.isAskedFor || order.claim(due, connection)
            }
            guard isNew else { return .cancel(reason: "another photo of this schedule has come meanwhile") }
        }
        let recipient = Recipient(
            chat: order.chat, user: order.user, language: order.language, source: .schedule, isSilent: order.isSilent)
        if state.sent == 0, state.choices.count > 1, let outcome = try await album(order, state, recipient, context) {
            return outcome
        }
        while state.sent < state.choices.count {
            let choice = state.choices[state.sent]
            guard let entry = try await send(choice, to: recipient) else {
                guard try await replace(choice, order, &state, context) else { break }
                continue
            }
            state.sent += 1
            try await note(entry, order, state, context)
        }
        // One photo fewer than wanted is no failure; none at all is.
        return state.sent > 0 ? .done : .cancel(reason: "no photo could be sent")
    }

    /// Sends several photos together; nil where nothing of it went, and each is to be tried by itself.
    private func album(
        _ order: Order, _ state: DeliveryState, _ recipient: Recipient, _ context: JobContext
    ) async throws -> JobOutcome? {
        let delivery = await show.sendAlbum(state.choices, to: recipient, sender: sender)
        var entries = delivery.entries
        if entries.isEmpty {
            if case TelegramError.undecodable? = delivery.failure as? TelegramError {
                entries = state.choices.map { unread($0, recipient) }
            } else if let failure = delivery.failure {
                throw failure
            } else {
                return nil
            }
        }
        let now = scheduler.time.now
        try await context.complete { [sent, scheduler, entries] connection in
            for entry in entries { try sent.add(entry, in: connection) }
            guard let chat = entries.first?.chatID else { return }
            try scheduler.chats.markReachable(ChatID(chat), now: now, in: connection)
        }
        do {
            let text = SendingTexts.all[order.language].albumVotes(entries.count)
            try await show.sendVotes(for: delivery, text: text, to: recipient, sender: sender)
        } catch {
            // The photos are there; without the row they can be voted on one by one.
            logger.notice("no votes below an album", fields(order).merging(["error": "\(error)"]) { $1 })
        }
        return .done
    }

    /// Telegram has sent it and said so in words that cannot be read: a second one would be one too many.
    private func unread(_ choice: PhotoChooser.Choice, _ recipient: Recipient) -> SentPhotos.Entry {
        SentPhotos.Entry(
            imageID: choice.photoID, chatID: recipient.chat.rawValue, userID: recipient.user?.rawValue, title: nil,
            round: choice.round, sentAt: scheduler.time.now, source: .schedule)
    }

    /// Sends a photo; nil where it is gone or taken in no form.
    private func send(_ choice: PhotoChooser.Choice, to recipient: Recipient) async throws -> SentPhotos.Entry? {
        do {
            return try await show.send(choice, to: recipient, sender: sender)
        } catch PhotoFailure.unsendable {
            return nil
        } catch TelegramError.undecodable {
            return unread(choice, recipient)
        }
    }

    /// Puts another photo in the place of one that cannot be sent; false where there is none.
    private func replace(
        _ choice: PhotoChooser.Choice, _ order: Order, _ state: inout DeliveryState, _ context: JobContext
    ) async throws -> Bool {
        state.misses += 1
        state.choices.remove(at: state.sent)
        if state.misses <= Self.spares {
            let spare = try await show.choose(for: order.chat, filter: order.filter, count: 1)
            state.choices.insert(contentsOf: spare, at: state.sent)
        }
        show.chooser.finish(choice, for: order.chat)
        try await context.save(state)
        return state.sent < state.choices.count
    }

    /// Writes a photo into the history, the last one together with the end of the job.
    private func note(
        _ entry: SentPhotos.Entry, _ order: Order, _ state: DeliveryState, _ context: JobContext
    ) async throws {
        let body = { @Sendable [sent, scheduler] (connection: any SQLConnection) throws in
            try sent.add(entry, in: connection)
            try scheduler.chats.markReachable(ChatID(entry.chatID), now: entry.sentAt, in: connection)
        }
        if state.sent == state.choices.count {
            try await context.complete { try body($0) }
        } else {
            try await context.save(state) { try body($0) }
        }
    }

    private func release(_ state: DeliveryState, _ order: Order) {
        for choice in state.choices { show.chooser.finish(choice, for: order.chat) }
    }

    // MARK: Troubles

    private func refused(
        _ error: TelegramError, _ order: Order, _ state: inout DeliveryState, _ context: JobContext
    ) async throws -> JobOutcome {
        switch error {
        case .forbidden(let refusal, _):
            if refusal.isAboutTheChat { try await markUnreachable(refusal.rawValue, order, context) }
            return .cancel(reason: "the chat cannot be reached: \(refusal)")
        case .notFound(.chat, _):
            // A person whom the configuration names and who has not started the bot yet.
            return .cancel(reason: "the person has not started the bot")
        default:
            guard error.isTransient else { throw error }
            return try await trouble("\(error)", order, &state, context)
        }
    }

    private func markUnreachable(_ reason: String, _ order: Order, _ context: JobContext) async throws {
        let now = scheduler.time.now
        try await context.write { [scheduler] connection in
            try scheduler.chats.markUnreachable(order.chat, reason: reason, now: now, in: connection)
        }
        logger.notice(
            "a chat cannot be reached, its schedules rest", fields(order).merging(["reason": "\(reason)"]) { $1 })
    }

    /// Something does not answer: again later, until the grace is over.
    private func trouble(
        _ reason: String, _ order: Order, _ state: inout DeliveryState, _ context: JobContext
    ) async throws -> JobOutcome {
        try Task.checkCancellation()
        let now = scheduler.time.now
        let since = state.troubleSince.map(Timestamp.init(microseconds:)) ?? now
        let rest = scheduler.grace - now.since(since)
        guard rest > .zero else {
            logger.warning(
                "a scheduled photo is given up", fields(order).merging(["reason": "\(reason)"]) { $1 })
            return .cancel(reason: "given up: \(reason)")
        }
        state.troubleSince = since.microseconds
        state.failures += 1
        try await context.save(state)
        return .snooze(min(state.backoff, rest))
    }

    private func fields(_ order: Order) -> [String: LogValue] {
        ["chat": .integer(order.chat.rawValue), "schedule": .string(order.name)]
    }
}

extension TelegramError.Refusal {
    /// Nothing can be sent to the chat until somebody there changes it.
    fileprivate var isAboutTheChat: Bool {
        switch self {
        case .blocked, .deactivated, .kicked, .notMember, .notStarted, .toBot, .chatDeleted: true
        case .missingRights, .other: false
        }
    }
}
