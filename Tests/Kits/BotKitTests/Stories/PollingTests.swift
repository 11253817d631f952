import JSON
import SQLiteStorage
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

extension LogRecorder {
    /// Whether it was noticed that somebody else polls.
    var hasRival: Bool { records.contains { $0.message.hasPrefix("another program polls") } }
}

/// Long polling against a Telegram that misbehaves.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct PollingTests {
    static let faults: [JSONValue] = [
        ["method": "getUpdates", "kind": "html"],
        ["method": "getUpdates", "kind": "empty"],
        ["method": "getUpdates", "kind": "error", "code": 500],
        ["method": "getUpdates", "kind": "error", "code": 502],
        ["method": "getUpdates", "kind": "cut"],
        ["method": "getUpdates", "kind": "flood", "seconds": 1],
        ["method": "getUpdates", "kind": "lost"],
        ["method": "getUpdates", "kind": "error", "code": 401, "description": "Unauthorized"],
        ["method": "getMe", "kind": "html"],
        ["method": "getMe", "kind": "cut", "count": 5],
    ]

    @Test(arguments: faults)
    func `one bad answer loses nothing`(fault: JSONValue) async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.longPoll = .seconds(1)
            let bot = try stage.bot(configuration) { bot in
                bot.text { ctx, text in try await ctx.reply(text) }
            }
            let alice = try await stage.person(501)
            try await alice.say("before")
            try await stage.control("/sim/faults", fault)
            try await stage.run(bot) {
                #expect(try await alice.hears() == "before")
                try await alice.say("after")
                #expect(try await alice.hears() == "after")
                #expect(bot.status.isTaking)
                #expect(bot.status.lastPoll != nil)
            }
            let messages = try await stage.control("/sim/chats/7001/messages?user=501")["messages"]?.arrayValue ?? []
            #expect(messages.count == 4, "each was answered once")
        }
    }

    @Test func `another poller is noticed and outlasted`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("1")
                #expect(try await alice.hears() == "1")
                // A stranger with the same token, who confirms nothing, until it has taken a poll away: it may come
                // between two polls of the bot, and then it is the bot that takes its poll away.
                let stranger = TelegramClient(token: Stage.token, baseURL: stage.url, http: stage.http)
                while !stage.log.hasRival {
                    do {
                        _ = try await stranger.poll(GetUpdates(timeout: 1))
                    } catch {
                        guard let error = error as? TelegramError, case .conflict = error else { throw error }
                    }
                }
                try await alice.say("2")
                #expect(try await alice.hears() == "2")
                #expect(bot.status.hasRival)
            }
        }
    }

    @Test func `two programs with one token lose nothing, say what is wrong, and one recovers when the other ends`()
        async throws
    {
        try await Stage.play { stage in
            let time = SkewedTime()
            let others = LogRecorder()
            let second = try await SQLiteDatabase.open(path: TemporaryFolder.make() + "/second.sqlite")
            let bot = try stage.bot(time: time) { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let rival = try Bot(
                token: Stage.token, database: second, configuration: stage.configuration, http: stage.http,
                logger: others.logger()
            ) { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await stage.run(rival) {
                    for number in 1...5 {
                        try await alice.say("\(number)")
                        // Either answers; where both have got the update, it is answered twice.
                        _ = try await alice.answer { $0["text"]?.stringValue == "\(number)" }
                    }
                    // Each of them loses a poll sooner or later, as long as both poll.
                    try await until { stage.log.hasRival || others.hasRival }
                }
                try await alice.say("alone")
                _ = try await alice.answer { $0["text"] == "alone" }
                if bot.status.hasRival {
                    time.advance(by: .seconds(61))
                    try await alice.say("later")
                    _ = try await alice.answer { $0["text"] == "later" }
                    #expect(!bot.status.hasRival)
                }
            }
            let told = stage.log.records.count { $0.message.hasPrefix("another program polls") }
            #expect(told <= 1, "once, not at each poll")
            await second.close()
        }
    }

    @Test func `a webhook that is in the way is deleted`() async throws {
        try await Stage.play(local: true) { stage in
            let client = TelegramClient(token: Stage.token, baseURL: stage.url, http: stage.http)
            try await client(SetWebhook(url: "http://127.0.0.1:9/nowhere"))
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("1")
                #expect(try await alice.hears() == "1")
            }
            #expect(try await client(GetWebhookInfo()).url == "")
        }
    }

    @Test func `a token that Telegram does not know ends the start with the remedy`() async throws {
        try await Stage.play { stage in
            try await stage.control(
                "/sim/faults",
                ["method": "getMe", "kind": "error", "code": 401, "description": "Unauthorized", "count": 99])
            let bot = try stage.bot { bot in bot.text { _, _ in } }
            await #expect(throws: BotError.unauthorized) { try await bot.run(until: Shutdown()) }
        }
    }

    @Test(arguments: ["", "abc", "12x:abc"])
    func `what is no token is refused before anything starts`(token: String) async throws {
        try await Stage.play { stage in
            #expect(throws: BotError.malformedToken) {
                try Bot(token: Secret(token), database: stage.database) { _ in }
            }
        }
    }

    @Test func `updates that cannot be stored are asked for again`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await bot.prepare()
            try await stage.database.write { connection in
                try connection.run(
                    script: """
                        CREATE TRIGGER full BEFORE INSERT ON bot_updates
                        BEGIN SELECT RAISE(ABORT, 'no room'); END;
                        """)
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("1")
                try await until { stage.log.records.contains(where: { $0.message == "updates cannot be stored" }) }
                try await stage.database.execute("DROP TRIGGER full")
                #expect(try await alice.hears() == "1")
            }
        }
    }

    @Test func `only kinds that a route needs are asked for`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.text { _, _ in }
                bot.inlineQuery { _, _ in }
                bot.on(.messageReaction) { _ in }
            }
            #expect(bot.updateKinds == [.message, .inlineQuery, .messageReaction])
        }
    }
}
