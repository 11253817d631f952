import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ForwardTests {
    private func album(_ stage: Stage) async throws -> [Int64] {
        let sent = try await stage.send(
            "sendMediaGroup",
            [
                .field("chat_id", "501"),
                .field(
                    "media", #"[{"type":"document","media":"attach://d"},{"type":"document","media":"attach://d"}]"#),
                .file("d", bytes: [65], fileName: "a.txt"),
            ])
        return sent.result.array?.compactMap { $0["message_id"]?.integer } ?? []
    }

    @Test(arguments: ["forwardMessages", "copyMessages"])
    func `an album stays one, under a name of its own`(method: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let ids = try await album(stage)
            let text = try await stage.say("alone")
            _ = try await stage.call(
                method, #"{"chat_id":501,"from_chat_id":501,"message_ids":[\#(ids[0]),\#(ids[1]),\#(text)]}"#)
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array ?? []
            let albums = seen.suffix(6).map { $0["album"]?.string }
            #expect(albums[0] != nil && albums[0] == albums[1])
            #expect(albums[3] != nil && albums[3] == albums[4] && albums[3] != albums[0])
            #expect(albums[5] == nil)
            _ = try await stage.call(method, #"{"chat_id":501,"from_chat_id":501,"message_ids":[\#(ids[0])]}"#)
            let last = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(last?["album"] == nil)
        }
    }

    @Test func `a copy may have other words, above its file`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await album(stage)[0]
            _ = try await stage.call(
                "copyMessage",
                #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id),"caption":"<b>new</b>","parse_mode":"HTML","show_caption_above_media":true}"#
            )
            let last = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(last?["text"]?.string == "new")
            #expect(last?["caption_above"] == .bool(true))
        }
    }

    @Test(arguments: ["forwardMessage", "copyMessage"])
    func `the message is looked for before the chat it is for`(method: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(method, #"{"chat_id":999,"from_chat_id":501,"message_id":77}"#)
            let verb = method == "forwardMessage" ? "forward" : "copy"
            #expect(reply.description == "Bad Request: message to \(verb) not found")
        }
    }

    @Test func `service messages stay where they are`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            try await group.stage.start()
            for (method, verb) in [("forwardMessage", "forwarded"), ("copyMessage", "copied")] {
                let reply = try await group.stage.call(
                    method, #"{"chat_id":501,"from_chat_id":\#(group.id),"message_id":1}"#)
                #expect(reply.description == "Bad Request: the message can't be \(verb)")
            }
        }
    }

    @Test func `a document is not covered, a picture is`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for (method, field, isCovered) in [("sendDocument", "document", nil), ("sendPhoto", "photo", true)]
                as [(String, String, Bool?)]
            {
                let sent = try await stage.send(
                    method,
                    [
                        .field("chat_id", "501"), .field("has_spoiler", "true"), .field("caption", "c"),
                        .field("show_caption_above_media", "true"),
                        .file(field, bytes: try MediaTests.picture(100, 100), fileName: "a.jpg"),
                    ])
                #expect(sent.result["has_media_spoiler"]?.bool == isCovered)
                #expect(sent.result["show_caption_above_media"]?.bool == isCovered)
            }
        }
    }

    @Test func `an album has no keyboard`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.send(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"), .field("media", #"[{"type":"document","media":"attach://d"}]"#),
                    .field("reply_markup", #"{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}"#),
                    .file("d", bytes: [65], fileName: "a.txt"),
                ])
            #expect(sent.status == 200)
            #expect(sent.result.array?.first?["reply_markup"] == nil)
        }
    }

    @Test func `what was said of the preview and of the bot behind it goes along`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"https://example.com","link_preview_options":{"is_disabled":true}}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let forwarded = try await stage.call(
                "forwardMessage",
                #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id),"message_effect_id":"7"}"#)
            #expect(forwarded.result["link_preview_options"]?["is_disabled"] == .bool(true))
            #expect(forwarded.result["effect_id"]?.string == "7")
            _ = try await stage.call("copyMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id)}"#)
            let copy = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(copy?["link_preview"] == nil)

            let asked = try await stage.act("inline", #"{"user":501,"bot":7001,"query":"q"}"#)["query"]?.string ?? ""
            _ = try await stage.call(
                "answerInlineQuery",
                #"{"inline_query_id":"\#(asked)","results":[{"type":"article","id":"r","title":"T","input_message_content":{"message_text":"x"}}]}"#
            )
            let chosen = try await stage.act(
                "choose-inline", #"{"user":501,"query":"\#(asked)","result":"r","chat":7001}"#)
            let inline = chosen["message"]?["id"]?.integer ?? 0
            let again = try await stage.call(
                "forwardMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(inline)}"#)
            #expect(again.result["via_bot"]?["id"]?.integer == 7001)
        }
    }

    @Test func `who writes in the group's name forwards in it`() async throws {
        try await GroupStage.run { group in
            try await group.stage.act(
                "promote",
                #"{"user":501,"chat":\#(group.id),"member":7001,"role":"administrator","anonymous":true}"#)
            let id = try await group.result("sendMessage", #""text":"x""#)["message_id"]?.integer ?? 0
            let sent = try await group.result("forwardMessage", #""from_chat_id":\#(group.id),"message_id":\#(id)"#)
            #expect(sent["from"]?["username"]?.string == "GroupAnonymousBot")
            #expect(sent["sender_chat"]?["id"]?.integer == group.id)
        }
    }
}
