import HTTP
import HTTPClient
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ControlTests {
    @Test func `other sites may not act, strange hosts are not served`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let body = ClientBody.bytes(Array(#"{"first_name":"Eve"}"#.utf8))
            var fields: HTTPFields = ["Content-Type": "application/json", "Origin": "https://evil.example"]
            let foreign = try await stage.http.send(
                ClientRequest(.post, "\(stage.url)/sim/users", fields: fields, body: body))
            #expect(foreign.status == .forbidden)
            fields["Origin"] = stage.url
            let own = try await stage.http.send(
                ClientRequest(.post, "\(stage.url)/sim/users", fields: fields, body: body))
            #expect(own.status == .ok)
            let rebound = try await stage.http.send(
                ClientRequest("\(stage.url)/sim/users", fields: ["Host": "evil.example"]))
            #expect(rebound.status == .forbidden)
        }
    }

    @Test func `events tell what happens, and can be resumed`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let state = try await stage.view("state?user=501")
            let last = try #require(state["last_event"]?.integer)
            _ = try await stage.call("sendMessage", #"{"chat_id":501,"text":"hello"}"#)
            _ = try await stage.call("sendChatAction", #"{"chat_id":501,"action":"typing"}"#)
            var request = ClientRequest("\(stage.url)/sim/events?user=501&after=\(last)")
            request.timeouts = .streaming
            let stream = try await stage.http.stream(request)
            var kinds: [String] = []
            for try await event in stream.body.serverSentEvents {
                guard let kind = event.event else { continue }
                kinds.append(kind)
                if kind == "message" {
                    let data = try #require(JSONNode(event.data))
                    #expect(data["message"]?["text"]?.string == "hello")
                    #expect(data["chat"]?.integer == 7001)
                    #expect(data["unread"]?.integer == 1)
                }
                if kind == "action" { break }
            }
            #expect(kinds.filter { $0 != "chat" } == ["message", "call", "action"])
        }
    }

    @Test func `faults hit the calls they are meant for`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.act("faults", #"{"method":"sendMessage","kind":"flood","seconds":7}"#)
            #expect(try await stage.call("getMe").status == 200)
            let flood = try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#)
            #expect(flood.status == 429)
            #expect(flood.fields["Retry-After"] == "7")
            #expect(flood.json["parameters"]?["retry_after"]?.integer == 7)
            #expect(try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#).status == 200)
            try await stage.act("faults", #"{"method":"*","kind":"html","code":502}"#)
            #expect(try await stage.call("getMe").status == 502)
            try await stage.act("faults", #"{"method":"sendMessage","kind":"lost"}"#)
            await #expect(throws: HTTPClientError.self) {
                _ = try await stage.call("sendMessage", #"{"chat_id":501,"text":"lost"}"#)
            }
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(view["messages"]?.array?.last?["text"]?.string == "lost")
        }
    }

    @Test func `the realistic flood profile lets three through and then makes them wait`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.act("flood", #"{"profile":"realistic"}"#)
            var statuses: [Int] = []
            for _ in 0..<4 {
                statuses.append(try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#).status)
            }
            #expect(statuses == [200, 200, 200, 429])
            stage.time.advance(by: .seconds(1))
            #expect(try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#).status == 200)
        }
    }

    @Test func `the clock is moved, the log shows calls, coverage the methods`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let before = try await stage.view("state?user=501")["now"]?.integer ?? 0
            let moved = try await stage.act("clock/advance", #"{"seconds":3600}"#)
            #expect(moved["now"]?.integer == before + 3600)
            _ = try await stage.call("getMe")
            let entry = try await stage.view("log")["entries"]?.array?.last
            #expect(entry?["method"]?.string == "getMe")
            #expect(entry?["ok"] == .bool(true))
            let coverage = try await stage.view("coverage")
            #expect(coverage["total"]?.integer == 185)
            #expect(coverage["simulated"]?.integer ?? 0 >= 60)
        }
    }

    @Test func `a reset makes the world new and keeps the bots`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.say("x")
            try await stage.act("reset", "{}")
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(view["messages"] == .array([]))
            #expect(try await stage.call("getMe").status == 200)
            try await stage.start()
        }
    }

    @Test func `the same seed deals the same numbers`() async throws {
        func story(_ seed: UInt64) async throws -> [String] {
            var result: [String] = []
            try await Stage.run(seed: seed) { (stage: Stage) async throws -> Void in
                try await stage.start()
                for _ in 0..<3 {
                    let dice = try await stage.call("sendDice", #"{"chat_id":501}"#).result
                    result.append("\(dice["message_id"]?.integer ?? 0) \(dice["dice"]?["value"]?.integer ?? 0)")
                }
                _ = try await stage.say("x")
                result.append("\(try await stage.updates().first?["update_id"]?.integer ?? 0)")
            }
            return result
        }
        let first = try await story(5)
        let again = try await story(5)
        let other = try await story(6)
        #expect(first.count == 4)
        #expect(again == first)
        #expect(other != first)
    }
}
