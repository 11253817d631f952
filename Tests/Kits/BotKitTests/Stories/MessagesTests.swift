import JSON
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Messages that replace each other, progress, menus of commands, languages.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct MessagesTests {
    @Test func `a slot holds one message, also over a restart`() async throws {
        try await Stage.play { stage in
            func make() throws -> Bot {
                try stage.bot { bot in
                    bot.command("menu") { ctx in
                        try await ctx.messages.replace("menu", in: 501, with: "Menu")
                    }
                    bot.command("status") { ctx in
                        try await ctx.messages.update("menu", in: 501, with: "Menu, newer")
                    }
                    bot.command("tip") { ctx in
                        let isFirst = try await ctx.messages.once("tip", in: 501, "A tip")
                        if !isFirst { try await ctx.reply("No tip") }
                    }
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(try make()) {
                try await alice.say("/menu")
                let first = try await alice.answer()
                try await alice.say("/menu")
                #expect(try await alice.hears() == "Menu")
                let deleted = try await alice.next("delete")
                #expect(deleted["messages"]?[0] == first["id"])
                try await alice.say("/tip")
                #expect(try await alice.hears() == "A tip")
            }
            try await stage.run(try make()) {
                try await alice.say("/status")
                #expect(try await alice.next("edit")["message"]?["text"] == "Menu, newer")
                try await alice.say("/tip")
                #expect(try await alice.hears() == "No tip")
            }
        }
    }

    @Test func `progress is shown not too often, and its end always`() async throws {
        try await Stage.play { stage in
            // On a clock that stands still all but the end comes too soon after the start, however slow the machine is.
            let bot = try stage.bot(time: ManualTime()) { bot in
                bot.text { ctx, _ in
                    let progress = try await ctx.progress("0 %")
                    for percent in 1...50 { await progress.show("\(percent) %") }
                    try await progress.finish("Done")
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("go")
                #expect(try await alice.hears() == "0 %")
                #expect(try await alice.next("edit")["message"]?["text"] == "Done")
            }
        }
    }

    @Test func `an action is shown while something takes long`() async throws {
        try await Stage.play { stage in
            let blocked = Shutdown()
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    await ctx.typing(.uploadPhoto) { await blocked.wait() }
                    try await ctx.reply("ready")
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("go")
                #expect(try await alice.next("action")["action"] == "upload_photo")
                blocked.trigger()
                #expect(try await alice.hears() == "ready")
            }
        }
    }

    @Test func `menus are set per language, and only when they have changed`() async throws {
        try await Stage.play { stage in
            func calls() async throws -> Int {
                let log = try await stage.control("/sim/log?limit=1000")["entries"]?.arrayValue ?? []
                return log.filter { $0["method"] == "setMyCommands" }.count
            }
            func bot(_ second: Localized<String>) throws -> Bot {
                try stage.bot { bot in
                    bot.command("random", Localized(english: "A photo", russian: "Снимок")) { ctx in
                        try await ctx.reply("ok")
                    }
                    bot.command("stats", second) { _ in }
                    bot.command("hidden") { _ in }
                }
            }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            for _ in 0..<2 {
                try await stage.run(try bot(Localized(english: "Figures", russian: "Цифры"))) {
                    try await alice.say("/random")
                    #expect(try await alice.hears() == "ok")
                }
            }
            #expect(try await calls() == 2)
            func menu(_ user: Int) async throws -> [String] {
                try await stage.control("/sim/commands?user=\(user)&chat=7001")["commands"]?.arrayValue?
                    .compactMap { $0["description"]?.stringValue } ?? []
            }
            #expect(try await menu(501) == ["A photo", "Figures"])
            #expect(try await menu(502) == ["Снимок", "Цифры"])
            _ = boris
            try await stage.run(try bot(Localized(english: "Figures", russian: "Числа"))) {
                try await alice.say("/random")
                #expect(try await alice.hears() == "ok")
            }
            #expect(try await calls() == 3)
        }
    }

    @Test func `a chosen language wins over that of the person's Telegram, for good`() async throws {
        try await Stage.play { stage in
            let word = Localized(english: "yes", russian: "да")
            func make() throws -> Bot {
                try stage.bot { bot in
                    bot.command("en") { ctx in
                        try await ctx.setLanguage(.english)
                        try await ctx.reply(word[ctx])
                    }
                    bot.text { ctx, _ in try await ctx.reply(word[ctx]) }
                }
            }
            let boris = try await stage.person(502)
            try await stage.run(try make()) {
                try await boris.say("?")
                #expect(try await boris.hears() == "да")
                try await boris.say("/en")
                #expect(try await boris.hears() == "yes")
            }
            try await stage.run(try make()) {
                try await boris.say("?")
                #expect(try await boris.hears() == "yes")
            }
        }
    }
}
