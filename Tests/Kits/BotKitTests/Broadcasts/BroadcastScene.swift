import FoundationEssentials
import HTTPClient
import SQLiteStorage
import Storage
import Support
import Synchronization
import Testing

@testable import BotKit

/// A bot that does nothing but broadcast, on a virtual clock, with a Telegram of the test's own.
final class BroadcastScene: Sendable {
    let time: ManualTime
    let telegram: FakeTelegram
    let database: WatchedDatabase
    let log = LogRecorder()
    private let http = HTTPClient()
    /// Answers that are being made.
    private let answers = Mutex(0)
    /// How many writes have been looked at by whoever waits for one.
    private let seenWrites = Mutex<Int?>(nil)
    private let budgets: FloodBudgets
    private let prune: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)?

    private init(
        _ telegram: FakeTelegram, _ time: ManualTime, _ database: any Database, _ budgets: FloodBudgets,
        _ prune: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)?
    ) {
        self.telegram = telegram
        self.time = time
        self.database = WatchedDatabase(base: database)
        self.budgets = budgets
        self.prune = prune
    }

    static func play(
        budgets: FloodBudgets = .telegram, perSecond: Int = 30, latency: Duration = .milliseconds(80),
        prune: (@Sendable (ChatID, TelegramError.Refusal, any SQLConnection) throws -> Void)? = nil,
        fate: @escaping @Sendable (_ chat: Int64, _ number: Int, _ now: Duration) -> FakeTelegram.Fate = { _, _, _ in
            .arrives
        }, _ body: (BroadcastScene) async throws -> Void
    ) async throws {
        let folder = TemporaryFolder.make()
        let time = ManualTime()
        let telegram = FakeTelegram(time: time, perSecond: perSecond, latency: latency, fate: fate)
        let database = try await SQLiteDatabase.open(path: folder + "/bot.sqlite")
        let scene = BroadcastScene(telegram, time, database, budgets, prune)
        let result: (any Error)?
        do {
            try await scene.bot().prepare()
            try await body(scene)
            result = nil
        } catch {
            result = error
        }
        await scene.http.stop()
        await database.close()
        try FileManager.default.removeItem(atPath: folder)
        if let result { throw result }
    }

    /// A bot as a new process has it.
    func bot(_ database: (any Database)? = nil) throws -> Bot {
        var configuration = BotConfiguration()
        configuration.sending.budgets = budgets
        configuration.transports = [telegram]
        configuration.chatPruned = prune
        return try Bot(
            token: Stage.token, database: database ?? self.database, configuration: configuration, http: http,
            logger: log.logger(), time: time
        ) { _ in }
    }

    /// Lets a bot broadcast while something is played, and moves the clock on whenever everybody waits for it.
    @discardableResult
    func run<Value: Sendable>(_ bot: Bot, _ body: @Sendable () async throws -> Value) async throws -> Value {
        let (ending, isOver) = (Shutdown(), Shutdown())
        async let sending: Void = bot.core.broadcaster.run(until: ending)
        async let moving: Void = moveClock(for: bot, ending, until: isOver)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        ending.trigger()
        await sending
        isOver.trigger()
        await moving
        return try result.get()
    }

    /// Lets a bot broadcast until a broadcast ends; tells how long that took.
    @discardableResult
    func finish(_ id: BroadcastID, with bot: Bot? = nil) async throws -> Duration {
        let bot = try bot ?? self.bot()
        let start = time.uptime
        try await run(bot) { try await self.wait(for: id, of: bot) { $0.state != .running } }
        // The last result is stored when all is quiet, or a second later.
        return time.uptime - start
    }

    /// Returns when something holds for a broadcast; looks whenever something was stored.
    ///
    /// The clock stands still until it has looked, and while it acts on what it saw: how far the broadcast has come
    /// does not depend on which of them the machine lets run.
    @discardableResult
    func wait(
        for id: BroadcastID, of bot: Bot, _ holds: @Sendable (BroadcastProgress) -> Bool,
        then act: @Sendable () async throws -> Void = {}
    ) async throws -> BroadcastProgress {
        defer { seenWrites.withLock { $0 = nil } }
        while true {
            let seen = database.writes
            seenWrites.withLock { $0 = .min }
            if let progress = try await bot.broadcasts.progress(of: id), holds(progress) {
                try await act()
                return progress
            }
            seenWrites.withLock { $0 = seen }
            while database.writes == seen {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    /// Makes an answer; the clock stands still while it is neither held back nor on its way.
    func answering<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
        answers.withLock { $0 += 1 }
        defer { answers.withLock { $0 -= 1 } }
        return try await body()
    }

    /// How often each chat got something.
    var copies: [Int64: Int] { telegram.arrived.reduce(into: [:]) { $0[$1.chat, default: 0] += 1 } }

    private func moveClock(for bot: Bot, _ ending: Shutdown, until isOver: Shutdown) async {
        var last = Stillness()
        while !isOver.isTriggered, !Task.isCancelled {
            let load = bot.core.broadcaster.load
            let now = Stillness(
                begun: load.begun + answers.withLock(\.self), waiting: load.waiting, calls: telegram.calls,
                underWay: telegram.underWay, writes: database.writes)
            let isWorking = !ending.isTriggered && (bot.database as? WatchedDatabase)?.isLost != true
            let isStoring = database.isBusy || load.mustStore && isWorking
            // Whoever waits for time has set an alarm: each call, the gate, and the broadcaster for its next flush.
            let alarms = now.underWay + (now.waiting > 0 ? 1 : 0) + (now.begun > 0 && isWorking ? 1 : 0)
            // Figures that are read one after the other belong together if they are the same when read again.
            let isSeen = seenWrites.withLock(\.self).map { $0 == now.writes } ?? true
            if isSeen, !isStoring, now == last, now.begun <= now.waiting + now.underWay, time.sleeperCount >= alarms {
                time.advanceToNextWakeUp()
            }
            last = now
            await Task.yield()
        }
    }

    private struct Stillness: Equatable {
        var begun = 0
        var waiting = 0
        var calls = 0
        var underWay = 0
        var writes = 0
    }
}

/// Knows when something is being read or written, and can be lost in the middle as with a killed process.
final class WatchedDatabase: Database {
    private let base: any Database
    private let state = Mutex((busy: 0, writes: 0, isLost: false))

    init(base: any Database) { self.base = base }

    var isBusy: Bool { state.withLock { $0.busy > 0 } }
    var writes: Int { state.withLock(\.writes) }
    var isLost: Bool { state.withLock(\.isLost) }
    /// From now on nothing is stored any more.
    func lose() { state.withLock { $0.isLost = true } }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await base.read(body)
    }

    func write<Value: Sendable>(
        surviving loss: Durability, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        state.withLock { $0.busy += 1 }
        defer {
            state.withLock {
                $0.busy -= 1
                $0.writes += 1
            }
        }
        if state.withLock(\.isLost) { throw StorageError(.closed, "the process was killed") }
        return try await base.write(surviving: loss, body)
    }

    func migrate(_ list: [Migration], component: String) async throws {
        try await base.migrate(list, component: component)
    }
    func backup(to path: String) async throws { try await base.backup(to: path) }
    func checkIntegrity() async throws { try await base.checkIntegrity() }
    func claim() async throws { try await base.claim() }
    func close() async { await base.close() }
}
