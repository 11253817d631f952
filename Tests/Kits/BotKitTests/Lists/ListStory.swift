import JSON
import Storage
import Support
import TelegramAPI
import Testing

@testable import BotKit

/// Lists with pages, played against the simulated Telegram.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ListStory {
    static func declare(_ bot: inout Routes, readers: PageReaders = .asker, count: Int = 7) {
        bot.pages("numbers", size: 3, for: readers) { _, request in
            let page = request.page(of: 1...count)
            return PageView(page, "\(request.argument): \(page.items.map(String.init).joined(separator: " "))")
        }
        bot.command("list") { (ctx, argument: String?) in try await ctx.showPages("numbers", argument ?? "all") }
    }

    static func titles(_ message: JSONValue) -> [String] {
        (message["keyboard"]?.arrayValue ?? []).flatMap { $0.arrayValue ?? [] }.compactMap { $0["text"]?.stringValue }
    }

    @Test(arguments: ["all", String(repeating: "много слов ", count: 40) + "end"])
    func `arrows turn the pages in place, however long the argument is, also after a restart`(argument: String)
        async throws
    {
        try await Stage.play { stage in
            let alice = try await stage.person(501)
            var message = JSONValue.null
            try await stage.run(try stage.bot { bot in Self.declare(&bot) }) {
                try await alice.say("/list \(argument)")
                message = try await alice.answer()
                #expect(message["text"]?.stringValue == "\(argument): 1 2 3")
                #expect(Self.titles(message) == ["‹", "1/3", "›"])
            }
            try await stage.run(try stage.bot { bot in Self.declare(&bot) }) {
                try await alice.press(message, column: 2)
                let second = try await alice.next("edit")["message"] ?? .null
                #expect(second["text"]?.stringValue == "\(argument): 4 5 6")
                #expect(second["id"] == message["id"])
                #expect(Self.titles(second) == ["‹", "2/3", "›"])
                try await alice.press(message, column: 0)
                #expect(try await alice.next("edit")["message"]?["text"]?.stringValue == "\(argument): 1 2 3")
                try await alice.press(message, column: 0)
                #expect(try await alice.next("edit")["message"]?["text"]?.stringValue == "\(argument): 7")
            }
            // The list has become shorter: the last page is what there is.
            try await stage.run(try stage.bot { bot in Self.declare(&bot, count: 4) }) {
                try await alice.press(message, column: 1)
                let last = try await alice.next("edit")["message"] ?? .null
                #expect(last["text"]?.stringValue == "\(argument): 4")
                #expect(Self.titles(last) == ["‹", "2/2", "›"])
            }
        }
    }

    @Test func `a list on one page has no arrows`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in Self.declare(&bot, count: 3) }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("/list")
                #expect(Self.titles(try await alice.answer()).isEmpty)
            }
        }
    }

    @Test func `a list that is not declared any more, or whose argument was forgotten, answers as stale`()
        async throws
    {
        try await Stage.play { stage in
            let alice = try await stage.person(501)
            let stale = KitTexts.standard.english.staleButton
            var message = JSONValue.null
            try await stage.run(try stage.bot { bot in Self.declare(&bot) }) {
                try await alice.say("/list \(String(repeating: "x", count: 200))")
                message = try await alice.answer()
                try await stage.database.execute("DELETE FROM bot_list_arguments")
                try await alice.press(message, column: 2)
                #expect(try await alice.next("callback_answer")["text"]?.stringValue == stale)
            }
            var configuration = stage.configuration
            configuration.additionalKinds = [.callbackQuery]
            try await stage.run(try stage.bot(configuration) { _ in }) {
                try await alice.press(message, column: 2)
                #expect(try await alice.next("callback_answer")["text"]?.stringValue == stale)
            }
        }
    }

    @Test(arguments: [PageReaders.asker, .everyone])
    func `in a group only who asked may turn the pages, unless everybody may`(readers: PageReaders) async throws {
        try await Stage.play { stage in
            let group = try #require(
                try await stage.control(
                    "/sim/chats",
                    ["user": 501, "type": "group", "title": "Lists", "members": [502, .integer(Person.bot)]])["chat"]?[
                        "id"]?.integerValue)
            try await stage.run(try stage.bot { bot in Self.declare(&bot, readers: readers) }) {
                let alice = try await stage.person(501)
                let boris = try await stage.person(502)
                try await alice.say("/list@test_bot", in: group)
                let message = try await alice.answer(in: group)
                let query = try await boris.press(message, column: 2, in: group)["query"]
                let answer = try await boris.next("callback_answer") { $0["query"] == query }
                let refusal = KitTexts.standard.russian.conversation.notForYou
                #expect((answer["text"]?.stringValue == refusal) == (readers == .asker))
                try await alice.press(message, column: 0, in: group)
                let expected = readers == .asker ? "all: 7" : "all: 1 2 3"
                let edit = try await alice.next("edit") { $0["message"]?["text"]?.stringValue == expected }
                #expect(edit["message"]?["id"] == message["id"])
            }
        }
    }

    @Test func `what a person's lists were opened with is forgotten with the person`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in Self.declare(&bot) }
            try await bot.prepare()
            let arguments = ListArguments(core: bot.core)
            let key = try await arguments.store("secret wish", person: 501)
            #expect(try await arguments.store("secret wish", person: 501) == key)
            #expect(try await arguments.find(key) == "secret wish")
            try await stage.database.write { try bot.forget(501, in: $0) }
            #expect(try await arguments.find(key) == nil)
        }
    }
}
