import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ReplyTests {
    @Test func `a message of another chat is answered with what it was, not with its words`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.stage.start()
            let text = try await group.alice.say("a question", to: group.id)
            func answer(_ id: Int64, in chat: Int64) async throws -> JSONNode {
                try await group.stage.call(
                    "sendMessage",
                    #"{"chat_id":501,"text":"x","reply_parameters":{"message_id":\#(id),"chat_id":\#(chat),"quote":"quest"}}"#
                ).result
            }
            let sent = try await answer(Int64(text.id), in: group.id)
            let reply = try #require(sent["external_reply"])
            #expect(reply["origin"]?["type"]?.string == "user")
            #expect(reply["origin"]?["sender_user"]?["id"]?.integer == Stage.alice)
            #expect(reply["chat"]?["id"]?.integer == group.id)
            #expect(reply["message_id"]?.integer == Int64(text.id))
            #expect(reply["text"] == nil && sent["reply_to_message"] == nil)
            #expect(sent["quote"]?["text"]?.string == "quest")
            let seen = try await group.stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(seen?["reply"]?["text"]?.string == "a question")
        }
    }

    @Test func `a private chat is not named, a file is`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.stage.start()
            let dice = try await group.stage.call("sendDice", #"{"chat_id":501}"#)
            let id = dice.result["message_id"]?.integer ?? 0
            let sent = try await group.stage.call(
                "sendMessage",
                #"{"chat_id":\#(group.id),"text":"x","reply_parameters":{"message_id":\#(id),"chat_id":501}}"#)
            #expect(sent.result["external_reply"]?["dice"]?["emoji"]?.string == "🎲")
            #expect(sent.result["external_reply"]?["chat"] == nil)
            #expect(sent.result["external_reply"]?["message_id"] == nil)
        }
    }

    @Test(
        arguments: [
            (#""x""#, "can't parse reply parameters JSON object"), ("[]", "object expected as reply parameters"),
            (#"{"quote":"x"}"#, #"can't find field "message_id""#),
            (#"{"message_id":99}"#, "message to be replied not found"),
            (#"{"message_id":1,"quote":"nothing like it"}"#, "QUOTE_TEXT_INVALID"),
            (#"{"message_id":1,"chat_id":-5}"#, "chat not found"), ("{}", nil), ("\"\"", nil),
            (#"{"message_id":-1}"#, nil),
        ] as [(String, String?)])
    func `what is said of a reply is read with care`(parameters: String, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            // The newer argument counts even where it says nothing.
            let reply = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_to_message_id":1,"reply_parameters":\#(parameters)}"#)
            #expect(reply.description == reason.map { "Bad Request: \($0)" })
            #expect(reply.result["reply_to_message"] == nil)
        }
    }

    @Test func `strangers are not mentioned`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"parse_mode":"HTML","text":"<a href=\"tg://user?id=501\">a</a> <a href=\"tg://user?id=9\">b</a>"}"#
            )
            #expect(sent.result["text"]?.string == "a b")
            #expect(sent.result["entities"]?.array?.count == 1)
            #expect(sent.result["entities"]?.array?.first?["user"]?["id"]?.integer == 501)
        }
    }
}
