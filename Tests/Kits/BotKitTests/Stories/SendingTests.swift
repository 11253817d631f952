import FoundationEssentials
import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// What the Sender does about Telegram's answers.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct SendingTests {
    /// A red square of 16 × 16 pixels, as PNG.
    static let png =
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGM4ISdHEmIY1TCqYfhqAADk"
                + "YgQQ60fIxgAAAABJRU5ErkJggg=="
        ).map(Array.init) ?? []

    @Test func `a flood answer is waited out, for its chat alone`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await stage.run(bot) {
                let (alice, boris) = (try await stage.person(501), try await stage.person(502))
                try await stage.control("/sim/faults", ["method": "sendMessage", "kind": "flood", "seconds": 1])
                try await alice.say("banned")
                try await until {
                    bot.core.metrics.floodSeconds.value > 0
                        || stage.log.records.contains { $0.fields["error"].map { "\($0)".contains("retry") } ?? false }
                }
                try await boris.say("free")
                #expect(try await boris.hears() == "free")
                #expect(try await alice.hears() == "banned")
            }
        }
    }

    @Test func `nobody waits for a chat that is refused for an hour, nor does the end of the program`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await stage.run(bot) {
                let (alice, boris) = (try await stage.person(501), try await stage.person(502))
                try await stage.control("/sim/faults", ["method": "sendMessage", "kind": "flood", "seconds": 3600])
                try await alice.say("banned")
                try await alice.say("at once, without asking Telegram")
                try await until { bot.core.metrics.failures.value >= 2 }
                #expect(bot.core.metrics.floodSeconds.value == 3600)
                try await boris.say("free")
                #expect(try await boris.hears() == "free")
            }
        }
    }

    static let losses: [(JSONValue, Int)] = [
        (["method": "sendMessage", "kind": "error", "code": 502], 0),
        (["method": "sendMessage", "kind": "lost"], 1),
    ]

    @Test(arguments: losses)
    func `a message that may have arrived is not sent again unasked`(fault: JSONValue, arrived: Int) async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await stage.control("/sim/faults", fault)
                try await alice.say("once")
                try await alice.say("next")
                _ = try await alice.answer { $0["text"] == "next" }
                let messages =
                    try await stage.control("/sim/chats/7001/messages?user=501")["messages"]?.arrayValue ?? []
                #expect(messages.filter { $0["text"] == "once" && $0["out"] != true }.count == arrived)
                let apologies = messages.filter { $0["text"]?.stringValue == KitTexts.standard.english.failure }
                #expect(apologies.count == 1, "the person knows that something may be missing")
            }
        }
    }

    @Test func `a gift is not given again, whatever a program wants of messages`() async throws {
        try await Stage.play { stage in
            let counter = Counter()
            var configuration = stage.configuration
            configuration.sending.ambiguousRepeats = 3
            configuration.transports = [counter]
            let bot = try stage.bot(configuration) { _ in }
            let gift = GiftPremiumSubscription(userID: 501, monthCount: 3, starCount: 1000)
            await #expect(throws: TelegramError.self) { try await bot.sender.call(gift) }
            #expect(counter.calls.withLock(\.self) == 1)
            await #expect(throws: TelegramError.self) { try await bot.sender.send("hello", to: 501) }
            #expect(counter.calls.withLock(\.self) == 5)
        }
    }

    /// Counts calls and loses their answers.
    private final class Counter: TelegramInterceptor {
        let calls = Mutex(0)

        func intercept(
            _ request: TelegramRequest, next: TelegramHandler
        ) async throws(TelegramError) -> TelegramReply {
            calls.withLock { $0 += 1 }
            throw .server(status: 502, description: "Bad Gateway")
        }
    }

    @Test func `an edit is repeated, since twice is the same as once`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    let message = try await ctx.reply("old")
                    try await ctx.sender.edit(MessageReference(message), "new")
                    try await ctx.sender.edit(MessageReference(message), "new")
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await stage.control("/sim/faults", ["method": "editMessageText", "kind": "lost"])
                try await alice.say("go")
                #expect(try await alice.next("edit")["message"]?["text"] == "new")
            }
            let failed = stage.log.records.contains { $0.message == "handler failed" }
            #expect(!failed)
        }
    }

    @Test func `a group that became a supergroup is followed and reported`() async throws {
        try await Stage.play { stage in
            let changes = AsyncStream<ChatChange>.makeStream()
            var configuration = stage.configuration
            configuration.chatChanged = { changes.continuation.yield($0) }
            let bot = try stage.bot(configuration) { _ in }
            let made = try await stage.control(
                "/sim/chats", ["user": 501, "type": "group", "title": "Old", "members": [502, 7001]])
            let old = try #require(made["chat"]?["id"]?.integerValue)
            let upgraded = try await stage.control("/sim/upgrade-group", ["user": 501, "chat": .integer(old)])
            let new = try #require(upgraded["chat"]?["id"]?.integerValue)
            let sent = try await bot.sender.send("hello", to: ChatID(old))
            #expect(sent.first?.chat.id.rawValue == new)
            var iterator = changes.stream.makeAsyncIterator()
            #expect(await iterator.next() == .migrated(from: ChatID(old), to: ChatID(new)))
        }
    }

    @Test func `after a group has moved nothing is done to a message of the same number`() async throws {
        try await Stage.play { stage in
            let changes = AsyncStream<ChatChange>.makeStream()
            var configuration = stage.configuration
            configuration.chatChanged = { changes.continuation.yield($0) }
            let bot = try stage.bot(configuration) { _ in }
            let made = try await stage.control(
                "/sim/chats", ["user": 501, "type": "group", "title": "Old", "members": [502, 7001]])
            let old = ChatID(try #require(made["chat"]?["id"]?.integerValue))
            let upgraded = try await stage.control("/sim/upgrade-group", ["user": 501, "chat": .integer(old.rawValue)])
            let new = ChatID(try #require(upgraded["chat"]?["id"]?.integerValue))
            // The bot's own in the new chat, so that it could be edited and deleted.
            let stranger = try #require(try await bot.sender.send("not meant", to: new).first)
            let left = MessageReference(chat: old, message: stranger.messageID)
            try await bot.sender.delete(left)
            do {
                try await bot.sender.edit(left, "changed")
                Issue.record("an edit of a message that is left behind")
            } catch TelegramError.notFound(.message, _) {
            }
            let answer = try await bot.sender.send("quoting", to: old, options: SendOptions(replyTo: left))
            #expect(answer.first?.chat.id == new)
            #expect(answer.first?.replyToMessage == nil)
            let history = try await stage.control("/sim/chats/\(new)/messages?user=501")["messages"]?.arrayValue ?? []
            #expect(history.contains { $0["text"] == "not meant" }, "neither deleted nor changed")
            var iterator = changes.stream.makeAsyncIterator()
            for _ in 0..<3 { #expect(await iterator.next() == .migrated(from: old, to: new)) }
        }
    }

    @Test func `somebody who blocked the bot is reported`() async throws {
        try await Stage.play { stage in
            let changes = AsyncStream<ChatChange>.makeStream()
            var configuration = stage.configuration
            configuration.chatChanged = { changes.continuation.yield($0) }
            let bot = try stage.bot(configuration) { _ in }
            try await stage.control("/sim/start", ["user": 501, "bot": 7001])
            try await stage.control("/sim/block", ["user": 501, "bot": 7001])
            await #expect(throws: TelegramError.self) { try await bot.sender.send("hello", to: 501) }
            var iterator = changes.stream.makeAsyncIterator()
            #expect(await iterator.next() == .unreachable(501, .blocked))
        }
    }

    @Test func `a file is uploaded once, and again when Telegram no longer knows it`() async throws {
        try await Stage.play { stage in
            let uploads = Mutex(0)
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    let photo = Media(key: "cat") {
                        uploads.withLock { $0 += 1 }
                        return .bytes(Self.png, name: "cat.png")
                    }
                    try await ctx.replyPhoto(photo, caption: "A \(bold: "cat")")
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                for _ in 0..<3 {
                    try await alice.say("go")
                    let message = try await alice.answer()
                    #expect(message["media"]?["kind"] == "photo")
                    #expect(message["text"] == "A cat")
                }
                #expect(uploads.withLock(\.self) == 1)
                try await stage.database.execute("UPDATE bot_media SET file_id = 'gone'")
                try await alice.say("go")
                #expect(try await alice.answer()["media"]?["kind"] == "photo")
                #expect(uploads.withLock(\.self) == 2)
                try await alice.say("go")
                _ = try await alice.answer()
                #expect(uploads.withLock(\.self) == 2)
            }
        }
    }

    @Test func `an album comes as one, and its files are remembered`() async throws {
        try await Stage.play { stage in
            let uploads = Mutex(0)
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    let items = ["a", "b"].map { key in
                        AlbumItem(
                            .photo,
                            Media(key: key) {
                                uploads.withLock { $0 += 1 }
                                return .bytes(Self.png, name: "\(key).png")
                            }, caption: key == "a" ? "Both" : nil)
                    }
                    try await ctx.replyAlbum(items)
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                for _ in 0..<2 {
                    try await alice.say("go")
                    let (first, second) = (try await alice.answer(), try await alice.answer())
                    #expect(first["album"] != nil && first["album"] == second["album"])
                }
                #expect(uploads.withLock(\.self) == 2)
            }
            await #expect(throws: LimitError.albumSize(1)) {
                try await bot.sender.sendAlbum([AlbumItem(.photo, Media(.id("x")))], to: 501)
            }
        }
    }

    @Test func `what cannot be seen is not sent`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { _ in }
            await #expect(throws: LimitError.emptyText) { try await bot.sender.send(" \n ", to: 501) }
        }
    }
}
