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

    @Test func `close is for bots that run for ten minutes`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            stage.time.advance(by: .seconds(100))
            let early = try await stage.call("close")
            #expect(early.status == 429)
            #expect(early.json["parameters"]?["retry_after"]?.integer == 500)
            #expect(early.fields["Retry-After"] == "500")
            stage.time.advance(by: .seconds(500))
            let late = try await stage.call("close")
            #expect(late.result == .bool(true))
        }
    }
}
