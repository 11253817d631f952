import HTTPClient
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// What becomes of broadcasts when something goes wrong.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct BroadcastSurvivalTests {
    static let everybody = BroadcastAudience.chats((1...600).map { ChatID($0) })

    @Test(arguments: UInt64(1)...12)
    func `killed at any point, it goes on, and only what was under way comes twice`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let deaths = (0..<3).map { _ in Int.random(in: 1...200, using: &random) }
        try await BroadcastScene.play { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            for death in deaths {
                let doomed = WatchedDatabase(base: scene.database)
                let bot = try scene.bot(doomed)
                // More than everybody need not come: the broadcast may have got further before it was killed.
                let goal = min(scene.telegram.arrived.count + death, 600)
                try await scene.run(bot) {
                    try await until { scene.telegram.arrived.count >= goal }
                    doomed.lose()
                }
            }
            try await scene.finish(id)
            let progress = try #require(try await scene.bot().broadcasts.progress(of: id))
            let twice = scene.copies.values.reduce(0) { $0 + $1 - 1 }
            #expect(scene.copies.count == 600, "nobody is lost")
            #expect(progress.sent == 600)
            #expect(twice <= progress.repeated, "each repetition is counted")
            #expect(progress.repeated <= deaths.count * 32)
            #expect(scene.copies.values.allSatisfy { $0 <= 1 + deaths.count })
        }
    }

    @Test func `asked to end in the middle, it repeats nothing`() async throws {
        try await BroadcastScene.play { scene in
            let bot = try scene.bot()
            let id = try await bot.broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            for goal in [100, 200, 300] {
                let bot = try scene.bot()
                try await scene.run(bot) { try await scene.wait(for: id, of: bot) { $0.sent >= goal } }
            }
            try await scene.finish(id)
            #expect(scene.telegram.arrived.count == 600 && scene.copies.count == 600)
            #expect(try await bot.broadcasts.progress(of: id)?.repeated == 0)
        }
    }

    @Test func `of two processes the later one goes on`() async throws {
        try await BroadcastScene.play { scene in
            let (first, second) = (try scene.bot(), try scene.bot())
            let id = try await first.broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.run(first) {
                try await scene.wait(for: id, of: first) { $0.sent >= 100 }
                try await scene.run(second) { try await scene.wait(for: id, of: second) { $0.state == .finished } }
            }
            let progress = try #require(try await first.broadcasts.progress(of: id))
            #expect(scene.copies.count == 600)
            #expect(scene.copies.values.reduce(0) { $0 + $1 - 1 } <= 32)
            #expect(progress.sent == 600)
            #expect(scene.log.records.contains { $0.message == "another process has taken over the broadcasts" })
        }
    }

    @Test func `an outage loses nobody`() async throws {
        try await BroadcastScene.play(fate: { _, _, now in
            guard now > .seconds(5), now < .seconds(1200) else { return .arrives }
            return .fails(.server(status: 502, description: "Bad Gateway"))
        }) { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(scene.copies.count == 600)
            #expect(took < .seconds(3 * 3600))
            #expect(try await scene.bot().broadcasts.progress(of: id)?.failed == 0)
        }
    }

    @Test func `an answer that is lost is asked for again, and counted`() async throws {
        let lost = Mutex<Set<Int64>>([7, 77, 500])
        try await BroadcastScene.play(fate: { chat, _, _ in
            lost.withLock { $0.remove(chat) } == nil
                ? .arrives : .arrivesUnheard(.server(status: 504, description: "Gateway Timeout"))
        }) { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.finish(id)
            #expect(scene.copies.filter { $0.value > 1 } == [7: 2, 77: 2, 500: 2])
            #expect(try await scene.bot().broadcasts.progress(of: id)?.repeated == 3)
        }
    }

    // MARK: Chats

    @Test func `who cannot be reached is taken off the bot's own list in the same transaction`() async throws {
        let errors: [Int64: TelegramError] = [
            3: .forbidden(.blocked, description: "Forbidden: bot was blocked by the user"),
            4: .forbidden(.deactivated, description: "Forbidden: user is deactivated"),
            -5: .forbidden(.kicked, description: "Forbidden: bot was kicked from the group chat"),
            6: .notFound(.chat, description: "Bad Request: chat not found"),
            7: .forbidden(.missingRights, description: "Bad Request: not enough rights to send text messages"),
        ]
        let reported = Mutex<[Int64: TelegramError.Refusal]>([:])
        try await BroadcastScene.play(
            prune: { chat, refusal, connection in
                reported.withLock { $0[chat.rawValue] = refusal }
                try connection.execute("DELETE FROM subscribers WHERE chat = \(chat.rawValue)")
                // A fault of the bot's own is no reason to stop.
                if chat.rawValue == 4 { throw StorageError(.misuse, "the bot's fault") }
            },
            fate: { chat, _, _ in errors[chat].map { .fails($0) } ?? .arrives }
        ) { scene in
            try await scene.database.write { connection in
                try connection.execute("CREATE TABLE subscribers (chat BIGINT)")
                for chat in [1, 2, 3, 4, -5, 6, 7, 1] {
                    try connection.execute("INSERT INTO subscribers VALUES (\(Int64(chat)))")
                }
            }
            let bot = try scene.bot()
            let id = try await scene.database.write {
                try bot.broadcasts.start(BroadcastMessage("News"), to: .query("SELECT chat FROM subscribers"), in: $0)
            }
            try await scene.finish(id)
            let progress = try #require(try await bot.broadcasts.progress(of: id))
            #expect(progress.total == 7, "who is named twice gets it once")
            #expect(progress.sent == 2 && progress.unreachable == 4 && progress.failed == 1)
            #expect(scene.telegram.arrived.map(\.chat).sorted() == [1, 2])
            #expect(reported.withLock(\.self) == [3: .blocked, 4: .deactivated, -5: .kicked, 6: .notStarted])
            let left = try await scene.database.read { connection in
                try connection.values("SELECT chat FROM subscribers ORDER BY chat", as: Int64.self)
            }
            #expect(left == [1, 1, 2, 4, 7], "what the hook wrote for 4 is undone")
            let failures = try await bot.broadcasts.failures(of: id)
            #expect(failures.map(\.chat) == [7])
            #expect(failures.first?.reason.contains("not enough rights") == true)
        }
    }

    @Test func `a group that has moved gets it at its new place`() async throws {
        try await BroadcastScene.play(fate: { chat, _, _ in
            chat == -5 ? .fails(.migrated(to: -1_000_005)) : .arrives
        }) { scene in
            let bot = try scene.bot()
            let id = try await bot.broadcasts.start(BroadcastMessage("News"), to: .chats([-5, -6, -7, -1_000_007]))
            try await scene.database.write { connection in
                // The bot has heard of these moves before.
                try bot.moveChat(-6, to: -1_000_006, in: connection)
                try bot.moveChat(-7, to: -1_000_007, in: connection)
            }
            try await scene.finish(id)
            #expect(scene.copies == [-1_000_005: 1, -1_000_006: 1, -1_000_007: 1])
            #expect(try await bot.broadcasts.progress(of: id)?.sent == 3)
        }
    }

    @Test func `who wants to be forgotten is, also while it runs`() async throws {
        try await BroadcastScene.play { scene in
            let bot = try scene.bot()
            let id = try await bot.broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.run(bot) {
                try await scene.wait(for: id, of: bot) {
                    $0.sent > 100
                } then: {
                    try await scene.database.write { try bot.forget(600, in: $0) }
                }
                try await scene.wait(for: id, of: bot) { $0.state == .finished }
            }
            #expect(scene.copies.count == 599 && scene.copies[600] == nil)
            #expect(try await bot.broadcasts.progress(of: id)?.total == 599)
        }
    }

    // MARK: By hand

    @Test func `paused it rests, resumed it goes on, called off it ends`() async throws {
        try await BroadcastScene.play { scene in
            let bot = try scene.bot()
            let broadcasts = bot.broadcasts
            let id = try await broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.run(bot) {
                try await scene.wait(for: id, of: bot) {
                    $0.sent > 100
                } then: {
                    let changes = [try await broadcasts.pause(id), try await broadcasts.pause(id)]
                    #expect(changes == [true, false])
                }
                let other = try await broadcasts.start(BroadcastMessage("Other"), to: .chats([7001, 7002]))
                try await scene.wait(for: other, of: bot) { $0.state == .finished }
                let rest = try #require(try await broadcasts.progress(of: id))
                #expect(rest.state == .paused && rest.sent < 200 && rest.remaining > 400)
                #expect(try await broadcasts.resume(id))
                try await scene.wait(for: id, of: bot) {
                    $0.sent > 300
                } then: {
                    let changes = [try await broadcasts.cancel(id), try await broadcasts.resume(id)]
                    #expect(changes == [true, false])
                }
            }
            let end = try #require(try await broadcasts.progress(of: id))
            #expect(end.state == .cancelled && end.sent > 300 && end.sent < 400 && end.finished != nil)
            #expect(scene.copies.count == end.sent + 2)
            let rows: Int? = try await scene.database.read {
                try $0.value("SELECT count(*) FROM bot_broadcast_recipients")
            }
            #expect(rows == 0)
        }
    }

    @Test func `a message that Telegram refuses whoever it is for is not tried with everybody`() async throws {
        let isGood = Mutex(false)
        try await BroadcastScene.play(fate: { _, _, _ in
            isGood.withLock(\.self)
                ? .arrives : .fails(.badRequest(description: "Bad Request: BUTTON_URL_INVALID", code: 400))
        }) { scene in
            let bot = try scene.bot()
            let id = try await bot.broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.finish(id, with: bot)
            let progress = try #require(try await bot.broadcasts.progress(of: id))
            #expect(progress.state == .paused && progress.reason?.contains("BUTTON_URL_INVALID") == true)
            #expect(progress.failed >= 20 && progress.failed < 60)
            isGood.withLock { $0 = true }
            #expect(try await bot.broadcasts.resume(id, retryingFailures: true))
            try await scene.finish(id)
            #expect(scene.copies.count == 600)
            #expect(try await bot.broadcasts.progress(of: id)?.failed == 0)
        }
    }

    @Test func `what cannot be broadcast is told at once`() throws {
        #expect(throws: BroadcastError.hasFiles) {
            try BroadcastMessage(SendPhoto(chatID: 0, photo: .bytes([1], name: "a.png")))
        }
        #expect(throws: BroadcastError.noChat(method: "getMe")) { try BroadcastMessage(GetMe()) }
        #expect(throws: LimitError.emptyText) { try BroadcastMessage(" ") }
        let long = FormattedText(String(repeating: "a", count: 5000))
        #expect(throws: BroadcastError.textTooLong(5000)) { try BroadcastMessage(long) }
    }
}
