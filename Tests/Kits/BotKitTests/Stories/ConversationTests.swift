import JSON
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// What people see of a bot, played against the simulated Telegram.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ConversationTests {
    struct Vote: CallbackPayload {
        var likes: Bool
    }

    enum Signup: DialogueState {
        case name
        case age(name: String)
    }

    @Test func `commands with arguments, formatting and usage in the person's language`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.command("start") { ctx in try await ctx.reply("Hello, \(bold: ctx.name)!") }
                bot.command("add", usage: "2 3") { (ctx, first: Int, second: Int) in
                    try await ctx.reply("\(first + second)")
                }
                bot.otherwise { ctx in try await ctx.reply("?") }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("/start")
                let hello = try await alice.answer()
                #expect(hello["text"] == "Hello, Alice!")
                #expect(hello["entities"]?[0]?["type"] == "bold")
                #expect(hello["entities"]?[0]?["offset"] == 7)
                try await alice.say("/add 40 2")
                #expect(try await alice.hears() == "42")
                let boris = try await stage.person(502)
                try await boris.say("/add сорок")
                #expect(try await boris.hears() == "Напишите, пожалуйста, так: /add 2 3")
                try await boris.say("/unknown")
                #expect(try await boris.hears() == "?")
            }
        }
    }

    @Test func `buttons carry values, are answered by themselves, and grow stale politely`() async throws {
        try await Stage.play { stage in
            let keyboard = InlineKeyboard {
                Row {
                    Button("👍", Vote(likes: true))
                    Button("👎", Vote(likes: false))
                }
            }
            let bot = try stage.bot { bot in
                bot.command("ask") { ctx in try await ctx.reply("Well?", keyboard: keyboard) }
                bot.press(Vote.self) { ctx, vote in
                    try await ctx.edit(vote.likes ? "Liked" : "Disliked", keyboard: keyboard)
                }
            }
            let later = try stage.bot { bot in bot.text { _, _ in } }
            let alice = try await stage.person(501)
            var message = JSONValue.null
            try await stage.run(bot) {
                try await alice.say("/ask")
                message = try await alice.answer()
                let query = try await alice.press(message, column: 1)["query"]
                let edit = try await alice.next("edit")
                #expect(edit["message"]?["text"] == "Disliked")
                let answer = try await alice.next("callback_answer") { $0["query"] == query }
                #expect(answer["text"] == nil || answer["text"] == "")
            }
            var configuration = stage.configuration
            configuration.additionalKinds = [.callbackQuery]
            let newer = try stage.bot(configuration) { bot in bot.text { _, _ in } }
            _ = later
            try await stage.run(newer) {
                try await alice.press(message)
                let answer = try await alice.next("callback_answer")
                #expect(answer["text"]?.stringValue == KitTexts.standard.english.staleButton)
            }
        }
    }

    @Test func `a dialogue goes on after a restart, and commands stay usable inside it`() async throws {
        try await Stage.play { stage in
            func make() throws -> Bot {
                try stage.bot { bot in
                    bot.command("signup") { ctx in
                        ctx.go(to: Signup.name)
                        try await ctx.reply("Your name?")
                    }
                    bot.command("cancel") { ctx in
                        ctx.endDialogue()
                        try await ctx.reply("Cancelled")
                    }
                    bot.dialogue(Signup.self) { ctx, state in
                        switch state {
                        case .name:
                            ctx.go(to: Signup.age(name: ctx.text ?? ""))
                            try await ctx.reply("Your age?")
                        case .age(let name):
                            guard let age = ctx.text.flatMap({ Int($0) }) else {
                                try await ctx.reply("A number, please")
                                return
                            }
                            ctx.endDialogue()
                            try await ctx.reply("\(name), \(age)")
                        }
                    }
                    bot.text { ctx, text in try await ctx.reply("echo \(text)") }
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(try make()) {
                try await alice.say("/signup")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("Ann")
                #expect(try await alice.hears() == "Your age?")
            }
            try await stage.run(try make()) {
                try await alice.say("many")
                #expect(try await alice.hears() == "A number, please")
                try await alice.say("30")
                #expect(try await alice.hears() == "Ann, 30")
                try await alice.say("30")
                #expect(try await alice.hears() == "echo 30")
                try await alice.say("/signup")
                #expect(try await alice.hears() == "Your name?")
                try await alice.say("/cancel")
                #expect(try await alice.hears() == "Cancelled")
                try await alice.say("x")
                #expect(try await alice.hears() == "echo x")
            }
        }
    }

    @Test func `a failing handler apologises in the person's language and logs the detail with the trace id`()
        async throws
    {
        struct Broken: Error {}
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.command("fail") { _ in throw Broken() }
                bot.text { ctx, text in try await ctx.reply(text) }
            }
            try await stage.run(bot) {
                let boris = try await stage.person(502)
                try await boris.say("/fail")
                #expect(try await boris.hears() == KitTexts.standard.russian.failure)
                try await boris.say("дальше")
                #expect(try await boris.hears() == "дальше")
            }
            let record = try #require(stage.log.records.first { $0.message == "handler failed" })
            #expect(record.fields["error"] == .string("Broken()"))
            guard case .string(let trace)? = record.fields["trace"] else { return #expect(Bool(false)) }
            #expect(trace.hasPrefix("7001-"))
        }
    }

    @Test func `strangers are told once and then met with silence`() async throws {
        try await Stage.play { stage in
            let handled = Mutex<[String]>([])
            let bot = try stage.bot { bot in
                bot.use { ctx, next in
                    try await next(ctx)
                    handled.withLock { $0.append(ctx.text ?? "") }
                }
                bot.use(AccessList(users: [501]))
                bot.text { ctx, text in try await ctx.reply("Welcome") }
            }
            try await stage.run(bot) {
                let (alice, boris) = (try await stage.person(501), try await stage.person(502))
                try await boris.say("1")
                #expect(try await boris.hears() == KitTexts.standard.russian.refusal)
                try await boris.say("2")
                try await boris.say("3")
                try await alice.say("hi")
                #expect(try await alice.hears() == "Welcome")
                // The poller takes updates in order, so Boris's are at least stored; wait until they are done.
                try await until { handled.withLock({ $0.count }) >= 4 }
                let messages =
                    try await stage.control("/sim/chats/7001/messages?user=502")["messages"]?.arrayValue ?? []
                #expect(messages.filter { $0["out"] != true }.count == 1)
            }
        }
    }

    @Test func `the updates of a chat run in order, chats side by side`() async throws {
        try await Stage.play { stage in
            let blocked = Shutdown()
            let bot = try stage.bot { bot in
                bot.text { ctx, text in
                    if text == "slow" { await blocked.wait() }
                    try await ctx.reply(text)
                }
            }
            try await stage.run(bot) {
                let (alice, boris) = (try await stage.person(501), try await stage.person(502))
                try await alice.say("slow")
                for number in 1...5 { try await alice.say("\(number)") }
                try await boris.say("quick")
                #expect(try await boris.hears() == "quick", "Boris is answered while Alice waits")
                blocked.trigger()
                for expected in ["slow", "1", "2", "3", "4", "5"] { #expect(try await alice.hears() == expected) }
            }
        }
    }

    @Test func `long texts are divided, the keyboard stands under the last part`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    let lines = (1...1000).map { FormattedText("line \($0)") }
                    try await ctx.reply(
                        lines.joined(separator: "\n"), keyboard: InlineKeyboard { Button("Ok", Vote(likes: true)) })
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("go")
                let parts = [try await alice.answer(), try await alice.answer(), try await alice.answer()]
                #expect(parts.map { $0["keyboard"] != nil } == [false, false, true])
                #expect(
                    parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n").split(separator: "\n").count
                        == 1000)
            }
        }
    }
}
