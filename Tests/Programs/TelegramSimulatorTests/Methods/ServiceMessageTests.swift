import HTTP
import JSON
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ServiceMessageTests {
    @Test func `somebody who came in is answered below the line that says so`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.boris.act("leave", ["chat": .integer(group.id)])
            try await group.boris.act("join", ["chat": .integer(group.id)])
            let joined = try await group.stage.updates().compactMap { $0["message"] }
                .last { $0["new_chat_members"] != nil }
            let id = try #require(joined?["message_id"]?.integer)
            let sent = try await group.result(
                "sendMessage", #""text":"Welcome!","reply_parameters":{"message_id":\#(id)}"#)
            #expect(sent["reply_to_message"]?["message_id"]?.integer == id)
            #expect(sent["reply_to_message"]?["new_chat_members"]?.array?.first?["id"]?.integer == Stage.boris)
            // From another chat such a line cannot be shown.
            try await group.stage.start()
            let other = try await group.stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_parameters":{"message_id":\#(id),"chat_id":\#(group.id)}}"#)
            #expect(other.description == "Bad Request: message to be replied not found")
        }
    }

    @Test func `a bot is told of what it changes itself, as everybody is`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let stage = group.stage
            let first = (try await stage.updates().last?["update_id"]?.integer ?? 0) + 1
            let sent = try await group.result("sendMessage", #""text":"to be pinned""#)
            let id = try #require(sent["message_id"]?.integer)
            #expect(try await group.call("pinChatMessage", #""message_id":\#(id)"#) == "ok")
            #expect(try await group.call("setChatTitle", #""title":"Renamed""#) == "ok")
            let photo = try await stage.send(
                "setChatPhoto",
                [
                    .field("chat_id", "\(group.id)"),
                    MultipartPart(
                        name: "photo", fileName: "p.jpg", content: .bytes(try MediaTests.picture(300, 300))),
                ])
            #expect(photo.status == 200)
            #expect(try await group.call("deleteChatPhoto") == "ok")
            #expect(try await group.call("banChatMember", #""user_id":502"#) == "ok")
            let messages = try await stage.updates(#"{"offset":\#(first)}"#).compactMap { $0["message"] }
            let names = [
                "pinned_message", "new_chat_title", "new_chat_photo", "delete_chat_photo", "left_chat_member",
            ]
            #expect(messages.map { message in names.first { message[$0] != nil } ?? "text" } == names)
            #expect(messages.allSatisfy { $0["from"]?["id"]?.integer == Stage.bot })
            #expect(messages.first?["pinned_message"]?["text"]?.string == "to be pinned")
        }
    }

    @Test func `a bot hears of its pin in a private chat, and of its leaving only from a basic group`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await stage.say("pin me")
            _ = try await stage.call("pinChatMessage", #"{"chat_id":501,"message_id":\#(id)}"#)
            let pinned = try await stage.updates(#"{"offset":-1}"#).last?["message"]?["pinned_message"]
            #expect(pinned?["message_id"]?.integer == id)
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            _ = try await stage.call("leaveChat", #"{"chat_id":-4001}"#)
            let left = try await stage.updates().compactMap { $0["message"]?["left_chat_member"] }
            #expect(left.map { $0["id"]?.integer } == [Stage.bot])
        }
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("leaveChat") == "ok")
            #expect(try await group.stage.updates().allSatisfy { $0["message"]?["left_chat_member"] == nil })
        }
    }

    @Test func `reactions in a channel are counted, and nobody is named`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            _ = try await stage.updates(#"{"allowed_updates":["message_reaction","message_reaction_count"]}"#)
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            try await stage.act(
                "promote", #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator"}"#)
            try await stage.act("join", #"{"user":502,"chat":\#(Stage.channel)}"#)
            let id = try await stage.say("news", chat: Stage.channel)
            for (user, emoji) in [(501, "👍"), (502, "🔥"), (501, "🔥"), (502, "")] {
                try await stage.act(
                    "react", #"{"user":\#(user),"chat":\#(Stage.channel),"message":\#(id),"emoji":"\#(emoji)"}"#)
            }
            let updates = try await stage.updates()
            #expect(updates.allSatisfy { $0["message_reaction"] == nil })
            let counts = updates.compactMap { $0["message_reaction_count"] }
            #expect(counts.last?["message_id"]?.integer == id)
            #expect(counts.last?["chat"]?["id"]?.integer == Stage.channel)
            let shown = counts.map { count in
                (count["reactions"]?.array ?? []).map { reaction in
                    (reaction["type"]?["emoji"]?.string ?? "") + String(reaction["total_count"]?.integer ?? 0)
                }
            }
            #expect(shown == [["👍1"], ["🔥1", "👍1"].sorted(), ["🔥2"], ["🔥1"]])
        }
    }
}
