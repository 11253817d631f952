import HTTP
import HTTPClient
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct FaultPlanTests {
    private func plan(_ method: String, count: Int = 1, skip: Int = 0, chat: String? = nil) -> Fault {
        Fault(
            method: method, kind: .error, count: count, skip: skip, seconds: 0, code: 500, description: "", chat: chat)
    }

    @Test func `a plan hits its method, chat and bot, as often as it says, after those it lets pass`() {
        let plans = FaultPlans()
        plans.add(plan("sendmessage", count: 2, skip: 1, chat: "501"))
        #expect(plans.take("sendphoto", bot: 1, chat: "501") == nil)
        #expect(plans.take("sendmessage", bot: 1, chat: "502") == nil)
        let hits = (0..<5).map { _ in plans.take("sendmessage", bot: 1, chat: "501") != nil }
        #expect(hits == [false, true, true, false, false])
        var named = plan("*")
        named.bot = 7
        plans.add(named)
        #expect(plans.take("getme", bot: 8) == nil)
        #expect(plans.waiting.count == 1)
        #expect(plans.take("getme", bot: 7) != nil)
        #expect(plans.waiting.isEmpty)
    }

    @Test func `what is planned is seen, and an answer may break off in its midst`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.act("faults", #"{"method":"sendMessage","kind":"garbled","skip":1,"chat":"501"}"#)
            let waiting = try await stage.view("faults")["faults"]?.array
            #expect(waiting?.first?["kind"]?.string == "garbled" && waiting?.first?["skip"]?.integer == 1)
            let message = #"{"chat_id":501,"text":"x"}"#
            #expect(try await stage.call("sendMessage", message).status == 200)
            let garbled = try await stage.http.send(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendMessage", fields: ["Content-Type": "application/json"],
                    body: .bytes(Array(message.utf8))))
            #expect(garbled.status == .ok && JSONNode(garbled.text) == nil)
            #expect(try await stage.call("sendMessage", message).status == 200)
        }
    }

    @Test func `an album costs as many as it has, edits in groups have a budget of their own`() {
        var limiter = FloodLimiter()
        limiter.profile = .realistic
        let group = ChatKey.shared(-1)
        #expect(limiter.take(bot: 1, chat: group, isGroup: true, cost: 10, now: 0) == nil)
        #expect(limiter.take(bot: 1, chat: group, isGroup: true, cost: 10, now: 0) == nil)
        #expect(limiter.take(bot: 1, chat: group, isGroup: true, now: 0) == 3)
        #expect(limiter.take(bot: 1, chat: .dialog(bot: 1, user: 2), isGroup: false, cost: 10, now: 0) == nil)
        let later = limiter.take(bot: 1, chat: .dialog(bot: 1, user: 2), isGroup: false, now: 1) ?? 0
        #expect(later == 7)
        for _ in 0..<20 { #expect(limiter.takeEdit(bot: 1, chat: group, isGroup: true, now: 0) == nil) }
        #expect(limiter.takeEdit(bot: 1, chat: group, isGroup: true, now: 0) == 3)
        #expect(limiter.takeEdit(bot: 1, chat: .dialog(bot: 1, user: 2), isGroup: false, now: 0) == nil)
    }

    @Test func `a world comes back as it was kept, and updates are numbered on`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.say("one")
            try await stage.act("snapshot", #"{"name":"a"}"#)
            let before = try await stage.updates()
            _ = try await stage.say("two")
            try await stage.act("ban", #"{"user":501,"chat":-4001,"member":502}"#)
            let last = try await stage.updates().last?["update_id"]?.integer ?? 0
            try await stage.act("restore", #"{"name":"a"}"#)
            #expect(try await stage.updates().map { $0["message"]?["text"] } == before.map { $0["message"]?["text"] })
            let members = try await stage.view("chats/-4001/members?user=501")["members"]?.array
            #expect(members?.compactMap { $0["role"]?.string }.sorted() == ["creator", "member"])
            _ = try await stage.say("three")
            let next = try await stage.updates(#"{"offset":\#(last + 1)}"#)
            #expect(next.map { $0["message"]?["text"]?.string } == ["three"])
            await #expect(throws: Stage.Refused(status: 404, reason: "snapshot not found")) {
                try await stage.act("restore", #"{"name":"b"}"#)
            }
        }
    }

    @Test func `who asks the same again and again waits, and gets one at a time`() async throws {
        let time = ManualTime()
        var configuration = TelegramSimulator.Configuration(time: time)
        configuration.restrainsPolling = true
        configuration.bots = [.init(token: Secret(Stage.token), name: "Test bot", username: "test_bot")]
        let simulator = TelegramSimulator(configuration: configuration)
        let url = try await simulator.start().url
        let http = HTTPClient()
        let alice = SimulatedPerson(501, at: url, http: http)
        func ask(_ query: String = "") async throws -> Int {
            let response = try await http.send(ClientRequest("\(url)/bot\(Stage.token)/getUpdates?\(query)"))
            return JSONNode(response.text)?["result"]?.array?.count ?? -1
        }
        try await alice.say("one", to: Stage.bot)
        try await alice.say("two", to: Stage.bot)
        #expect(try await ask() == 2)
        #expect(try await ask() == 1)
        time.advance(by: .milliseconds(600))
        #expect(try await ask() == 2)
        time.advance(by: .seconds(4))
        #expect(try await ask("offset=-1") == 1)
        let first = try await http.send(ClientRequest("\(url)/bot\(Stage.token)/getUpdates?offset=-1"))
        let last = JSONNode(first.text)?["result"]?.array?.first?["update_id"]?.integer ?? 0
        #expect(try await ask("offset=\(last + 1)") == 0)
        let sleepers = time.sleeperCount
        async let waiting = ask("offset=\(last + 1)")
        try await Until.holds { time.sleeperCount > sleepers }
        time.advance(by: .seconds(3))
        #expect(try await waiting == 0)
        await http.stop()
        await simulator.stop()
    }
}
