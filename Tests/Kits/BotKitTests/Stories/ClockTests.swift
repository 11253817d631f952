import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Clocks that jump, and a day without a connection.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ClockTests {
    private struct Press: CallbackPayload {}

    @Test(arguments: [Duration.seconds(6 * 3600), .seconds(-6 * 3600), .seconds(40 * 365 * 86_400)])
    func `a clock that is set while the bot runs changes nothing for people`(jump: Duration) async throws {
        try await Stage.play { stage in
            let time = SkewedTime()
            let bot = try stage.bot(time: time) { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("before")
                #expect(try await alice.hears() == "before")
                time.setWall(by: jump)
                for text in ["after", "and again"] {
                    try await alice.say(text)
                    let heard = try await alice.hears()
                    #expect(heard == text)
                }
                let age = try #require(bot.status.pollAge)
                #expect(age >= .zero && age < .seconds(60), "measured by the clock that is never set")
            }
            let messages = try await stage.control("/sim/chats/7001/messages?user=501")["messages"]?.arrayValue ?? []
            #expect(messages.count == 6, "each was answered once")
        }
    }

    @Test func `what was handled before the clock jumped ahead is not forgotten at once`() async throws {
        try await Stage.play { stage in
            let time = ManualTime()
            let bot = try stage.bot(time: time) { _ in }
            try await bot.prepare()
            let inbox = bot.core.inbox
            let now = time.now
            _ = try await inbox.store([(1, [])], now: now)
            try await stage.database.write { try inbox.mark(1, now: now, in: $0) }
            _ = try await ListArguments(core: bot.core).store("long", person: 501)
            func remembered() async throws -> [Int?] {
                try await stage.database.read { connection in
                    [
                        try connection.value("SELECT COUNT(*) FROM bot_updates"),
                        try connection.value("SELECT COUNT(*) FROM bot_list_arguments"),
                    ]
                }
            }
            let cleaning = Task { await bot.cleanUp() }
            await time.waitForSleepers()
            time.setWallClock(now.adding(.seconds(31 * 86_400)))
            time.advance(by: .seconds(900))
            await time.waitForSleepers()
            #expect(try await remembered() == [1, 1], "Telegram may still deliver it again")
            time.advance(by: .seconds(900))
            await time.waitForSleepers()
            #expect(try await remembered() == [0, 0])
            cleaning.cancel()
            await cleaning.value
        }
    }

    @Test func `after a day offline everything Telegram kept is answered once, in order, within the limits`()
        async throws
    {
        let time = SkewedTime()
        try await Stage.play(time: time) { stage in
            let pressed = Mutex(0)
            func make() throws -> Bot {
                var configuration = stage.configuration
                configuration.setsCommands = false
                return try stage.bot(configuration, time: time) { bot in
                    bot.command("menu") { ctx in
                        try await ctx.reply("menu", keyboard: InlineKeyboard { Row { Button("press", Press()) } })
                    }
                    bot.press(Press.self) { ctx, _ in
                        pressed.withLock { $0 += 1 }
                        try await ctx.answer("pressed")
                    }
                    bot.text { ctx, text in try await ctx.reply("re " + text) }
                }
            }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            var menu = JSONValue.null
            try await stage.run(try make()) {
                try await boris.say("hello")
                #expect(try await boris.hears() == "re hello")
                try await alice.say("/menu")
                menu = try await alice.answer()
            }
            // The bot is gone. When it returns, Telegram has given up texts of a day ago and presses of minutes ago.
            try await boris.say("too old")
            time.advance(by: .seconds(3600))
            try await alice.press(menu)
            for number in 1...5 {
                try await alice.say("a\(number)")
                try await boris.say("b\(number)")
                time.advance(by: .seconds(4 * 3600 + 1200))
            }
            time.advance(by: .seconds(86_400 - 5 * (4 * 3600 + 1200) - 1800))
            try await stage.control("/sim/flood", ["profile": "realistic"])
            let bot = try make()
            // A press that had come before the bot went, and was not handled.
            let press = """
                {"update_id":1,"callback_query":{"id":"77","chat_instance":"1","data":"\(try Press().callbackData())",
                "from":{"id":501,"is_bot":false,"first_name":"Alice"}}}
                """
            _ = try await bot.core.inbox.store([(1, Array(press.utf8))], now: time.now)
            try await stage.run(bot) {
                for number in 1...5 {
                    let heard = [try await alice.hears(), try await boris.hears()]
                    #expect(heard == ["re a\(number)", "re b\(number)"])
                }
                #expect(pressed.withLock(\.self) == 1, "what was pressed happens, though it is too late to say so")
            }
            let faults = stage.log.records.filter { $0.level >= .warning }.map(\.message)
            #expect(faults.isEmpty, "nothing of this is a fault")
            for (person, count) in [(501, 12), (502, 13)] {
                let view = try await stage.control("/sim/chats/7001/messages?user=\(person)")["messages"]?.arrayValue
                #expect(view?.count == count, "each was answered once")
            }
        }
    }
}
