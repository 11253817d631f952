import HTTP
import HTTPClient
import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Albums reach their handler once, as a whole, whatever happens meanwhile.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct AlbumStory {
    static func part(_ update: Int, message: Int, group: String = "77") -> RawUpdate {
        let json = """
            {"update_id":\(update),"message":{"message_id":\(message),"date":1767225600,"media_group_id":"\(group)",
            "chat":{"id":501,"type":"private","first_name":"Alice"},
            "from":{"id":501,"is_bot":false,"first_name":"Alice"},
            "photo":[{"file_id":"f\(message)","file_unique_id":"u\(message)","width":1,"height":1}]}}
            """
        return RawUpdate(updateID: update, json: Array(json.utf8))
    }

    /// What the handlers saw, in order.
    final class Seen: Sendable {
        private let log = EventLog()

        func note(_ text: String) { log.append(.init(kind: text, data: .null)) }

        var all: [String] { log.events.map(\.kind) }

        func next(_ text: String) async { _ = await log.wait(from: 0) { $0.kind == text } }
    }

    static func declare(_ bot: inout Routes, _ seen: Seen) {
        bot.photo { _, _ in seen.note("photo") }
        bot.album { _, messages in seen.note("album \(messages.map(\.messageID))") }
        bot.text { _, text in seen.note(text) }
    }

    @Test func `parts are gathered in any order, and other messages need not wait for them`() async throws {
        try await Stage.play { stage in
            let seen = Seen()
            let time = ManualTime()
            let bot = try stage.bot(time: time) { bot in Self.declare(&bot, seen) }
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            try await intake.take([Self.part(1, message: 12)])
            await time.waitForSleepers()
            try await intake.take([Self.part(2, message: 11), InboxTests.update(3, "meanwhile")])
            await seen.next("meanwhile")
            #expect(seen.all == ["meanwhile"])
            time.advance(by: .milliseconds(500))
            try await intake.take([Self.part(4, message: 13)])
            time.advance(by: .milliseconds(600))
            await time.waitForSleepers()
            #expect(seen.all == ["meanwhile"], "a part has come half a second ago")
            time.advance(by: .seconds(1))
            await seen.next("album [11, 12, 13]")
            await intake.close()
            #expect(seen.all == ["meanwhile", "album [11, 12, 13]"])
            #expect(try await bot.core.inbox.waiting(after: nil, limit: 10).isEmpty, "all parts are handled")
        }
    }

    @Test func `an end between the parts loses none, and the next run waits for the rest`() async throws {
        try await Stage.play { stage in
            let seen = Seen()
            let time = ManualTime()
            func make() throws -> Bot { try stage.bot(time: time) { bot in Self.declare(&bot, seen) } }
            let first = try make()
            try await first.prepare()
            let intake = Intake(core: first.core)
            try await intake.take([Self.part(1, message: 11), Self.part(2, message: 12)])
            await time.waitForSleepers()
            await intake.close()
            #expect(seen.all.isEmpty)
            let second = try make()
            try await second.prepare()
            let next = Intake(core: second.core)
            try await next.replay(until: Shutdown())
            await time.waitForSleepers()
            time.advance(by: .seconds(2))
            await time.waitForSleepers()
            try await next.take([Self.part(3, message: 13)])
            time.advance(by: .seconds(1))
            await seen.next("album [11, 12, 13]")
            await next.close()
            #expect(seen.all == ["album [11, 12, 13]"])
            #expect(try await second.core.inbox.waiting(after: nil, limit: 10).isEmpty)
        }
    }

    @Test func `ten parts need no waiting, and a commit in the handler marks all of them`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in
                bot.album { ctx, _ in try await ctx.commit { _ in } }
            }
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            try await intake.take((1...10).map { Self.part($0, message: $0, group: "1") })
            try await until { intake.count == 0 }
            await intake.close()
            let handled: Int? = try await stage.database.read {
                try $0.value("SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NOT NULL AND outcome IS NULL")
            }
            #expect(handled == 10)
        }
    }

    @Test func `what a person sends as an album comes as one`() async throws {
        try await Stage.play { stage in
            var configuration = stage.configuration
            configuration.albumPause = .milliseconds(500)
            let bot = try stage.bot(configuration) { bot in
                bot.photo { ctx, _ in try await ctx.reply("a photo") }
                bot.album { ctx, messages in
                    try await ctx.reply("an album of \(messages.count): \(ctx.text ?? "")")
                }
            }
            let alice = try await stage.person(501)
            // Sent before the bot runs: on a busy machine the parts may be further apart than the bot waits for.
            for number in 1...3 {
                var parts: [MultipartPart] = [
                    .field("user", "501"), .field("chat", "\(Person.bot)"), .field("album", "summer"),
                    .field("kind", "photo"), .file("file", bytes: SendingTests.png, fileName: "\(number).png"),
                ]
                if number == 1 { parts.append(.field("text", "Summer")) }
                let response = try await stage.http.send(
                    ClientRequest(.post, stage.url + "/sim/messages", body: .multipart(parts)))
                #expect(response.status == .ok)
            }
            try await stage.run(bot) {
                let heard = try await alice.hears()
                #expect(heard == "an album of 3: Summer")
            }
        }
    }
}
