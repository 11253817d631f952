import HTTP
import HTTPServer
import Support
import Synchronization
import Testing

@testable import TelegramSimulator

/// A webhook that answers from a list and lets a test wait for deliveries.
final class Hook: Responder {
    private let answers = Mutex<[ServerResponse]>([])
    private let stream: AsyncStream<(JSONNode, HTTPFields)>
    private let continuation: AsyncStream<(JSONNode, HTTPFields)>.Continuation

    init(_ answers: [ServerResponse] = []) {
        (stream, continuation) = AsyncStream.makeStream()
        self.answers.withLock { $0 = answers }
    }

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        let body = try await request.body.text()
        let answer = answers.withLock { $0.isEmpty ? ServerResponse.empty(.ok) : $0.removeFirst() }
        continuation.yield((JSONNode(body) ?? .null, request.fields))
        return answer
    }

    func deliveries(_ count: Int) async -> [(JSONNode, HTTPFields)] {
        var result: [(JSONNode, HTTPFields)] = []
        for await item in stream {
            result.append(item)
            if result.count == count { break }
        }
        return result
    }
}

@Suite(.timeLimit(.minutes(1))) struct WebhookTests {
    private func withHook(_ hook: Hook, _ body: (Stage, String) async throws -> Void) async throws {
        let server = HTTPServer(HTTPServer.Configuration(), responder: hook, logger: .disabled)
        let address = try await server.start()
        let result: Result<Void, any Error>
        do {
            result = .success(try await Stage.run { try await body($0, address.url) })
        } catch {
            result = .failure(error)
        }
        await server.stop()
        try result.get()
    }

    @Test func `an address may stand for another`() async throws {
        let hook = Hook()
        try await withHook(hook) { stage, url in
            try await stage.act("webhook-map", #"{"from":"https://bot.example.com","to":"\#(url)"}"#)
            _ = try await stage.call("setWebhook", #"{"url":"https://bot.example.com/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            #expect(await hook.deliveries(1).first?.0["message"]?["text"]?.string == "/start")
            #expect(
                try await stage.call("getWebhookInfo").result["url"]?.string == "https://bot.example.com/hook")
        }
    }

    @Test func `an answer may be a form with a file`() async throws {
        let form = Array(
            """
            --b\r\nContent-Disposition: form-data; name="method"\r\n\r\nsendDocument\r\n\
            --b\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n501\r\n\
            --b\r\nContent-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n
            """.utf8)
        let hook = Hook([.bytes(form, type: "multipart/form-data; boundary=b")])
        try await withHook(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            try await Until.holds {
                let messages = try await stage.view("chats/7001/messages?user=501")["messages"]?.array
                return messages?.last?["media"]?["name"]?.string == "a.txt"
            }
        }
    }

    @Test func `updates are posted with the secret, in order`() async throws {
        let hook = Hook()
        try await withHook(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook","secret_token":"s3cret"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = try await stage.say("two")
            let got = await hook.deliveries(2)
            #expect(got.map { $0.0["message"]?["text"]?.string } == ["/start", "two"])
            #expect(got[0].1["X-Telegram-Bot-Api-Secret-Token"] == "s3cret")
        }
    }

    @Test func `a failed delivery is repeated, and noted`() async throws {
        let hook = Hook([.empty(500), .empty(500)])
        try await withHook(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            // The first repetition follows at once, the next after two seconds.
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
            let info = try await stage.call("getWebhookInfo")
            #expect(info.result["pending_update_count"]?.integer == 1)
            #expect(
                info.result["last_error_message"]?.string
                    == "Wrong response from the webhook: 500 Internal Server Error")
            stage.time.advance(by: .seconds(2))
            let third = await hook.deliveries(1)
            #expect(third.first?.0["message"]?["text"]?.string == "/start")
        }
    }

    @Test func `an answer that says when to come again is heeded`() async throws {
        let busy = ServerResponse(status: 503, fields: ["Retry-After": "7"], body: .bytes([]))
        let hook = Hook([busy])
        try await withHook(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(1)
            await stage.time.waitForSleepers()
            #expect(stage.time.nextWakeUp == .seconds(7))
            stage.time.advance(by: .seconds(7))
            let second = await hook.deliveries(1)
            #expect(second.first?.0["message"]?["text"]?.string == "/start")
        }
    }

    @Test func `an address that is gone for a day is forgotten, and may be set again`() async throws {
        let hook = Hook([.empty(410), .empty(410), .empty(410)])
        try await withHook(hook) { stage, url in
            let set = #"{"url":"\#(url)/hook"}"#
            _ = try await stage.call("setWebhook", set)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
            let kept = try await stage.call("getWebhookInfo").result["url"]?.string
            #expect(kept == "\(url)/hook")
            stage.time.advance(by: .seconds(WebhookDeliverer.patience + 1))
            _ = await hook.deliveries(1)
            // The removal follows the answer; a refused poll tells that it is not there yet.
            try await Until.holds { try await stage.call("getUpdates").status == 200 }
            let gone = try await stage.call("getWebhookInfo").result["url"]?.string
            #expect(gone == "")
            _ = try await stage.call("setWebhook", set)
            let again = await hook.deliveries(1)
            #expect(again.first?.0["message"]?["text"]?.string == "/start")
        }
    }

    @Test func `an answer may carry a call`() async throws {
        let reply = ServerResponse.bytes(
            Array(#"{"method":"sendMessage","chat_id":501,"text":"from the hook"}"#.utf8), type: "application/json")
        let hook = Hook([reply])
        try await withHook(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            // The next update of the lane is sent only when the first is done with.
            _ = try await stage.say("next")
            _ = await hook.deliveries(2)
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(view["messages"]?.array?.contains { $0["text"]?.string == "from the hook" } == true)
        }
    }

    @Test func `a webhook is set only where a connection can be opened`() async throws {
        try await Stage.run(triesWebhooks: true) { (stage: Stage) async throws -> Void in
            let refused = try await stage.call("setWebhook", #"{"url":"http://127.0.0.1:1/hook"}"#)
            #expect(refused.description == "Bad Request: bad webhook: Connection refused")
            let unknown = try await stage.call("setWebhook", #"{"url":"https://nowhere.invalid/hook"}"#)
            #expect(unknown.description?.hasPrefix("Bad Request: bad webhook: Failed to resolve host: ") == true)
            #expect(try await stage.call("getWebhookInfo").result["url"]?.string == "")
            let reached = try await stage.call("setWebhook", #"{"url":"\#(stage.url)/hook"}"#)
            #expect(reached.json["description"]?.string == "Webhook was set")
            try await stage.act(
                "webhook-map", #"{"from":"https://bot.example.com","to":"\#(stage.url)"}"#)
            let mapped = try await stage.call("setWebhook", #"{"url":"https://bot.example.com/hook"}"#)
            #expect(mapped.json["description"]?.string == "Webhook was set")
        }
    }
}
