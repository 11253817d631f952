import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct MigrationTests {
    private static let photo = #""photo":"x""#

    @Test func `every method that sends says where the group went`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            let file = try await stage.send(
                "sendDocument",
                [.field("chat_id", "-4001"), .file("document", bytes: [65], fileName: "a.txt")])
            let id = file.result["document"]?["file_id"]?.string ?? ""
            let film = try await stage.send(
                "sendVideo",
                [
                    .field("chat_id", "-4001"),
                    .file("video", bytes: TinyMedia.mp4(240, 240, milliseconds: 900), fileName: "a.mp4"),
                ])
            let video = film.result["video"]?["file_id"]?.string ?? ""
            let picture = try await stage.send(
                "sendPhoto",
                [
                    .field("chat_id", "-4001"),
                    .file("photo", bytes: try MediaTests.picture(100, 100), fileName: "a.jpg"),
                ])
            let photo = picture.result["photo"]?.array?.last?["file_id"]?.string ?? ""
            let text = try await stage.say("x", chat: Stage.group)
            let upgraded = try await stage.act("upgrade-group", #"{"user":501,"chat":-4001}"#)
            let new = try #require(upgraded["chat"]?["id"]?.integer)
            let calls: [(String, String)] = [
                ("sendMessage", #""text":"x""#), ("sendPhoto", #""photo":"\#(photo)""#),
                ("sendDocument", #""document":"\#(id)""#), ("sendVideo", #""video":"\#(video)""#),
                ("sendAnimation", #""animation":"\#(id)""#), ("sendAudio", #""audio":"\#(id)""#),
                ("sendVoice", #""voice":"\#(id)""#), ("sendLocation", #""latitude":1,"longitude":1"#),
                ("sendVenue", #""latitude":1,"longitude":1,"title":"t","address":"a""#),
                ("sendContact", #""phone_number":"1","first_name":"a""#), ("sendDice", #""emoji":"""#),
                ("sendPoll", #""question":"q","options":["a","b"]"#), ("sendGame", #""game_short_name":"g""#),
                ("sendMediaGroup", #""media":[{"type":"document","media":"\#(id)"}]"#),
                ("sendPaidMedia", #""star_count":1,"media":[{"type":"photo","media":"\#(photo)"}]"#),
                (
                    "sendInvoice",
                    #""title":"t","description":"d","payload":"p","currency":"XTR","prices":[{"label":"a","amount":1}]"#
                ),
                ("sendChatAction", #""action":"typing""#),
                ("forwardMessage", #""from_chat_id":-4001,"message_id":\#(text)"#),
                ("forwardMessages", #""from_chat_id":-4001,"message_ids":[\#(text)]"#),
                ("copyMessage", #""from_chat_id":-4001,"message_id":\#(text)"#),
                ("copyMessages", #""from_chat_id":-4001,"message_ids":[\#(text)]"#),
            ]
            for (method, fields) in calls {
                let reply = try await stage.call(method, #"{"chat_id":-4001,\#(fields)}"#)
                #expect(
                    reply.description == "Bad Request: group chat was upgraded to a supergroup chat", "\(method)")
                #expect(reply.json["parameters"]?["migrate_to_chat_id"]?.integer == new, "\(method)")
            }
            // What was written before may still go elsewhere.
            let copy = try await stage.call(
                "copyMessage", #"{"chat_id":\#(new),"from_chat_id":-4001,"message_id":\#(text)}"#)
            #expect(copy.status == 200)
        }
    }

    @Test func `a group that its owner has ended takes nothing more`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            await #expect(throws: Stage.Refused(status: 403, reason: "only the owner can delete the group")) {
                try await stage.act("delete-group", #"{"user":502,"chat":-4001}"#)
            }
            try await stage.act("delete-group", #"{"user":501,"chat":-4001}"#)
            let change = try await stage.updates().compactMap { $0["my_chat_member"] }.last
            #expect(change?["new_chat_member"]?["status"]?.string == "left")
            for (method, more) in [("sendMessage", #","text":"x""#), ("getChatMemberCount", "")] {
                let reply = try await stage.call(method, #"{"chat_id":-4001\#(more)}"#)
                #expect(reply.status == 403)
                #expect(reply.description == "Forbidden: the group chat was deleted")
            }
            await #expect(throws: Stage.Refused.self) {
                try await stage.act("messages", #"{"user":501,"chat":-4001,"text":"x"}"#)
            }
        }
    }

    @Test func `other bots among the administrators are shown when they are asked for`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            _ = try await group.stage.call("getMe", token: "812:BBBBBBBBBBBBBBBBBBBBBBBB")
            try await group.alice.add(812, to: group.id)
            try await group.alice.promote(812, in: group.id, to: "administrator")
            let few = try await group.result("getChatAdministrators").array?.compactMap { $0["user"]?["id"]?.integer }
            #expect(few == [501, 7001])
            let all = try await group.result("getChatAdministrators", #""return_bots":true"#).array
            #expect(all?.compactMap { $0["user"]?["id"]?.integer } == [501, 7001, 812])
        }
    }
}
