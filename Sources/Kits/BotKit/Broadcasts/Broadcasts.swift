public import Storage
import Support
public import TelegramAPI

/// Messages to many chats: stored, sent as fast as Telegram allows, and behind every answer.
///
/// ```swift
/// bot.command("news", "Tell everybody", scope: .owners) { (ctx, text: String) in
///     guard ctx.user?.id == owner else { return }
///     let news = try BroadcastMessage(FormattedText(text))
///     try await ctx.broadcasts.start(news, to: .query("SELECT chat FROM subscribers"))
/// }
/// ```
///
/// A broadcast goes on where it was when the program ends or is killed. Each chat gets it at least once; at most what
/// was under way when the process was killed is sent again, and `BroadcastProgress.repeated` tells how many.
public struct Broadcasts: Sendable {
    private let broadcaster: Broadcaster
    private let database: any Database
    private let store: BroadcastStore
    private let time: any TimeSource

    init(core: BotCore) {
        broadcaster = core.broadcaster
        database = core.database
        store = core.broadcaster.store
        time = core.time
    }

    /// Stores a broadcast inside the caller's transaction; it is sent once that is committed.
    @discardableResult
    public func start(
        _ message: BroadcastMessage, to audience: BroadcastAudience, in connection: any SQLConnection
    ) throws -> BroadcastID {
        let id = try store.insert(message.request, audience, now: time.now, in: connection)
        connection.afterCommit { [broadcaster] in broadcaster.nudge.wake() }
        return id
    }

    /// Stores a broadcast in a transaction of its own; it is sent from now on, whenever the bot runs.
    @discardableResult
    public func start(_ message: BroadcastMessage, to audience: BroadcastAudience) async throws -> BroadcastID {
        try await database.write { try start(message, to: audience, in: $0) }
    }

    /// Stops a broadcast until `resume`; false where it does not run.
    ///
    /// What is on its way arrives.
    @discardableResult
    public func pause(_ id: BroadcastID) async throws -> Bool {
        try await change { try $0.set(.paused, of: id, from: [.running], now: $1, in: $2) }
    }

    /// Goes on with a broadcast that was paused; false where it is not.
    ///
    /// - Parameter retryingFailures: has those tried again who could not be sent to, also of a finished broadcast.
    @discardableResult
    public func resume(_ id: BroadcastID, retryingFailures: Bool = false) async throws -> Bool {
        try await change { store, now, connection in
            let isRetried = retryingFailures ? try store.retryFailures(of: id, in: connection) : false
            let states: [BroadcastState] = isRetried ? [.paused, .finished] : [.paused]
            return try store.set(.running, of: id, from: states, now: now, in: connection)
        }
    }

    /// Calls a broadcast off; false where it is over already.
    @discardableResult
    public func cancel(_ id: BroadcastID) async throws -> Bool {
        try await change { try $0.set(.cancelled, of: id, from: [.running, .paused], now: $1, in: $2) }
    }

    /// How far a broadcast has come; nil where there is none.
    public func progress(of id: BroadcastID) async throws -> BroadcastProgress? {
        try await progresses("id = \(id)").first
    }

    /// All broadcasts that are remembered (30 days after their end), the latest first.
    public func all() async throws -> [BroadcastProgress] { try await progresses("1 = 1") }

    /// The chats that a broadcast could not be sent to although they can be reached, each with Telegram's reason.
    public func failures(of id: BroadcastID, limit: Int = 100) async throws -> [(chat: ChatID, reason: String)] {
        try await database.read { [store] in try store.failures(of: id, limit: limit, in: $0) }
    }

    private func change(
        _ body: @escaping @Sendable (BroadcastStore, Timestamp, any SQLConnection) throws -> Bool
    ) async throws -> Bool {
        let (store, now, broadcaster) = (store, time.now, broadcaster)
        return try await database.write { connection in
            let isChanged = try body(store, now, connection)
            if isChanged { connection.afterCommit { broadcaster.nudge.wake() } }
            return isChanged
        }
    }

    private func progresses(_ condition: SQL) async throws -> [BroadcastProgress] {
        let rates = (ordinary: broadcaster.rate(isPaid: false), paid: broadcaster.rate(isPaid: true))
        let ban = broadcaster.ban
        return try await database.read { [store] connection in
            try store.progresses(condition, in: connection).map { progress, load in
                var progress = progress
                let rate = load.isPaid ? rates.paid : rates.ordinary
                if progress.state == .running, let rate {
                    progress.timeLeft = ban + .seconds(load.messagesAhead / rate)
                }
                return progress
            }
        }
    }
}
