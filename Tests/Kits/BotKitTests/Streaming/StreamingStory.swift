import JSON
import Support
import TelegramAPI
import Testing

@testable import BotKit

/// An answer that is shown while it is being written.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct StreamingStory {
    @Test func `in a private chat a draft grows, and the message takes its place`() async throws {
        try await Stage.play { stage in
            let hold = Shutdown()
            let bot = try stage.bot { bot in
                bot.text { ctx, _ in
                    try await ctx.stream { answer in
                        try await answer.append("Once **upon")
                        await hold.wait()
                        try await answer.append(" a time**.")
                    }
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("tell me")
                let draft = try await alice.next("draft")
                #expect(draft["message"]?["text"] == "Once upon")
                #expect(draft["message"]?["entities"]?[0]?["type"] == "bold")
                hold.trigger()
                let message = try await alice.answer()
                #expect(message["text"] == "Once upon a time.")
                #expect(message["entities"]?[0]?["length"] == 11)
            }
        }
    }

    @Test func `stop ends the writing, and what was written is sent`() async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.offersStop = true
            let bot = try stage.bot(configuration) { bot in
                bot.text { ctx, _ in
                    try await ctx.stream { answer in
                        try await answer.append("Word by word")
                        // Goes on until the person has had enough.
                        while true {
                            try await answer.append("")
                            await Task.yield()
                        }
                    }
                }
                bot.command("next", "Whether the chat goes on") { ctx in try await ctx.reply("here") }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("tell me")
                let draft = try await alice.next("draft")
                try await stage.control(
                    "/sim/stop-draft", ["user": 501, "chat": .integer(Person.bot), "draft": draft["draft"] ?? .null])
                #expect(try await alice.hears() == "Word by word")
                try await alice.say("/next")
                #expect(try await alice.hears() == "here")
            }
        }
    }

    @Test func `stop is heard while no worker is free for it`() async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.offersStop = true
            configuration.concurrency = 1
            let bot = try stage.bot(configuration) { bot in
                bot.text { ctx, _ in
                    try await ctx.stream { answer in
                        try await answer.append("Word by word")
                        while true {
                            try await answer.append("")
                            await Task.yield()
                        }
                    }
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("tell me")
                let draft = try await alice.next("draft")
                try await stage.control(
                    "/sim/stop-draft", ["user": 501, "chat": .integer(Person.bot), "draft": draft["draft"] ?? .null])
                #expect(try await alice.hears() == "Word by word")
            }
        }
    }

    @Test func `in a group a message is edited, and its last state arrives through a flood`() async throws {
        try await Stage.play { stage in
            let hold = Shutdown()
            let bot = try stage.bot { bot in
                bot.command("tell", "A long story") { ctx in
                    try await ctx.stream { answer in
                        for number in 1...10 { try await answer.append("word\(number) ") }
                        await hold.wait()
                        for number in 11...900 { try await answer.append("word\(number) ") }
                    }
                }
            }
            let made = try await stage.control(
                "/sim/chats", ["user": 501, "type": "group", "title": "Stories", "members": [.integer(Person.bot)]])
            let chat = try #require(made["chat"]?["id"]?.integerValue)
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await stage.control(
                    "/sim/faults", ["method": "editMessageText", "kind": "flood", "count": 1, "seconds": 1])
                try await alice.say("/tell@test_bot", in: chat)
                #expect(try await alice.hears(in: chat)?.hasPrefix("word1 word2") == true)
                hold.trigger()
                _ = try await alice.next("edit", where: { $0["chat"]?.integerValue == chat })
                _ = try await alice.hears(in: chat)
            }
            // By now the handler has ended. What was shown on the way depends on how fast the machine is.
            let messages = try await stage.control("/sim/chats/\(chat)/messages?user=501")["messages"]?.arrayValue ?? []
            let texts = messages.filter { $0["out"] != true }.compactMap { $0["text"]?.stringValue }
            #expect(
                texts.joined(separator: " ").split(separator: " ").map(String.init) == (1...900).map { "word\($0)" })
        }
    }

    @Test func `a text without words sends nothing, and an error comes after what was written`() async throws {
        struct ModelFailed: Error {}
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.command("empty", "Nothing") { ctx in
                    let sent = try await ctx.stream { try await $0.append("  \n") }
                    try await ctx.reply("\(sent.count) messages")
                }
                bot.command("fail", "Half an answer") { ctx in
                    try await ctx.stream { answer in
                        try await answer.append("The answer is")
                        throw ModelFailed()
                    }
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("/empty")
                #expect(try await alice.hears() == "0 messages")
                try await alice.say("/fail")
                #expect(try await alice.hears() == "The answer is")
                #expect(try await alice.hears() == KitTexts.standard.english.failure)
            }
        }
    }
}
