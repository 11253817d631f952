import HTTP
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

/// How updates go to a webhook: which, when, how often, and what becomes of the answer.
@Suite(.timeLimit(.minutes(2))) struct WebhookRulesTests {
    private static let keyboard = #"{"inline_keyboard":[[{"text":"a","callback_data":"go"}]]}"#

    private func text(_ update: JSONNode?) -> String? { update?["message"]?["text"]?.string }

    // MARK: Order

    @Test func `a press overtakes a message of the same chat, a second message does not`() async throws {
        let hook = GateHook()
        try await GateHook.serve(hook) { stage, url in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(Self.keyboard)}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            _ = try await stage.say("one")
            let one = await hook.next()
            #expect(text(one) == "one")
            _ = try await stage.say("two")
            try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"go"}"#)
            let press = await hook.next()
            #expect(press["callback_query"]?["data"]?.string == "go")
            hook.release()
            let two = await hook.next()
            #expect(text(two) == "two")
            hook.release()
            hook.release()
        }
    }

    @Test(arguments: [1, 2, 3])
    func `as many go at once as the bot allows, the oldest first`(connections: Int) async throws {
        let hook = GateHook()
        try await GateHook.serve(hook) { stage, url in
            try await stage.start()
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook","max_connections":\#(connections)}"#)
            for user in 601...605 {
                try await stage.act("users", #"{"id":\#(user),"first_name":"P"}"#)
                try await stage.act("start", #"{"user":\#(user),"bot":7001}"#)
            }
            var seen: [Int64] = []
            for _ in 0..<connections { seen.append(await hook.next()["message"]?["chat"]?["id"]?.integer ?? 0) }
            for _ in connections..<5 {
                hook.release()
                seen.append(await hook.next()["message"]?["chat"]?["id"]?.integer ?? 0)
            }
            #expect(seen.sorted() == [601, 602, 603, 604, 605])
            #expect(seen.first == 601 || connections > 1)
            #expect(hook.most == connections)
            for _ in 0..<connections { hook.release() }
        }
    }

    @Test func `a chat with thousands of failed updates holds up no other`() {
        var queue = UpdateQueue()
        for id in 1...5000 as ClosedRange<Int64> {
            _ = queue.append(.init(id: id, body: [], expires: .max, lane: "a"))
        }
        _ = queue.append(.init(id: 5001, body: [], expires: .max, lane: "b"))
        var schedule = WebhookSchedule()
        #expect(schedule.begin(queue, limit: 1, now: 0).map(\.id) == [1])
        _ = schedule.failed("a", retryAfter: 10, ceiling: 60, now: 0)
        #expect(schedule.begin(queue, limit: 5, now: 0).map(\.id) == [5001])
        #expect(schedule.begin(queue, limit: 5, now: 9_999).isEmpty)
        #expect(schedule.begin(queue, limit: 5, now: 10_000).map(\.id) == [1])
        #expect(schedule.busy == 2)
    }

    @Test func `what has gone from the queue is passed over, what comes later follows`() {
        var queue = UpdateQueue()
        func add(_ id: Int64, _ lane: String) {
            _ = queue.append(.init(id: id, body: [], expires: .max, lane: lane))
        }
        for id in 1...4 as ClosedRange<Int64> { add(id, "a") }
        var schedule = WebhookSchedule()
        #expect(schedule.begin(queue, limit: 9, now: 0).map(\.id) == [1])
        for id in 1...3 as ClosedRange<Int64> { queue.remove(id) }
        schedule.succeeded("a")
        #expect(schedule.begin(queue, limit: 9, now: 0).map(\.id) == [4])
        add(5, "b")
        add(6, "a")
        #expect(schedule.begin(queue, limit: 9, now: 0).map(\.id) == [5])
        schedule.succeeded("a")
        queue.remove(4)
        #expect(schedule.begin(queue, limit: 9, now: 0).map(\.id) == [6])
        queue.remove(6)
        schedule.succeeded("a")
        schedule.succeeded("b")
        schedule.succeeded("b")
        #expect(schedule.busy == 0)
        _ = queue.removeAll()
        #expect(schedule.begin(queue, limit: 9, now: 0).isEmpty)
    }

    // MARK: Success, failure and repetition

    @Test(arguments: [200, 201, 202, 204, 226, 299])
    func `any status of the two hundreds is success`(status: Int) async throws {
        let hook = Hook([.empty(HTTPStatus(status))])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(1)
            try await Until.holds {
                try await stage.call("getWebhookInfo").result["pending_update_count"]?.integer == 0
            }
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["last_error_message"] == nil)
        }
    }

    @Test(arguments: [
        (300, "300 Multiple Choices"), (301, "301 Moved Permanently"), (302, "302 Found"), (400, "400 Bad Request"),
        (404, "404 Not Found"), (410, "410 Gone"), (429, "429 Too Many Requests"), (500, "500 Internal Server Error"),
        (502, "502 Bad Gateway"),
    ])
    func `any other status is a failure, repeated at once and told`(status: Int, text: String) async throws {
        let answer = ServerResponse(status: HTTPStatus(status), fields: ["Location": "/elsewhere"], body: .bytes([]))
        let hook = Hook([answer, answer])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            let got = await hook.deliveries(2)
            #expect(got[0].0 == got[1].0)
            await stage.time.waitForSleepers()
            #expect(stage.time.nextWakeUp == .seconds(2))
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["last_error_message"]?.string == "Wrong response from the webhook: \(text)")
            #expect(info["last_error_date"]?.integer == stage.time.now.microseconds / 1_000_000)
            #expect(info["pending_update_count"]?.integer == 1)
        }
    }

    @Test func `repetitions follow after twice the time, up to one or two minutes`() async throws {
        let hook = Hook(Array(repeating: .empty(500), count: 10))
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            var waits: [Duration] = []
            for _ in 0..<8 {
                await stage.time.waitForSleepers()
                waits.append(stage.time.nextWakeUp ?? .zero)
                stage.time.advanceToNextWakeUp()
                _ = await hook.deliveries(1)
            }
            #expect(waits.prefix(5) == [.seconds(2), .seconds(4), .seconds(8), .seconds(16), .seconds(32)])
            #expect(waits[6] == waits[7])
            #expect(waits.suffix(3).allSatisfy { $0 >= .seconds(60) && $0 <= .seconds(120) })
        }
    }

    @Test func `the longest wait is between one and two minutes, and differs`() {
        let ceilings = (1...2000).map { WebhookDeliverer.ceiling(of: $0) }
        #expect(ceilings.allSatisfy { (60...120).contains($0) })
        #expect(Set(ceilings).count == 61)
    }

    @Test(arguments: [("7", 7), ("3600", 3600), ("86400", 3600), ("0", 2), ("-5", 2), ("soon", 2), (nil, 2)])
    func `an answer may say when to come again, within an hour`(field: String?, seconds: Int) async throws {
        var busy = ServerResponse.empty(503)
        if let field { busy.fields["Retry-After"] = field }
        let hook = Hook([.empty(500), busy])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
            #expect(stage.time.nextWakeUp == .seconds(seconds))
        }
    }

    @Test func `an update that fails until it is too old is dropped`() async throws {
        let hook = Hook([.empty(500), .empty(500)])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            await stage.time.waitForSleepers()
            stage.time.advance(by: .seconds(86_400))
            let count = try await stage.call("getWebhookInfo").result["pending_update_count"]?.integer
            #expect(count == 0)
            _ = try await stage.say("new")
            let next = await hook.deliveries(1)
            #expect(text(next.first?.0) == "new")
        }
    }

    @Test func `an update whose next attempt would come too late holds up nothing`() async throws {
        var busy = ServerResponse.empty(503)
        busy.fields["Retry-After"] = "3600"
        let hook = Hook([.empty(200), busy])
        try await GateHook.serve(hook) { stage, url in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(Self.keyboard)}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            _ = try await stage.say("first")
            _ = await hook.deliveries(1)
            for _ in 1...2 {
                try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"go"}"#)
                // A press lives for 150 seconds: the second one need not wait for an hour.
                let press = await hook.deliveries(1)
                #expect(press.first?.0["callback_query"] != nil)
            }
        }
    }

    @Test(arguments: [#""drop_pending_updates":true"#, #""secret_token":"other""#, #""max_connections":7"#])
    func `a webhook that is set anew need not wait for a repetition`(change: String) async throws {
        var busy = ServerResponse.empty(503)
        busy.fields["Retry-After"] = "3600"
        let hook = Hook([busy])
        try await GateHook.serve(hook) { stage, url in
            try await stage.start()
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            _ = try await stage.say("old")
            _ = await hook.deliveries(1)
            await stage.time.waitForSleepers()
            let answer = try await stage.call("setWebhook", #"{"url":"\#(url)/hook",\#(change)}"#)
            #expect(answer.description == "Webhook was set")
            _ = try await stage.say("new")
            let next = await hook.deliveries(1)
            #expect(text(next.first?.0) == (change.contains("drop") ? "new" : "old"))
        }
    }

    @Test func `a webhook that is gone now and then stays`() async throws {
        let hook = Hook([.empty(410), .empty(410), .empty(500), .empty(410), .empty(410)])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.deliveries(2)
            for hours in [12, 11] {
                await stage.time.waitForSleepers()
                stage.time.advance(by: .seconds(hours * 3600 + 60))
                _ = await hook.deliveries(1)
            }
            await stage.time.waitForSleepers()
            let kept = try await stage.call("getWebhookInfo").result["url"]?.string
            #expect(kept == "\(url)/hook")
        }
    }

    @Test func `a webhook that is silent for a minute has failed`() async throws {
        #expect(WebhookDeliverer.readTimeout == .seconds(60))
        let hook = GateHook()
        try await GateHook.serve(hook, configure: { $0.webhookPatience = .milliseconds(50) }) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = await hook.next()
            try await Until.holds { try await stage.call("getWebhookInfo").result["last_error_message"] != nil }
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["last_error_message"]?.string == "Read timeout expired")
        }
    }

    @Test(arguments: [("/hook", "Webhook connection closed"), (":1", "Connection refused")])
    func `a connection that fails is told`(rest: String, text: String) async throws {
        let hook = Hook(Array(repeating: .abort, count: 20))
        try await GateHook.serve(hook) { stage, url in
            let address = rest == ":1" ? "http://127.0.0.1:1" : url + rest
            _ = try await stage.call("setWebhook", #"{"url":"\#(address)"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            await stage.time.waitForSleepers()
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["last_error_message"]?.string == text)
        }
    }

    // MARK: The request and its answer

    @Test func `an update is a JSON object, posted with the secret and the address's name and password`() async throws {
        let hook = Hook()
        try await GateHook.serve(hook) { stage, url in
            let address = url.replacing("http://", with: "http://user:pa%20ss@")
            _ = try await stage.call("setWebhook", #"{"url":"\#(address)/hook","secret_token":"A_z-9"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            let (update, fields) = await hook.deliveries(1)[0]
            #expect(update["update_id"]?.integer != nil)
            #expect(fields["Content-Type"] == "application/json")
            #expect(fields["X-Telegram-Bot-Api-Secret-Token"] == "A_z-9")
            #expect(fields["Authorization"] == "Basic dXNlcjpwYSBzcw==")
        }
    }

    private static let chat = #""chat_id":501"#

    @Test(arguments: [
        (#"{"method":"sendMessage",\#(chat),"text":"called"}"#, "application/json", true),
        (#"{"method":"SENDMESSAGE",\#(chat),"text":"called"}"#, "Application/Json; charset=utf-8", true),
        ("method=sendMessage&chat_id=501&text=called", "application/x-www-form-urlencoded", true),
        (
            "--b\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nsendMessage\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"text\"\r\n\r\ncalled\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"chat_id\"\r\n\r\n501\r\n--b--\r\n",
            "multipart/form-data; boundary=b", true
        ),
        (#"{"method":"sendMessage",\#(chat),"text":"called"}"#, "text/plain", false),
        (#"{\#(chat),"text":"called"}"#, "application/json", false), ("ok", "application/json", false),
    ])
    func `an answer may be a call in any of the forms`(body: String, type: String, isCalled: Bool) async throws {
        let hook = Hook([.bytes(Array(body.utf8), type: type)])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = try await stage.say("next")
            _ = await hook.deliveries(2)
            let messages = try await stage.view("chats/7001/messages?user=501")["messages"]?.array ?? []
            #expect(messages.contains { $0["text"]?.string == "called" } == isCalled)
        }
    }

    @Test(arguments: [
        ("getMe", false), ("getUpdates", false), ("GetChat", false), ("setWebhook", false), ("deleteWebhook", false),
        ("close", false), ("logOut", false), ("LOGOUT", false), ("sendChatAction", true), ("leaveChat", true),
    ])
    func `an answer cannot ask, nor change the webhook or the session`(method: String, isCalled: Bool) async throws {
        let call = #"{"method":"\#(method)","chat_id":501,"action":"typing"}"#
        let hook = Hook([.bytes(Array(call.utf8), type: "application/json")])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = try await stage.say("next")
            _ = await hook.deliveries(2)
            let log = try await stage.view("log?limit=1000")["entries"]?.array ?? []
            let calls = log.filter { $0["kind"]?.string == "call" }.compactMap { $0["method"]?.string }
            #expect(calls == ["setWebhook"] + (isCalled ? [method] : []))
            let info = try await stage.call("getWebhookInfo").result
            #expect(info["url"]?.string == "\(url)/hook")
        }
    }

    @Test func `the answer of a failure calls nothing`() async throws {
        let call = #"{"method":"sendMessage","chat_id":501,"text":"called"}"#
        let hook = Hook([.bytes(Array(call.utf8), type: "application/json", status: 400)])
        try await GateHook.serve(hook) { stage, url in
            _ = try await stage.call("setWebhook", #"{"url":"\#(url)/hook"}"#)
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            _ = try await stage.say("next")
            _ = await hook.deliveries(3)
            let messages = try await stage.view("chats/7001/messages?user=501")["messages"]?.array ?? []
            #expect(!messages.contains { $0["text"]?.string == "called" })
        }
    }
}
