import HTTP
import HTTPClient
import JSON
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct FilmsAndSoundsTests {
    private func send(_ method: String, _ parts: [MultipartPart], _ stage: Stage) async throws -> Stage.Reply {
        try await stage.reply(
            ClientRequest(
                .post, "\(stage.url)/bot\(Stage.token)/\(method)", body: .multipart([.field("chat_id", "501")] + parts))
        )
    }

    @Test func `size, length and type are read from the file, whatever its name`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let film = TinyMedia.mp4(1280, 720, milliseconds: 5_500)
            let video = try await send("sendVideo", [.file("video", bytes: film, fileName: "a.bin")], stage)
                .result["video"]
            #expect(video?["width"]?.integer == 1280 && video?["height"]?.integer == 720)
            #expect(video?["duration"]?.integer == 5)
            #expect(video?["mime_type"]?.string == "video/mp4")
            let voice = try await send(
                "sendVoice", [.file("voice", bytes: TinyMedia.opus(seconds: 4), fileName: "v")], stage
            ).result["voice"]
            #expect(voice?["duration"]?.integer == 4 && voice?["mime_type"]?.string == "audio/ogg")
            let song = try await send(
                "sendAudio", [.file("audio", bytes: TinyMedia.mp3(seconds: 3), fileName: "s.mp3")], stage
            ).result["audio"]
            #expect(song?["duration"]?.integer == 3)
            #expect(song?["title"]?.string == "Rain" && song?["performer"]?.string == "Clouds")
            let told = try await send(
                "sendAudio",
                [.file("audio", bytes: TinyMedia.mp3(seconds: 3), fileName: "s.mp3"), .field("title", "Snow")], stage
            ).result["audio"]
            #expect(told?["title"]?.string == "Snow")
            let moving = try await send(
                "sendAnimation",
                [.file("animation", bytes: TinyMedia.gif(20, 10, hundredths: [100, 100]), fileName: "g.gif")], stage
            ).result
            #expect(moving["animation"]?["duration"]?.integer == 2 && moving["animation"]?["width"]?.integer == 20)
            #expect(moving["document"]?["file_id"] == moving["animation"]?["file_id"])
        }
    }

    @Test func `only a square film is round`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let square = TinyMedia.mp4(240, 240, milliseconds: 1500)
            let round = try await send("sendVideoNote", [.file("video_note", bytes: square, fileName: "n.mp4")], stage)
            #expect(round.result["video_note"]?["length"]?.integer == 240)
            let wide = TinyMedia.mp4(320, 240, milliseconds: 1500)
            let film = try await send("sendVideoNote", [.file("video_note", bytes: wide, fileName: "n.mp4")], stage)
            #expect(film.result["video_note"] == nil)
            #expect(film.result["video"]?["width"]?.integer == 320)
        }
    }

    @Test func `an empty file is refused`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await send("sendDocument", [.file("document", bytes: [], fileName: "e.txt")], stage)
            #expect(reply.description == "Bad Request: file must be non-empty")
        }
    }

    @Test func `a live photo has its film and its picture`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let film = TinyMedia.mp4(480, 640, milliseconds: 1800)
            let parts: [MultipartPart] = [
                .file("live_photo", bytes: film, fileName: "l.mp4"),
                .file("photo", bytes: try MediaTests.picture(480, 640), fileName: "l.jpg"),
            ]
            let sent = try await send("sendLivePhoto", parts, stage)
            let live = try #require(sent.result["live_photo"])
            #expect(live["duration"]?.integer == 1 && live["width"]?.integer == 480)
            #expect(live["photo"]?.array?.last?["height"]?.integer == 640)
            let id = try #require(live["file_id"]?.string)
            let again = try await stage.call("sendLivePhoto", #"{"chat_id":501,"live_photo":"\#(id)"}"#)
            #expect(again.result["live_photo"]?["photo"] != nil)
            let alone = try await send("sendLivePhoto", [.file("live_photo", bytes: film, fileName: "l.mp4")], stage)
            #expect(alone.description == "Bad Request: there is no photo in the request")
        }
    }

    @Test func `paid media are shown to those who paid, and the bot is told`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let media = #"[{"type":"photo","media":"attach://a"}]"#
            func send(_ stars: Int) async throws -> Stage.Reply {
                try await self.send(
                    "sendPaidMedia",
                    [
                        .field("star_count", "\(stars)"), .field("media", media), .field("payload", "p1"),
                        .field("caption", "Look"),
                        .file("a", bytes: try MediaTests.picture(300, 200), fileName: "a.jpg"),
                    ], stage)
            }
            #expect(try await send(0).description == "Bad Request: EXTENDED_MEDIA_AMOUNT_INVALID")
            let sent = try await send(25)
            #expect(sent.result["paid_media"]?["star_count"]?.integer == 25)
            #expect(sent.result["paid_media"]?["paid_media"]?.array?.first?["type"]?.string == "photo")
            #expect(sent.result["caption"]?.string == "Look")
            let id = sent.result["message_id"]?.integer ?? 0
            let alice = SimulatedPerson(Stage.alice, at: stage.url, http: stage.http)
            let before = try await alice.history(of: Stage.bot).last?.view["paid"]
            #expect(before?["bought"]?.boolValue == false && before?["media"] == nil)
            try await alice.act("pay", ["chat": .integer(Stage.bot), "message": .integer(id)])
            let after = try await alice.history(of: Stage.bot).last?.view["paid"]
            #expect(after?["bought"]?.boolValue == true && after?["media"]?.arrayValue?.count == 1)
            let bought = try await stage.updates().last?["purchased_paid_media"]
            #expect(bought?["paid_media_payload"]?.string == "p1")
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 25)
        }
    }

    @Test func `an album mixes pictures and films only`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            func album(_ types: [String]) async throws -> Stage.Reply {
                let items = types.enumerated().map { #"{"type":"\#($1)","media":"attach://f\#($0)"}"# }
                var parts: [MultipartPart] = [.field("media", "[\(items.joined(separator: ","))]")]
                for (index, type) in types.enumerated() {
                    let bytes =
                        type == "photo"
                        ? try MediaTests.picture(200, 200) : TinyMedia.mp4(200, 200, milliseconds: 1000)
                    parts.append(.file("f\(index)", bytes: bytes, fileName: "f\(index).\(type)"))
                }
                return try await send("sendMediaGroup", parts, stage)
            }
            let mixed = try await album(["photo", "video", "photo"])
            #expect(mixed.result.array?.count == 3)
            #expect(Set(mixed.result.array?.compactMap { $0["media_group_id"]?.string } ?? []).count == 1)
            #expect(
                try await album(["photo", "document"]).description
                    == "Bad Request: document can't be mixed with other media types")
            #expect(
                try await album(["audio", "video"]).description
                    == "Bad Request: audio can't be mixed with other media types")
            #expect(try await album(["document", "document"]).result.array?.count == 2)
        }
    }
}
