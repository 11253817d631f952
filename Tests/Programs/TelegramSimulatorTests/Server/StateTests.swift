import Foundation
import HTTP
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct StateTests {
    @Test func `the world is as it was after a restart`() async throws {
        let directory = "/tmp/telegram-simulator-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var id: Int64 = 0
        var update: Int64 = 0
        try await Stage.run(state: directory) { (stage: Stage) async throws -> Void in
            try await stage.start()
            id = try await stage.say("kept")
            update = try await stage.updates().first?["update_id"]?.integer ?? 0
            _ = try await stage.call("setMyCommands", #"{"commands":[{"command":"a","description":"A"}]}"#)
            _ = try await stage.call("sendDice", #"{"chat_id":501}"#)
        }
        try await Stage.run(state: directory) { (stage: Stage) async throws -> Void in
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(
                view["messages"]?.array?.contains { $0["text"]?.string == "kept" && $0["id"]?.integer == id } == true)
            #expect(try await stage.updates().first?["update_id"]?.integer == update)
            #expect(try await stage.call("getMyCommands").result.array?.count == 1)
            let next = try await stage.call("sendMessage", #"{"chat_id":501,"text":"next"}"#)
            #expect(next.result["message_id"]?.integer == id + 2)
            let group = try await stage.view("chats/-4001/messages?user=502")
            #expect(group["chat"]?["title"]?.string == "Friends")
        }
    }

    @Test func `what was answered outlives a killed process`() async throws {
        let directory = "/tmp/telegram-simulator-state-\(UUID().uuidString)"
        let left = directory + "-left"
        defer {
            for path in [directory, left] { try? FileManager.default.removeItem(atPath: path) }
        }
        var id: Int64 = 0
        var update: Int64 = 0
        try await Stage.run(state: directory) { (stage: Stage) async throws -> Void in
            try await stage.start()
            for number in 1...20 {
                let sent = try await stage.call("sendMessage", #"{"chat_id":501,"text":"answer \#(number)"}"#)
                #expect(sent.status == 200)
            }
            id = try await stage.say("the last word")
            // The files as they are now, nothing stopped or closed, are what a kill leaves.
            try FileManager.default.copyItem(atPath: directory, toPath: left)
            update = try await stage.updates().first?["update_id"]?.integer ?? 0
        }
        try await Stage.run(state: left) { (stage: Stage) async throws -> Void in
            let view = try await stage.view("chats/7001/messages?user=501")
            let messages = view["messages"]?.array ?? []
            #expect(messages.count == 22)
            #expect(messages.last?["text"]?.string == "the last word")
            #expect(messages.last?["id"]?.integer == id)
            let updates = try await stage.updates()
            #expect(updates.map { $0["update_id"]?.integer } == [update])
            #expect(updates.first?["message"]?["text"]?.string == "the last word")
        }
    }

    @Test func `a webhook and the choice of kinds outlive a restart, and what waits is delivered`() async throws {
        let directory = "/tmp/telegram-simulator-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let hook = Hook([.empty(500), .empty(500)])
        let server = HTTPServer(HTTPServer.Configuration(), responder: hook, logger: .disabled)
        let url = try await server.start().url
        try await Stage.run(state: directory) { (stage: Stage) async throws -> Void in
            _ = try await stage.call(
                "setWebhook", #"{"url":"\#(url)/hook","allowed_updates":["message"],"secret_token":"s"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
        }
        try await Stage.run(state: directory) { (stage: Stage) async throws -> Void in
            let (update, fields) = await hook.deliveries(1)[0]
            #expect(update["message"]?["text"]?.string == "/start")
            #expect(fields["X-Telegram-Bot-Api-Secret-Token"] == "s")
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["allowed_updates"]?.array?.compactMap(\.string) == ["message"])
        }
        await server.stop()
    }

    @Test func `a world file is read, and its faults are named`() async throws {
        let world =
            #"{"open":false,"users":[{"id":9,"first_name":"Zoe"}],"bots":[{"token":"5:x","first_name":"B"}],"chats":[{"type":"supergroup","title":"S","owner":9,"members":[{"user":5,"role":"administrator"}]}]}"#
        try await Stage.run(world: world) { (stage: Stage) async throws -> Void in
            #expect(try await stage.call("getMe", token: "5:x").result["first_name"]?.string == "B")
            #expect(try await stage.call("getMe", token: "6:CCCCCCCCCCCCCCCCCCCCCCCC").status == 401)
            #expect(try await stage.view("users")["users"]?.array?.count == 3)
        }
        await #expect(throws: WorldFile.Fault.self) {
            try await Stage.run(world: #"{"chats":[{"type":"odd"}]}"#) { _ in }
        }
    }
}
