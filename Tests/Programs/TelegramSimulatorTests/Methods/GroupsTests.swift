import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct GroupsTests {
    @Test func `in privacy mode a bot of a group gets what is for it`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            let joined = try await stage.updates()
            #expect(joined.contains { $0["my_chat_member"] != nil })
            #expect(joined.contains { $0["message"]?["new_chat_members"] != nil })
            let next = (joined.last?["update_id"]?.integer ?? 0) + 1
            _ = try await stage.say("chatter", chat: Stage.group)
            _ = try await stage.say("/go@other_bot", chat: Stage.group)
            _ = try await stage.say("/go@test_bot", chat: Stage.group)
            let sent = try await stage.call("sendMessage", #"{"chat_id":-4001,"text":"hello"}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            try await stage.act("messages", #"{"user":502,"chat":-4001,"text":"an answer","reply_to":\#(id)}"#)
            let texts = try await stage.updates(#"{"offset":\#(next)}"#).map { $0["message"]?["text"]?.string }
            #expect(texts == ["/go@test_bot", "an answer"])
            try await stage.act("promote", #"{"user":501,"chat":-4001,"member":7001,"role":"administrator"}"#)
            _ = try await stage.say("all of it", chat: Stage.group)
            #expect(try await stage.updates(#"{"offset":-1}"#).last?["message"]?["text"]?.string == "all of it")
        }
    }

    @Test func `an upgraded group answers with its new id`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            let upgraded = try await stage.act("upgrade-group", #"{"user":501,"chat":-4001}"#)
            let new = try #require(upgraded["chat"]?["id"]?.integer)
            let reply = try await stage.call("sendMessage", #"{"chat_id":-4001,"text":"x"}"#)
            #expect(reply.description == "Bad Request: group chat was upgraded to a supergroup chat")
            #expect(reply.json["parameters"]?["migrate_to_chat_id"]?.integer == new)
            #expect(try await stage.call("sendMessage", #"{"chat_id":\#(new),"text":"x"}"#).status == 200)
            let updates = try await stage.updates()
            #expect(updates.contains { $0["message"]?["migrate_to_chat_id"]?.integer == new })
        }
    }

    @Test func `a bot that was removed is told so`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            try await stage.act("ban", #"{"user":501,"chat":-4001,"member":7001}"#)
            let reply = try await stage.call("sendMessage", #"{"chat_id":-4001,"text":"x"}"#)
            #expect(reply.description == "Forbidden: bot was kicked from the group chat")
        }
    }

    @Test func `a restricted bot may not send, pins need a right, channels an administrator`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            let id = try await stage.say("pin me", chat: Stage.group)
            let pin = try await stage.call("pinChatMessage", #"{"chat_id":-4001,"message_id":\#(id)}"#)
            #expect(pin.description == "Bad Request: not enough rights to manage pinned messages in the chat")
            try await stage.act("promote", #"{"user":501,"chat":-4001,"member":7001,"role":"restricted"}"#)
            let send = try await stage.call("sendMessage", #"{"chat_id":-4001,"text":"x"}"#)
            #expect(send.description == "Bad Request: not enough rights to send text messages to the chat")
            try await stage.act("promote", #"{"user":501,"chat":-4001,"member":7001,"role":"administrator"}"#)
            #expect(try await stage.call("pinChatMessage", #"{"chat_id":-4001,"message_id":\#(id)}"#).status == 200)
            let chat = try await stage.call("getChat", #"{"chat_id":-4001}"#)
            #expect(chat.result["pinned_message"]?["text"]?.string == "pin me")
            #expect(try await stage.call("getChatMemberCount", #"{"chat_id":-4001}"#).result.integer == 3)
            let owner = try await stage.call("getChatMember", #"{"chat_id":-4001,"user_id":501}"#)
            #expect(owner.result["status"]?.string == "creator")
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            let post = try await stage.call("sendMessage", #"{"chat_id":"@quartet_news","text":"news"}"#)
            #expect(post.result["sender_chat"]?["title"]?.string == "News")
            _ = try await stage.say("by a person", chat: Stage.channel)
            #expect(try await stage.updates().last?["channel_post"]?["text"]?.string == "by a person")
        }
    }

    @Test func `a bot's own post in a channel is its to edit and delete, and is not told to it`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            try await stage.act(
                "promote",
                #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator","denied":["can_edit_messages","can_delete_messages"]}"#
            )
            _ = try await stage.updates(#"{"offset":-1}"#)
            let post = try await stage.call("sendMessage", #"{"chat_id":"@quartet_news","text":"news"}"#)
            #expect(post.result["from"] == nil)
            let id = post.result["message_id"]?.integer ?? 0
            #expect(try await stage.updates().allSatisfy { $0["channel_post"] == nil })
            let target = #"{"chat_id":"@quartet_news","message_id":\#(id)"#
            #expect(try await stage.call("editMessageText", target + #","text":"olds"}"#).status == 200)
            #expect(try await stage.call("deleteMessage", target + "}").status == 200)
            let other = try await stage.say("by a person", chat: Stage.channel)
            let refused = try await stage.call(
                "deleteMessage", #"{"chat_id":"@quartet_news","message_id":\#(other)}"#)
            #expect(refused.description == "Bad Request: message can't be deleted")
        }
    }

    @Test func `commands are resolved by scope and language`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.call("setMyCommands", #"{"commands":[{"command":"a","description":"A"}]}"#)
            _ = try await stage.call(
                "setMyCommands",
                #"{"commands":[{"command":"b","description":"Б"}],"scope":{"type":"all_private_chats"},"language_code":"ru"}"#
            )
            let english = try await stage.view("commands?user=501&chat=7001")
            #expect(english["commands"]?.array?.first?["command"]?.string == "a")
            let russian = try await stage.view("commands?user=502&chat=7001")
            #expect(russian["commands"]?.array?.first?["description"]?.string == "Б")
            #expect(
                try await stage.call("setMyCommands", #"{"commands":[{"command":"Bad!","description":"x"}]}"#)
                    .description
                    == "Bad Request: BOT_COMMAND_INVALID")
            #expect(
                try await stage.call("getMyCommands", #"{"language_code":"english"}"#).description
                    == "Bad Request: invalid language code specified")
        }
    }
}
