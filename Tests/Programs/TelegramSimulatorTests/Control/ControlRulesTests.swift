import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ControlRulesTests {
    @Test func `a fault for a bot that nobody knows hits no other`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            await #expect(throws: Stage.Refused(status: 404, reason: "bot not found")) {
                try await stage.act("faults", #"{"method":"*","kind":"error","token":"7003:CCCC"}"#)
            }
            #expect(try await stage.call("getMe").status == 200)
            try await stage.act("faults", #"{"method":"*","kind":"error","token":"\#(Stage.token)"}"#)
            #expect(try await stage.call("getMe").status == 500)
        }
    }

    @Test func `a reset takes what a bot has earned`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let bill = try await stage.call(
                "sendInvoice",
                #"{"chat_id":501,"title":"t","description":"d","payload":"p","currency":"XTR","prices":[{"label":"l","amount":5}]}"#
            )
            let id = bill.result["message_id"]?.integer ?? 0
            let query = try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)["query"]?.string ?? ""
            _ = try await stage.call("answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(query)","ok":true}"#)
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 5)
            try await stage.act("reset", "{}")
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 0)
        }
    }

    @Test func `people throw dice with all their faces, and nothing else`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            var values: Set<Int64> = []
            for _ in 0..<60 {
                let sent = try await stage.act("messages", #"{"user":501,"chat":7001,"dice":"🎲"}"#)
                values.insert(sent["message"]?["dice"]?["value"]?.integer ?? 0)
            }
            #expect(values == [1, 2, 3, 4, 5, 6])
            await #expect(throws: Stage.Refused(status: 400, reason: "this emoji is no dice")) {
                try await stage.act("messages", #"{"user":501,"chat":7001,"dice":"x"}"#)
            }
        }
    }

    @Test func `who may not react does not`() async throws {
        try await GroupStage.run(isAdministrator: false) { group in
            let id = try await group.result("sendMessage", #""text":"x""#)["message_id"]?.integer ?? 0
            let reaction = #"{"user":502,"chat":\#(group.id),"message":\#(id),"emoji":"👍"}"#
            try await group.stage.act("react", reaction)
            try await group.stage.act(
                "edit-chat", #"{"user":501,"chat":\#(group.id),"denied":["can_react_to_messages"]}"#)
            await #expect(throws: Stage.Refused(status: 403, reason: "you may not react here")) {
                try await group.stage.act("react", reaction)
            }
            // One may take back what one left, and administrators may do all.
            try await group.stage.act("react", #"{"user":502,"chat":\#(group.id),"message":\#(id)}"#)
            try await group.stage.act("react", reaction.replacing("502", with: "501"))
            let own = #""message_id":\#(id),"reaction":[{"type":"emoji","emoji":"🔥"}]"#
            #expect(
                try await group.call("setMessageReaction", own) == "Bad Request: have no rights to send a message")
        }
    }

    @Test func `of the pinned messages a chat names the one that was sent last`() async throws {
        try await GroupStage.run { group in
            let old = try await group.result("sendMessage", #""text":"old""#)["message_id"]?.integer ?? 0
            let new = try await group.result("sendMessage", #""text":"new""#)["message_id"]?.integer ?? 0
            for id in [new, old] { _ = try await group.call("pinChatMessage", #""message_id":\#(id)"#) }
            #expect(try await group.result("getChat")["pinned_message"]?["text"]?.string == "new")
        }
    }
}
