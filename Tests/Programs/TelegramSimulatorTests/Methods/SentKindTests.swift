import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct SentKindTests {
    @Test func `a file goes as what it is`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            func kind(_ field: String, _ name: String, _ bytes: [UInt8], _ more: MultipartPart...) async throws
                -> String?
            {
                let method = "send" + field.prefix(1).uppercased() + field.dropFirst()
                let sent = try await stage.send(
                    method, [.field("chat_id", "501"), .file(field, bytes: bytes, fileName: name)] + more)
                // An animation is also a document.
                return ["animation", "video", "audio", "voice", "document"].first { sent.result[$0] != nil }
            }
            let picture = try MediaTests.picture(20, 20)
            let gif = TinyMedia.gif(20, 10, hundredths: [100, 100])
            let film = TinyMedia.mp4(320, 240, milliseconds: 1500)
            let sound = TinyMedia.mp3(seconds: 3)
            for field in ["video", "audio", "voice"] {
                #expect(try await kind(field, "a.jpg", picture) == "document")
                #expect(try await kind(field, "a.txt", [65]) == "document")
            }
            #expect(try await kind("video", "a.mp4", film) == "video")
            #expect(try await kind("audio", "a.mp3", sound) == "audio")
            #expect(try await kind("voice", "a.mp3", sound) == "voice")
            #expect(try await kind("voice", "a.flac", [1]) == "audio")
            #expect(try await kind("document", "a.gif", gif) == "animation")
            #expect(try await kind("document", "a.mp4", film) == "video")
            #expect(try await kind("document", "a.mp3", sound) == "audio")
            #expect(try await kind("document", "a.txt", [65]) == "document")
            let asItIs = MultipartPart.field("disable_content_type_detection", "true")
            #expect(try await kind("document", "a.gif", gif, asItIs) == "document")
            #expect(try await kind("document", "a.mp4", film, asItIs) == "document")
        }
    }

    @Test func `a voice message has no picture, and a round film no address`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let voice = try await stage.send(
                "sendVoice",
                [
                    .field("chat_id", "501"), .file("voice", bytes: TinyMedia.opus(seconds: 4), fileName: "v.ogg"),
                    .file("thumbnail", bytes: try MediaTests.picture(20, 20), fileName: "t.jpg"),
                ])
            #expect(voice.result["voice"]?["duration"]?.integer == 4)
            #expect(voice.result["voice"]?["thumbnail"] == nil)
            let round = try await stage.call(
                "sendVideoNote", #"{"chat_id":501,"video_note":"\#(stage.url)/round.mp4"}"#)
            #expect(round.description == "Bad Request: wrong file identifier/HTTP URL specified")
        }
    }
}
