import BotKit
import HTTPClient
import SQLiteStorage
import Storage
import Support
import Synchronization
import TelegramAPI

/// Broadcasts to chats on a virtual clock; prints its seconds, refused calls, pruned chats and processor seconds.
struct BroadcastRole {
    let chats: Int
    let folder: String

    func play() async throws {
        let time = ManualTime()
        let telegram = StrictTelegram(time: time)
        var configuration = BotConfiguration()
        configuration.transports = [telegram]
        let database = try await SQLiteDatabase.open(path: folder + "/bot.sqlite")
        let http = HTTPClient()
        let bot = try Bot(
            token: Secret(SimulatorRole.token(0)), database: database, configuration: configuration, http: http,
            time: time
        ) { _ in }
        try await bot.prepare()
        let id = try await bot.broadcasts.start(
            BroadcastMessage("News"), to: .chats((1...chats).map { ChatID(Int64($0)) }))
        let start = ProcessFigures.ownProcessorSeconds
        let ending = Shutdown()
        async let sending: Void = bot.broadcast(until: ending)
        async let moving: Void = move(time, bot, telegram, until: ending)
        while telegram.answered < chats { await Task.yield() }
        var progress = try await bot.broadcasts.progress(of: id)
        while progress?.state != .finished {
            await Task.yield()
            progress = try await bot.broadcasts.progress(of: id)
        }
        let seconds = time.uptime / .seconds(1)
        ending.trigger()
        await sending
        await moving
        let used = ProcessFigures.ownProcessorSeconds - start
        await http.stop()
        await database.close()
        Role.report("\(seconds) \(telegram.refused) \(progress?.unreachable ?? 0) \(used)")
    }

    /// Moves the clock on whenever everybody waits for it: each call, the gate and the next flush.
    private func move(_ time: ManualTime, _ bot: Bot, _ telegram: StrictTelegram, until ending: Shutdown) async {
        var last = (begun: -1, waiting: 0, calls: 0, underWay: 0)
        while !ending.isTriggered {
            let load = bot.broadcastLoad
            let now = (begun: load.begun, waiting: load.waiting, calls: telegram.calls, underWay: telegram.underWay)
            let alarms = now.underWay + (now.waiting > 0 ? 1 : 0) + (now.begun > 0 ? 1 : 0)
            if now == last, !load.mustStore, now.begun <= now.waiting + now.underWay, time.sleeperCount >= alarms {
                time.advanceToNextWakeUp()
            }
            last = now
            await Task.yield()
        }
    }
}

/// Answers after 80 ms, refuses what exceeds 30 messages in any second, and one chat in a hundred.
private final class StrictTelegram: TelegramInterceptor {
    private struct State {
        var calls = 0
        var answered = 0
        var refused = 0
        var underWay = 0
        var lastSecond: [Duration] = []
    }

    private let state = Mutex(State())
    private let time: ManualTime

    init(time: ManualTime) { self.time = time }

    var calls: Int { state.withLock(\.calls) }
    /// Chats that are done with.
    var answered: Int { state.withLock(\.answered) }
    var refused: Int { state.withLock(\.refused) }
    var underWay: Int { state.withLock(\.underWay) }

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        let now = time.uptime
        let isRefused = state.withLock { state in
            state.calls += 1
            state.underWay += 1
            state.lastSecond.removeAll { $0 <= now - .seconds(1) }
            if state.lastSecond.count >= 30 {
                state.refused += 1
                return true
            }
            state.lastSecond.append(now)
            return false
        }
        do {
            try await time.sleep(for: .milliseconds(80))
        } catch {
            throw .network(.cancelled)
        }
        state.withLock { state in
            state.underWay -= 1
            if !isRefused { state.answered += 1 }
        }
        if isRefused { throw .retryAfter(.seconds(5), description: "Too Many Requests: retry after 5") }
        if case .id(let chat)? = request.chat, chat.rawValue.isMultiple(of: 100) {
            throw .forbidden(.blocked, description: "Forbidden: bot was blocked by the user")
        }
        return TelegramReply(result: Array("true".utf8))
    }
}
