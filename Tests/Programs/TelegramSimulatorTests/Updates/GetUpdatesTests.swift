import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct GetUpdatesTests {
    @Test func `offsets confirm, a negative one keeps the last`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for text in ["one", "two", "three"] { _ = try await stage.say(text) }
            let all = try await stage.updates()
            let ids = all.compactMap { $0["update_id"]?.integer }
            #expect(ids.count == 3)
            #expect(ids == [ids[0], ids[0] + 1, ids[0] + 2])
            #expect((2_000_001...1_000_000_000).contains(ids[0]))
            #expect(try await stage.updates(#"{"limit":1}"#).count == 1)
            #expect(try await stage.updates(#"{"offset":\#(ids[1])}"#).count == 2)
            #expect(try await stage.updates(#"{"offset":-1}"#).first?["message"]?["text"]?.string == "three")
            #expect(try await stage.updates().count == 1)
        }
    }

    @Test func `a long poll ends with the first update`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let waiting = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            _ = try await stage.say("wake up")
            #expect(try await waiting.result.array?.first?["message"]?["text"]?.string == "wake up")
        }
    }

    @Test func `a long poll ends empty at its time`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let waiting = stage.call("getUpdates", #"{"timeout":500}"#)
            await stage.time.waitForSleepers()
            stage.time.advance(by: .seconds(50))
            #expect(try await waiting.result == .array([]))
        }
    }

    @Test func `a second poll ends the first with a conflict`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let first = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            async let second = stage.call("getUpdates", #"{"timeout":50}"#)
            let ended = try await first
            #expect(ended.status == 409)
            #expect(
                ended.description
                    == "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
            _ = try await stage.say("x")
            #expect(try await second.result.array?.count == 1)
        }
    }

    @Test func `a webhook and polling exclude each other`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let poll = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            let set = try await stage.call("setWebhook", #"{"url":"http://127.0.0.1:1/hook"}"#)
            #expect(set.json["description"]?.string == "Webhook was set")
            #expect(try await poll.description == "Conflict: terminated by setWebhook request")
            let refused = try await stage.call("getUpdates")
            #expect(
                refused.description
                    == "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
            #expect(try await stage.call("deleteWebhook").json["description"]?.string == "Webhook was deleted")
            #expect(try await stage.call("deleteWebhook").json["description"]?.string == "Webhook is already deleted")
        }
    }

    @Test(arguments: [
        (#"{"url":"http://example.com/x"}"#, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
        (
            #"{"url":"https://example.com:99/x"}"#,
            "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        ),
        (#"{"url":"nonsense"}"#, "Bad Request: invalid webhook URL specified"),
        (
            #"{"url":"https://example.com","secret_token":"a b"}"#,
            "Bad Request: secret token contains unallowed characters"
        ),
        (
            #"{"url":"https://example.com","secret_token":"\#(String(repeating: "s", count: 257))"}"#,
            "Bad Request: secret token is too long"
        ),
    ])
    func `a bad webhook is refused`(json: String, description: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            #expect(try await stage.call("setWebhook", json).description == description)
        }
    }

    @Test func `messages wait a day, callback queries 150 seconds`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.say("x")
            stage.time.advance(by: .seconds(86_399))
            #expect(try await stage.updates().count == 1)
            stage.time.advance(by: .seconds(1))
            #expect(try await stage.updates().isEmpty)
        }
    }
}
