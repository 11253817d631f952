import HTTP
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct SendingRightTests {
    /// A message of each kind in the private chat, by its field.
    private func samples(_ stage: Stage) async throws -> [String: JSONNode] {
        try await stage.start()
        let photo = try await stage.send(
            "sendPhoto",
            [
                .field("chat_id", "501"),
                MultipartPart(name: "photo", fileName: "p.jpg", content: .bytes(try MediaTests.picture(100, 100))),
            ])
        let video = try await stage.send(
            "sendVideo",
            [
                .field("chat_id", "501"), MultipartPart(name: "video", fileName: "v.mp4", content: .bytes([1, 2, 3])),
            ])
        return [
            "photo": photo.result, "video": video.result,
            "dice": try await stage.call("sendDice", #"{"chat_id":501}"#).result,
            "text": try await stage.call("sendMessage", #"{"chat_id":501,"text":"x"}"#).result,
            "poll": try await stage.call("sendPoll", #"{"chat_id":501,"question":"Q","options":["a","b"]}"#).result,
        ]
    }

    private func deny(_ rights: [String], _ group: GroupStage) async throws {
        let list = rights.map { "\"\($0)\"" }.joined(separator: ",")
        try await group.stage.act("edit-chat", #"{"user":501,"chat":\#(group.id),"denied":[\#(list)]}"#)
    }

    @Test func `an album needs the right of each thing in it`() async throws {
        try await GroupStage.run(isAdministrator: false) { (group: GroupStage) async throws -> Void in
            let samples = try await samples(group.stage)
            let photo = samples["photo"]?["photo"]?.array?.last?["file_id"]?.string ?? ""
            let video = samples["video"]?["video"]?["file_id"]?.string ?? ""
            let media = #"[{"type":"photo","media":"\#(photo)"},{"type":"video","media":"\#(video)"}]"#
            for (right, what) in [("can_send_videos", "videos"), ("can_send_photos", "photos")] {
                try await deny([right], group)
                let refusal = "Bad Request: not enough rights to send \(what) to the chat"
                // Which kind is looked at was once a matter of chance.
                for _ in 1...12 { #expect(try await group.call("sendMediaGroup", #""media":\#(media)"#) == refusal) }
                #expect(try await group.call("sendPaidMedia", #""star_count":1,"media":\#(media)"#) == refusal)
            }
            try await deny([], group)
            #expect(try await group.call("sendMediaGroup", #""media":\#(media)"#) == "ok")
            #expect(try await group.call("sendPaidMedia", #""star_count":1,"media":\#(media)"#) == "ok")
        }
    }

    @Test(arguments: [
        ("photo", "can_send_photos"), ("video", "can_send_videos"), ("dice", "can_send_other_messages"),
        ("text", "can_send_messages"), ("poll", "can_send_polls"),
    ])
    func `what may not be sent may not be passed on either`(kind: String, right: String) async throws {
        try await GroupStage.run(isAdministrator: false) { (group: GroupStage) async throws -> Void in
            let id = try #require(try await samples(group.stage)[kind]?["message_id"]?.integer)
            let all = ["can_send_photos", "can_send_videos", "can_send_other_messages", "can_send_polls"]
            for (denied, isFine) in [([right], false), ((all + ["can_send_messages"]).filter { $0 != right }, true)] {
                try await deny(denied, group)
                for method in ["forwardMessage", "copyMessage"] {
                    let reply = try await group.call(method, #""from_chat_id":501,"message_id":\#(id)"#)
                    let done = method == "copyMessage" ? "copied" : "forwarded"
                    #expect(reply == (isFine ? "ok" : "Bad Request: the message can't be \(done)"))
                }
                for method in ["forwardMessages", "copyMessages"] {
                    let reply = try await group.call(method, #""from_chat_id":501,"message_ids":[\#(id)]"#)
                    #expect(reply == (isFine ? "ok" : "Bad Request: messages can't be forwarded"))
                }
            }
        }
    }

    @Test func `media that are to be paid are forwarded and not copied`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let photo = try await samples(stage)["photo"]?["photo"]?.array?.last?["file_id"]?.string ?? ""
            let sent = try await stage.call(
                "sendPaidMedia",
                #"{"chat_id":501,"star_count":1,"media":[{"type":"photo","media":"\#(photo)"}]}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let what = #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id),"message_ids":[\#(id)]}"#
            #expect(try await stage.call("forwardMessage", what).result["paid_media"]?["star_count"]?.integer == 1)
            #expect(
                try await stage.call("copyMessage", what).description == "Bad Request: the message can't be copied")
            #expect(try await stage.call("copyMessages", what).status == 400)
        }
    }
}
