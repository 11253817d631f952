import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Handlers that throw, hang, or end the program: their chat goes on, and somebody hears of it.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct TroubleTests {
    @Test func `a handler that hangs is given up, its person told, and its chat goes on`() async throws {
        try await Stage.play { stage in
            let time = ManualTime()
            let (release, ended) = (Shutdown(), Shutdown())
            let late = Mutex<(any Error)?>(nil)
            let told = Mutex<[UpdateTrouble.Kind]>([])
            var configuration = stage.configuration
            configuration.handlerLimit = .seconds(60)
            configuration.owners = [502]
            configuration.setsCommands = false
            configuration.troubled = { trouble in told.withLock { $0.append(trouble.kind) } }
            let bot = try stage.bot(configuration, time: time) { bot in
                bot.text { ctx, text in
                    guard text == "hang" else {
                        try await ctx.reply(text)
                        return
                    }
                    // Deaf to cancellation, as a call into foreign code is.
                    await release.wait(deaf: true)
                    do { try await ctx.commit { _ in } } catch { late.withLock { $0 = error } }
                    ended.trigger()
                }
            }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await boris.say("hello")
            try await stage.run(bot) {
                #expect(try await boris.hears() == "hello")
                try await alice.say("hang")
                try await alice.say("behind")
                try await until { bot.status.waiting >= 2 }
                try await until {
                    time.advance(by: .seconds(10))
                    return bot.status.givenUp > 0
                }
                // The apology and the next answer go their ways side by side.
                let heard = [try await alice.hears(), try await alice.hears()]
                #expect(Set(heard) == ["behind", KitTexts.standard.english.failure])
                let report = try await boris.hears()
                #expect(report?.hasPrefix("⚠️") == true)
                release.trigger()
                await ended.wait()
                #expect(late.withLock(\.self) is HandlerGivenUp, "what it does now does not count")
            }
            #expect(told.withLock(\.self) == [.tookTooLong(.seconds(60))])
            let outcomes: [String?] = try await stage.database.read {
                try $0.values("SELECT outcome FROM bot_updates ORDER BY update_id")
            }
            #expect(outcomes.compactMap(\.self) == ["took too long"])
        }
    }

    @Test func `a handler that throws every time is told of every time, and its chat goes on`() async throws {
        struct Broken: Error {}
        try await Stage.play { stage in
            let told = Mutex<[UpdateTrouble.Kind]>([])
            var configuration = stage.configuration
            configuration.owners = [502]
            configuration.troubled = { trouble in told.withLock { $0.append(trouble.kind) } }
            let metrics = Metrics()
            let bot = try stage.bot(configuration, metrics: metrics) { bot in
                bot.text { ctx, text in
                    if text == "bad" { throw Broken() }
                    try await ctx.reply(text)
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                for _ in 1...3 {
                    try await alice.say("bad")
                    #expect(try await alice.hears() == KitTexts.standard.english.failure)
                }
                try await alice.say("good")
                #expect(try await alice.hears() == "good")
            }
            #expect(told.withLock(\.self) == Array(repeating: .failed("Broken()"), count: 3))
            #expect(metrics.render().contains("bot_handler_failures_total 3"))
            #expect(bot.status.setAside == 0)
        }
    }

    @Test(arguments: ["answered", "expired"])
    func `a press whose handler fails when the button takes no answer any more is told of in the chat`(
        reason: String
    ) async throws {
        struct Broken: Error {}
        let time = SkewedTime()
        try await Stage.play(time: time) { stage in
            let bot = try stage.bot { bot in
                bot.command("menu") { ctx in
                    try await ctx.reply("menu", keyboard: InlineKeyboard { Row { Button("go", Go()) } })
                }
                bot.press(Go.self) { ctx, _ in
                    if reason == "answered" {
                        try await ctx.answer("Working…")
                    } else {
                        time.advance(by: .seconds(151))
                    }
                    throw Broken()
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("/menu")
                try await alice.press(try await alice.answer())
                #expect(try await alice.hears() == KitTexts.standard.english.failure)
            }
        }
    }

    private struct Go: CallbackPayload {}

    @Test func `what was set aside is told to the owners, once for all of it`() async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.owners = [502]
            let metrics = Metrics()
            let bot = try stage.bot(configuration, metrics: metrics) { bot in
                bot.text { ctx, text in try await ctx.reply(text) }
            }
            let boris = try await stage.person(502)
            try await boris.say("/start")
            try await bot.prepare()
            _ = try await bot.core.inbox.store(
                [1, 2].map { (id: Int64($0), payload: InboxTests.update($0, "deadly").json) }, now: SystemTime().now)
            for id in [Int64(1), 2] {
                for _ in 0..<3 { try await bot.core.inbox.begin([id]) }
            }
            try await stage.run(bot) {
                var reports = 0
                while true {
                    let text = try await boris.hears()
                    if text == "last" { break }
                    if text?.hasPrefix("⚠️") == true {
                        reports += 1
                        try await boris.say("last")
                    }
                }
                #expect(reports == 1)
                #expect(bot.status.setAside == 2)
            }
            #expect(metrics.render().contains("bot_updates_set_aside_total 2"))
        }
    }

    @Test func `an update that ends the program already when it is read is found and set aside`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await bot.prepare()
            let inbox = bot.core.inbox
            _ = try await inbox.store([(1, InboxTests.update(1, "deadly").json)], now: SystemTime().now)
            #expect(try await inbox.beginReading() == false, "the last run read everything")
            #expect(try await inbox.beginReading() == true, "it ended in the midst of reading")
            // Three starts note the update, and end before they can take the note back.
            for _ in 0..<3 { try await inbox.begin([1]) }
            try await stage.run(bot) {
                try await until { bot.status.setAside > 0 }
            }
            #expect(try await inbox.beginReading() == false, "this run has read everything")
        }
    }

    @Test func `reading with care leaves no mark on those that can be read`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            let inbox = bot.core.inbox
            _ = try await inbox.store(
                (1...3).map { (id: Int64($0), payload: InboxTests.update($0, "text \($0)").json) },
                now: SystemTime().now)
            _ = try await inbox.beginReading()
            try await stage.run(bot) {
                for number in 1...3 {
                    let heard = try await alice.hears()
                    #expect(heard == "text \(number)")
                }
            }
            let attempts: [Int] = try await stage.database.read {
                try $0.values("SELECT attempts FROM bot_updates WHERE update_id <= 3")
            }
            #expect(attempts == [1, 1, 1], "each was begun once, by its handler")
        }
    }
}

extension Shutdown {
    /// Waits, where asked even if the task is cancelled.
    func wait(deaf: Bool) async {
        guard deaf else { return await wait() }
        await Task { await wait() }.value
    }
}
