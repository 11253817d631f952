import JSON
import Storage
import Support
import TelegramAPI
import Testing

@testable import BotKit

/// A broadcast as its owner and those who get it see it.
@Suite(.timeLimit(.minutes(2)))
struct BroadcastStory {
    @Test func `the owner writes the news, who has blocked the bot is left out, and a restart goes on`() async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.chatPruned = { chat, refusal, connection in
                try connection.execute("DELETE FROM readers WHERE chat = \(chat.rawValue) AND \(refusal == .blocked)")
            }
            try await stage.database.write { connection in
                try connection.execute("CREATE TABLE readers (chat BIGINT)")
                for person in [501, 502] { try connection.execute("INSERT INTO readers VALUES (\(person))") }
            }
            let bot = try stage.bot(configuration) { bot in
                bot.command("news") { (ctx, words: String) in
                    let news = try BroadcastMessage(FormattedText(words))
                    try await ctx.commit { connection in
                        try ctx.broadcasts.start(news, to: .query("SELECT chat FROM readers"), in: connection)
                    }
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await stage.control("/sim/start", ["user": 502, "bot": 7001])
                try await stage.control("/sim/block", ["user": 502, "bot": 7001])
                try await alice.say("/news hello")
                #expect(try await alice.hears() == "hello")
                try await until { try await bot.broadcasts.all().first?.state == .finished }
                let progress = try await bot.broadcasts.all().first
                #expect(progress?.sent == 1 && progress?.unreachable == 1)
            }
            let left = try await stage.database.read { try $0.values("SELECT chat FROM readers", as: Int.self) }
            #expect(left == [501])
            // Stored while no process runs, sent by the next one.
            try await bot.broadcasts.start(BroadcastMessage("good morning"), to: .chats([501]))
            let next = try stage.bot(configuration) { _ in }
            let alice = try await stage.person(501)
            try await stage.run(next) {
                let heard = try await alice.hears()
                #expect(heard == "good morning")
            }
        }
    }
}
