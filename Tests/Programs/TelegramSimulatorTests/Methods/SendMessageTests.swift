import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct SendMessageTests {
    @Test func `a person writes, the bot answers, both see it`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("start", #"{"user":501,"bot":7001,"payload":"hello"}"#)
            let update = try #require(try await stage.updates().first)
            #expect(update["message"]?["text"]?.string == "/start hello")
            #expect(update["message"]?["entities"]?.array?.first?["type"]?.string == "bot_command")
            #expect(update["message"]?["from"]?["first_name"]?.string == "Alice")
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"Hi <b>you</b>","parse_mode":"HTML"}"#)
            #expect(sent.status == 200)
            #expect(sent.result["text"]?.string == "Hi you")
            #expect(sent.result["entities"]?.array?.first?["offset"]?.integer == 3)
            #expect(sent.result["chat"]?["type"]?.string == "private")
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(view["messages"]?.array?.map { $0["text"]?.string } == ["/start hello", "Hi you"])
        }
    }

    @Test(arguments: [
        ("{}", 400, "Bad Request: message text is empty"),
        (#"{"text":"x"}"#, 400, "Bad Request: chat_id is empty"),
        (#"{"chat_id":501,"text":"  \n "}"#, 400, "Bad Request: text must be non-empty"),
        (#"{"chat_id":999,"text":"x"}"#, 400, "Bad Request: chat not found"),
        (#"{"chat_id":"@nobody","text":"x"}"#, 400, "Bad Request: chat not found"),
        (#"{"chat_id":"@alice","text":"x"}"#, 400, "Bad Request: chat not found"),
        (#"{"chat_id":7001,"text":"x"}"#, 403, "Forbidden: the bot can't send messages to the bot"),
        (#"{"chat_id":501,"text":"x","parse_mode":"BBCode"}"#, 400, "Bad Request: unsupported parse_mode"),
        (
            #"{"chat_id":501,"text":"<b>x","parse_mode":"HTML"}"#, 400,
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
        ),
        (#"{"chat_id":501,"text":"x","reply_markup":null}"#, 400, "Bad Request: object expected as reply markup"),
        (
            #"{"chat_id":501,"text":"x","reply_markup":"nonsense"}"#, 400,
            "Bad Request: can't parse reply keyboard markup JSON object"
        ),
        (
            #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a"}]]}}"#, 400,
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        ),
        (
            #"{"chat_id":501,"text":"x","reply_parameters":{"message_id":77}}"#, 400,
            "Bad Request: message to be replied not found"
        ),
        (#"{"chat_id":-4001,"text":"x"}"#, 400, "Bad Request: chat not found"),
        (#"{"chat_id":"@quartet_news","text":"x"}"#, 403, "Forbidden: bot is not a member of the channel chat"),
    ])
    func `a refusal has the service's words`(json: String, status: Int, description: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call("sendMessage", json)
            #expect(reply.status == status)
            #expect(reply.description == description)
            #expect(reply.json["error_code"]?.integer == Int64(status))
        }
    }

    @Test(arguments: [(4096, true), (4097, false)])
    func `a text has 4096 characters at most, whatever their bytes`(length: Int, isSent: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let text = String(repeating: "😀", count: length)
            let reply = try await stage.call("sendMessage", #"{"chat_id":501,"text":"\#(text)"}"#)
            #expect((reply.status == 200) == isSent)
            if !isSent { #expect(reply.description == "Bad Request: message is too long") }
        }
    }

    @Test func `callback data has 64 bytes at most`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for (length, status) in [(64, 200), (65, 400)] {
                let data = String(repeating: "d", count: length)
                let reply = try await stage.call(
                    "sendMessage",
                    #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"\#(data)"}]]}}"#
                )
                #expect(reply.status == status)
                if status == 400 { #expect(reply.description == "Bad Request: BUTTON_DATA_INVALID") }
            }
        }
    }

    @Test func `a stranger cannot be written to, a blocker refuses, a deleted account too`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("chats", #"{"user":502,"type":"group","title":"G","members":[7001]}"#)
            var reply = try await stage.call("sendMessage", #"{"chat_id":502,"text":"x"}"#)
            #expect(reply.description == "Forbidden: bot can't initiate conversation with a user")
            try await stage.start(502)
            try await stage.act("block", #"{"user":502,"bot":7001}"#)
            reply = try await stage.call("sendMessage", #"{"chat_id":502,"text":"x"}"#)
            #expect(reply.status == 403)
            #expect(reply.description == "Forbidden: bot was blocked by the user")
            let update = try await stage.updates().last
            #expect(update?["my_chat_member"]?["new_chat_member"]?["status"]?.string == "kicked")
            try await stage.act("unblock", #"{"user":502,"bot":7001}"#)
            #expect(try await stage.call("sendMessage", #"{"chat_id":502,"text":"x"}"#).status == 200)
            try await stage.act("deactivate", #"{"user":502}"#)
            reply = try await stage.call("sendMessage", #"{"chat_id":502,"text":"x"}"#)
            #expect(reply.description == "Forbidden: user is deactivated")
        }
    }

    @Test func `a missing reply target can be passed over`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let first = try await stage.call("sendMessage", #"{"chat_id":501,"text":"one"}"#)
            let id = try #require(first.result["message_id"]?.integer)
            let reply = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"two","reply_parameters":{"message_id":\#(id)}}"#)
            #expect(reply.result["reply_to_message"]?["text"]?.string == "one")
            let free = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_parameters":{"message_id":99,"allow_sending_without_reply":true}}"#)
            #expect(free.status == 200)
            #expect(free.result["reply_to_message"] == nil)
        }
    }
}
