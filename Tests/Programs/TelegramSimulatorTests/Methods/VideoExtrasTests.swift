import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct VideoExtrasTests {
    private func film() -> [UInt8] { TinyMedia.mp4(320, 240, milliseconds: 9000) }

    @Test func `a film has a cover and begins where its sender says, and where who copies it says`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.send(
                "sendVideo",
                [
                    .field("chat_id", "501"), .field("start_timestamp", "4"), .field("cover", "attach://c"),
                    .field("thumbnail", "attach://t"), .file("video", bytes: film(), fileName: "a.mp4"),
                    .file("c", bytes: try MediaTests.picture(300, 200), fileName: "c.jpg"),
                    .file("t", bytes: try MediaTests.picture(200, 100), fileName: "t.jpg"),
                ])
            let video = try #require(sent.result["video"])
            #expect(video["start_timestamp"]?.integer == 4)
            #expect(video["cover"]?.array?.last?["width"]?.integer == 300)
            #expect(video["thumbnail"]?["width"]?.integer == 200)
            let id = sent.result["message_id"]?.integer ?? 0
            let forward = try await stage.call(
                "forwardMessage",
                #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id),"video_start_timestamp":7}"#)
            #expect(forward.result["video"]?["start_timestamp"]?.integer == 7)
            #expect(forward.result["video"]?["cover"]?.array?.count == video["cover"]?.array?.count)
            let album = try await stage.send(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"),
                    .field(
                        "media",
                        #"[{"type":"video","media":"attach://v","cover":"attach://c","start_timestamp":2,"thumbnail":"attach://t"}]"#
                    ),
                    .file("v", bytes: film(), fileName: "a.mp4"),
                    .file("c", bytes: try MediaTests.picture(300, 200), fileName: "c.jpg"),
                    .file("t", bytes: try MediaTests.picture(200, 100), fileName: "t.jpg"),
                ])
            let second = album.result.array?.first?["video"]
            #expect(second?["start_timestamp"]?.integer == 2 && second?["cover"] != nil)
            #expect(second?["thumbnail"]?["width"]?.integer == 200)
        }
    }

    @Test(arguments: [
        ("Photo", "photo", "photo"), ("Document", "document", "document"), ("Video", "video", "video"),
        ("Animation", "animation", "animation"), ("Audio", "audio", "audio"), ("Voice", "voice", "voice"),
        ("VideoNote", "video_note", "video note"), ("Sticker", "sticker", "sticker"),
        ("LivePhoto", "live_photo", "live photo"),
    ])
    func `a call without its file says which is missing`(method: String, field: String, name: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for fields in ["", #","\#(field)":"""#, #","\#(field)":"attach://none""#] {
                let reply = try await stage.call(
                    "send\(method)", #"{"chat_id":501,"parse_mode":"odd","caption":"x"\#(fields)}"#)
                let isCaptionFirst = method == "LivePhoto"
                #expect(
                    reply.description
                        == (isCaptionFirst
                            ? "Bad Request: unsupported parse_mode" : "Bad Request: there is no \(name) in the request")
                )
                let plain = try await stage.call("send\(method)", #"{"chat_id":501\#(fields)}"#)
                #expect(plain.description == "Bad Request: there is no \(name) in the request")
            }
        }
    }

    @Test(arguments: [
        (#"7"#, "can't parse InputMedia: expected an Object"), ("{}", "can't parse InputMedia: media not found"),
        (#"{"media":"attach://none","type":"photo"}"#, "can't parse InputMedia: media not found"),
        (#"{"media":"x"}"#, #"can't parse InputMedia: Can't find field "type""#),
        (#"{"media":"x","type":"sticker"}"#, #"can't parse InputMedia: type "sticker" is unsupported"#),
        (
            #"{"media":"x","type":"animation"}"#,
            #"can't parse InputMedia: type "animation" can't be used in sendMediaGroup"#
        ),
    ])
    func `a part of an album that is none`(item: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call("sendMediaGroup", #"{"chat_id":501,"media":[\#(item)]}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }
}
