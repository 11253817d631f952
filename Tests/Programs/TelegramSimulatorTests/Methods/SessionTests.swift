import HTTP
import HTTPClient
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct SessionTests {
    @Test func `a bot that has logged out is refused`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let out = try await stage.call("logOut")
            #expect(out.result == .bool(true))
            let after = try await stage.call("getMe")
            #expect(after.status == 400)
            #expect(after.description == "Logged out")
        }
    }

    @Test func `who logs out waits no longer, and what waited is gone`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let waiting = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            let out = try await stage.call("logOut")
            #expect(out.result == .bool(true))
            let ended = try await waiting
            #expect(ended.status == 400)
            #expect(ended.description == "Logged out")
        }
        var world = World(options: .init(), seed: 1)
        world.addBot(token: Stage.token, id: Stage.bot, firstName: "B", username: nil)
        world.emit(.message, to: Stage.bot, lane: "") { $1.null() }
        #expect(world.queues[Stage.bot]?.count == 1)
        _ = try MethodTable.run(&world, Call(bot: Stage.bot, method: "logout", arguments: Arguments()))
        #expect(world.queues[Stage.bot]?.count == 0)
        world.emit(.message, to: Stage.bot, lane: "") { $1.null() }
        #expect(world.queues[Stage.bot]?.count == 0)
    }

    @Test func `close is for bots that run for ten minutes, again and again`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            stage.time.advance(by: .seconds(100))
            let early = try await stage.call("close")
            #expect(early.status == 429)
            #expect(early.json["parameters"]?["retry_after"]?.integer == 500)
            #expect(early.fields["Retry-After"] == "500")
            stage.time.advance(by: .seconds(500))
            async let waiting = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            let late = try await stage.call("close")
            #expect(late.result == .bool(true))
            let ended = try await waiting
            #expect(ended.status == 500)
            #expect(ended.description == "Internal Server Error: restart")
            let again = try await stage.call("close")
            #expect(again.json["parameters"]?["retry_after"]?.integer == 600)
        }
    }
}
