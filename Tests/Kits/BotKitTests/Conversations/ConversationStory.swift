import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Conversations of several steps, played against the simulated Telegram.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ConversationStory {
    /// Orders a shirt: a text, a number that is asked for until it is one, buttons, an effect and a commit.
    static func declareOrder(_ bot: inout Routes, did: @escaping @Sendable () -> Void = {}) {
        bot.conversation("order", on: .command("order", "Order a shirt")) { talk in
            let name = try await talk.ask("Your name?")
            let age = try await talk.ask("Your age?", else: "A number, please") { Int($0) }
            let size = try await talk.choose("Size?", ["S", "M", "L"])
            let number = try await talk.once("number") {
                did()
                return 42
            }
            try await talk.say("Thanks, \(name) (\(age)): \(size), no. \(number)")
        }
    }

    static func echo(_ bot: inout Routes) {
        bot.command("help") { ctx in try await ctx.reply("Help!") }
        bot.text { ctx, text in try await ctx.reply("echo \(text)") }
    }

    @Test func `goes from question to question, asks again, and survives a restart at each of them`() async throws {
        try await Stage.play { stage in
            let effects = Mutex<[String]>([])
            let alice = try await stage.person(501)
            func talk(_ said: String?, _ heard: String...) async throws {
                let bot = try stage.bot { bot in
                    Self.declareOrder(&bot) { effects.withLock { $0.append("number") } }
                    Self.echo(&bot)
                }
                try await stage.run(bot) {
                    if let said { try await alice.say(said) }
                    for expected in heard { #expect(try await alice.hears() == expected) }
                }
            }
            try await talk("/order", "Your name?")
            try await talk("Ann", "Your age?")
            try await talk("many", "A number, please")
            try await talk("/help", "Help!")
            try await talk("/unknown", KitTexts.standard.english.conversation.reminder)
            try await talk("30", "Size?")
            try await talk("XL", KitTexts.standard.english.conversation.needsChoice)
            try await talk("m", "Thanks, Ann (30): M, no. 42")
            try await talk("more", "echo more")
            #expect(effects.withLock(\.self) == ["number"])
            let kept: Int? = try await stage.database.read { try $0.value("SELECT COUNT(*) FROM bot_dialogues") }
            #expect(kept == 0, "nothing is left of a conversation that has ended")
        }
    }

    @Test func `buttons answer once, show what was chosen, and are told to be stale afterwards`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in Self.declareOrder(&bot) }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                for said in ["/order", "Ann", "30"] { try await alice.say(said) }
                let question = try await alice.answer { $0["text"] == "Size?" }
                try await alice.press(question, column: 2)
                #expect(try await alice.next("edit")["message"]?["text"] == "Size?\n✓ L")
                #expect(try await alice.hears() == "Thanks, Ann (30): L, no. 42")
                // As another device shows it that has not heard of the edit yet.
                let stale = InlineKeyboard {
                    Button("S", data: "~order", ConversationPress(person: 501, started: 1, question: 3, choice: 0))
                }
                let old = try await bot.sender.send("Size?", to: 501, keyboard: stale)
                #expect(old.count == 1)
                let shown = try await alice.answer()
                let query = try await alice.press(shown)["query"]
                let answer = try await alice.next("callback_answer") { $0["query"] == query }
                #expect(answer["text"]?.stringValue == KitTexts.standard.english.staleButton)
            }
        }
    }

    @Test func `a kill in the middle of a step repeats neither what was said nor what was done`() async throws {
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE orders (name TEXT NOT NULL)")
            let reached = Shutdown()
            let effects = Mutex<[String]>([])
            func make(hangs: Bool) throws -> Bot {
                try stage.bot { bot in
                    bot.conversation("order", on: .command("order")) { talk in
                        let name = try await talk.ask("Your name?")
                        try await talk.say("One moment, \(name)")
                        try await talk.once("effect") { effects.withLock { $0.append(name) } }
                        try await talk.commit("insert") { connection in
                            try connection.execute("INSERT INTO orders (name) VALUES (\(name))")
                        }
                        if hangs {
                            reached.trigger()
                            await Shutdown().wait()
                            throw CancellationError()
                        }
                        let isSure = try await talk.confirm("Sure?")
                        try await talk.say(isSure ? "Done" : "Not done")
                    }
                }
            }
            let alice = try await stage.person(501)
            let (first, shutdown) = (try make(hangs: true), Shutdown())
            let running = Task { try await first.run(until: shutdown) }
            try await alice.say("/order")
            #expect(try await alice.hears() == "Your name?")
            try await alice.say("Ann")
            #expect(try await alice.hears() == "One moment, Ann")
            await reached.wait()
            running.cancel()
            shutdown.trigger()
            try await running.value
            try await stage.run(try make(hangs: false)) {
                #expect(try await alice.hears() == "Sure?")
                try await alice.say("yes")
                #expect(try await alice.hears() == "Done")
            }
            #expect(effects.withLock(\.self) == ["Ann"])
            let orders: [String] = try await stage.database.read { try $0.values("SELECT name FROM orders") }
            #expect(orders == ["Ann"])
        }
    }

    @Test func `a fault leaves the conversation at its question, and effects are not repeated`() async throws {
        struct Broken: Error {}
        try await Stage.play { stage in
            let tries = Mutex(0)
            let effects = Mutex(0)
            let bot = try stage.bot { bot in
                bot.conversation("order", on: .command("order")) { talk in
                    let name = try await talk.ask("Your name?")
                    try await talk.once("effect") { effects.withLock { $0 += 1 } }
                    let isFirst = tries.withLock { tries in
                        tries += 1
                        return tries == 1
                    }
                    if isFirst { throw Broken() }
                    try await talk.say("Thanks, \(name)")
                }
            }
            let boris = try await stage.person(502)
            try await stage.run(bot) {
                try await boris.say("/order")
                #expect(try await boris.hears() == "Your name?")
                try await boris.say("Борис")
                #expect(try await boris.hears() == KitTexts.standard.russian.failure)
                try await boris.say("Борис!")
                #expect(try await boris.hears() == "Thanks, Борис!")
            }
            #expect(effects.withLock(\.self) == 1)
        }
    }

    @Test func `cancelling ends it, a second command begins it anew, another conversation takes its place`()
        async throws
    {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                Self.declareOrder(&bot)
                bot.conversation("other", on: .text("Other")) { talk in
                    let answer = try await talk.receive("A photo?") { $0.photo == nil ? nil : "photo" }
                    try await talk.say("\(answer)")
                }
                bot.command("from") { ctx in try await ctx.begin("other", with: "x") }
                Self.echo(&bot)
            }
            let alice = try await stage.person(501)
            let texts = KitTexts.standard.english.conversation
            try await stage.run(bot) {
                try await alice.say("/cancel")
                try await alice.say("/order")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("/cancel")
                #expect(try await alice.hears() == texts.cancelled)
                try await alice.say("Ann")
                #expect(try await alice.hears() == "echo Ann")
                try await alice.say("/order")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("Ann")
                #expect(try await alice.hears() == "Your age?")
                try await alice.say("/order")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("/from")
                #expect(try await alice.hears() == "A photo?")
                try await alice.say("Ann")
                #expect(try await alice.hears() == texts.unclear)
            }
        }
    }

    @Test func `a question that has waited too long says so`() async throws {
        // The wall clock is the test's; what the kit waits for passes as always.
        let time = CorrectedTime()
        try await Stage.play(time: time) { stage in
            let bot = try stage.bot(time: time) { bot in
                bot.conversation("order", on: .command("order"), timeout: .seconds(3600)) { talk in
                    _ = try await talk.ask("Your name?")
                    _ = try await talk.ask("Quick!", within: .seconds(60))
                }
                Self.echo(&bot)
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("/order")
                _ = try await alice.answer { $0["text"] == "Your name?" }
                try await alice.say("Ann")
                _ = try await alice.answer { $0["text"] == "Quick!" }
                // The question is sent before its time is stored.
                try await until { bot.status.waiting == 0 }
                time.setWallClock(time.now.adding(.seconds(61)))
                try await alice.say("late")
                #expect(try await alice.hears() == KitTexts.standard.english.dialogueExpired)
                try await alice.say("on")
                #expect(try await alice.hears() == "echo on")
            }
        }
    }

    @Test func `what it was begun with and the language stay as they were`() async throws {
        try await Stage.play { stage in
            let hello = Localized(english: "Hello", russian: "Привет")
            func make() throws -> Bot {
                try stage.bot { bot in
                    bot.conversation("greet", on: .command("greet")) { talk in
                        let sure = try await talk.confirm("\(hello[talk]), \(talk.arguments)?")
                        try await talk.say("\(hello[talk]), \(talk.arguments): \(sure)")
                    }
                    bot.command("english") { ctx in
                        try await ctx.setLanguage(.english)
                        try await ctx.reply("English")
                    }
                    bot.command("begin") { ctx in try await ctx.begin("greet", with: "Земля") }
                }
            }
            let boris = try await stage.person(502)
            try await stage.run(try make()) {
                try await boris.say("/greet старый мир ")
                let question = try await boris.answer()
                #expect(question["text"] == "Привет, старый мир?")
                #expect(ListStory.titles(question) == ["Да", "Нет"])
            }
            try await stage.run(try make()) {
                try await boris.say("/english")
                #expect(try await boris.hears() == "English")
                try await boris.say("нет")
                #expect(try await boris.hears() == "Привет, старый мир: false")
                try await boris.say("/begin")
                #expect(try await boris.hears() == "Hello, Земля?")
            }
        }
    }

    @Test func `swallowing what stops the code does not let it run on`() async throws {
        try await Stage.play { stage in
            let reached = Mutex(0)
            let bot = try stage.bot { bot in
                bot.conversation("order", on: .command("order")) { talk in
                    var name: String?
                    do { name = try await talk.ask("Your name?") } catch { name = nil }
                    reached.withLock { $0 += 1 }
                    try await talk.say("Thanks, \(name ?? "nobody")")
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("/order")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("Ann")
                #expect(try await alice.hears() == "Thanks, Ann")
            }
            #expect(reached.withLock(\.self) == 2)
        }
    }

    @Test func `in a group it is with the one who began it, and their replies are the answers`() async throws {
        try await Stage.play { stage in
            let group = try #require(
                try await stage.control(
                    "/sim/chats",
                    [
                        "user": 501, "type": "group", "title": "Shirts",
                        "members": [502, .integer(Person.bot)],
                    ])["chat"]?["id"]?.integerValue)
            let bot = try stage.bot { bot in
                Self.declareOrder(&bot)
                Self.echo(&bot)
            }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                func reply(_ user: Int64, _ message: JSONValue, _ text: String) async throws {
                    try await stage.control(
                        "/sim/messages",
                        [
                            "user": .integer(user), "chat": .integer(group), "text": .string(text),
                            "reply_to": message["id"] ?? .null,
                        ])
                }
                try await alice.say("/order@test_bot", in: group)
                let name = try await alice.answer(in: group)
                #expect(name["text"] == "Your name?")
                try await reply(502, name, "Борис")
                _ = try await alice.answer(in: group) { $0["text"] == "echo Борис" }
                try await reply(501, name, "Ann")
                try await reply(501, try await alice.answer(in: group) { $0["text"] == "Your age?" }, "30")
                let size = try await alice.answer(in: group) { $0["text"] == "Size?" }
                _ = try await boris.answer(in: group) { $0["text"] == "Size?" }
                let query = try await boris.press(size, in: group)["query"]
                let answer = try await boris.next("callback_answer") { $0["query"] == query }
                #expect(answer["text"]?.stringValue == KitTexts.standard.russian.conversation.notForYou)
                try await alice.press(size, in: group)
                #expect(try await alice.hears(in: group) == "Thanks, Ann (30): S, no. 42")
            }
        }
    }
}
