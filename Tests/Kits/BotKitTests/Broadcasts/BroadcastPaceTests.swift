import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// How fast broadcasts are, and who waits for whom.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct BroadcastPaceTests {
    static let everybody = BroadcastAudience.chats((1...3000).map { ChatID($0) })

    @Test func `a broadcast takes as long as the limits allow, and never exceeds them`() async throws {
        try await BroadcastScene.play { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(took >= .seconds(99) && took <= .seconds(105), "\(took)")
            #expect(scene.telegram.refused == 0)
            #expect(scene.copies.count == 3000 && scene.telegram.arrived.count == 3000)
            let progress = try #require(try await scene.bot().broadcasts.progress(of: id))
            #expect(progress.sent == 3000 && progress.remaining == 0 && progress.state == .finished)
            #expect(progress.finished != nil && progress.timeLeft == nil)
            let rows: Int? = try await scene.database.read {
                try $0.value("SELECT count(*) FROM bot_broadcast_recipients")
            }
            #expect(rows == 0, "nothing is kept of those who have it")
        }
    }

    @Test func `what is paid for goes a thousand times a second`() async throws {
        try await BroadcastScene.play(perSecond: 1000) { scene in
            var method = SendMessage(chatID: 0, text: "News")
            method.allowPaidBroadcast = true
            let id = try await scene.bot().broadcasts.start(BroadcastMessage(method), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(took >= .seconds(2.9) && took <= .seconds(4), "\(took)")
            #expect(scene.telegram.refused == 0)
        }
    }

    @Test func `a chat that is refused waits alone`() async throws {
        let refusals = Mutex(0)
        try await BroadcastScene.play(fate: { chat, _, now in
            guard chat == 500, now < .seconds(60) else { return .arrives }
            refusals.withLock { $0 += 1 }
            return .fails(.retryAfter(.seconds(40), description: "Too Many Requests: retry after 40"))
        }) { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(took <= .seconds(105), "\(took)")
            #expect(scene.copies.count == 3000)
            #expect(refusals.withLock(\.self) == 1, "it comes after those who need not wait")
        }
    }

    @Test func `when the whole bot is refused everything waits, and goes on at nearly the old rate`() async throws {
        try await BroadcastScene.play(fate: { _, _, now in
            guard now > .seconds(50), now < .seconds(80) else { return .arrives }
            let left = Int((.seconds(80) - now) / .seconds(1)) + 1
            return .fails(.retryAfter(.seconds(left), description: "Too Many Requests: retry after \(left)"))
        }) { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(took >= .seconds(130) && took <= .seconds(142), "\(took)")
            #expect(scene.copies.count == 3000 && scene.telegram.arrived.count == 3000)
            let warnings = scene.log.records.filter { $0.message == "Telegram asks the whole bot to wait" }
            #expect(warnings.filter { $0.level == .warning }.count == 1, "\(warnings.map(\.fields))")
        }
    }

    @Test func `a limit that is lower than thought is found, and nearly all of it is used`() async throws {
        try await BroadcastScene.play(perSecond: 20) { scene in
            let id = try await scene.bot().broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            let took = try await scene.finish(id)
            #expect(took < .seconds(150 * 1.3), "\(took)")
            #expect(scene.copies.count == 3000)
            #expect(scene.telegram.refused < 100)
        }
    }

    @Test func `an answer overtakes a broadcast`() async throws {
        try await BroadcastScene.play { scene in
            let bot = try scene.bot()
            let id = try await bot.broadcasts.start(BroadcastMessage("News"), to: Self.everybody)
            try await scene.run(bot) {
                try await scene.wait(for: id, of: bot) { $0.sent > 300 }
                for person in 10_001...10_020 {
                    let answer = TelegramRequest(
                        SendMessage(chatID: ChatTarget(ChatID(Int64(person))), text: "You asked"))
                    let asked = try await scene.answering {
                        let asked = scene.time.uptime
                        _ = try await SendScope.$given.withValue(SendScope(priority: .answer)) {
                            try await bot.sender.client.send(answer)
                        }
                        return asked
                    }
                    let sent = scene.telegram.arrived.first { $0.chat == person }?.time
                    #expect(sent.map { $0 - asked <= .milliseconds(200) } == true)
                }
            }
        }
    }

    @Test func `the time left is told`() async throws {
        try await BroadcastScene.play { scene in
            let bot = try scene.bot()
            let first = try await bot.broadcasts.start(BroadcastMessage("One"), to: Self.everybody)
            let second = try await bot.broadcasts.start(BroadcastMessage("Two"), to: .chats([1, 2, 3]))
            #expect(try await bot.broadcasts.progress(of: first)?.timeLeft == .seconds(100))
            #expect(try await bot.broadcasts.progress(of: second)?.timeLeft.map { $0 > .seconds(100) } == true)
            try await bot.broadcasts.pause(first)
            #expect(try await bot.broadcasts.progress(of: first)?.timeLeft == nil)
            #expect(try await bot.broadcasts.progress(of: second)?.timeLeft == .milliseconds(100))
            #expect(try await bot.broadcasts.all().map(\.id) == [second, first])
        }
    }
}
