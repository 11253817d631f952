import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct SoundsAndStickersTests {
    private func send(_ method: String, _ parts: [MultipartPart], _ stage: Stage) async throws -> Stage.Reply {
        try await stage.reply(
            ClientRequest(.post, "\(stage.url)/bot\(Stage.token)/\(method)", body: .multipart(parts)))
    }

    @Test(arguments: [
        ("Voice", "voice", "v.ogg", "audio/ogg", "voice/file_"),
        ("Audio", "audio", "a.mp3", "audio/mpeg", "music/file_"),
        ("Sticker", "sticker", "s.webm", "video/webm", "stickers/file_"),
    ])
    func `an upload is sent, found and sent again`(
        method: String, field: String, name: String, type: String, folder: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await send(
                "send\(method)",
                [
                    .field("chat_id", "501"), .field("duration", "12"), .field("performer", "P"), .field("emoji", "🙂"),
                    MultipartPart(
                        name: field, fileName: name, contentType: MediaType(parsing: type), content: .bytes([1, 2, 3])),
                ], stage)
            let media = try #require(sent.result[field])
            #expect(media["file_size"]?.integer == 3)
            switch field {
            case "voice": #expect(media["duration"]?.integer == 12 && media["mime_type"]?.string == type)
            case "audio": #expect(media["performer"]?.string == "P" && media["file_name"]?.string == name)
            default: #expect(media["emoji"]?.string == "🙂" && media["is_video"] == .bool(true))
            }
            let id = try #require(media["file_id"]?.string)
            let path = try await stage.call("getFile", #"{"file_id":"\#(id)"}"#).result["file_path"]?.string ?? ""
            #expect(path.hasPrefix(folder))
            let again = try await stage.call("send\(method)", #"{"chat_id":501,"\#(field)":"\#(id)"}"#)
            #expect(again.result[field]?["file_unique_id"]?.string == media["file_unique_id"]?.string)
            let none = try await stage.call("send\(method)", #"{"chat_id":501}"#)
            #expect(none.description == "Bad Request: there is no \(field) in the request")
        }
    }

    @Test func `the file of a message is exchanged`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await send(
                "sendDocument",
                [
                    .field("chat_id", "501"),
                    MultipartPart(name: "document", fileName: "a.txt", content: .bytes([65])),
                ], stage)
            let id = try #require(sent.result["message_id"]?.integer)
            let edited = try await send(
                "editMessageMedia",
                [
                    .field("chat_id", "501"), .field("message_id", "\(id)"),
                    .field("media", #"{"type":"photo","media":"attach://new","caption":"now a picture"}"#),
                    MultipartPart(
                        name: "new", fileName: "p.jpg", content: .bytes(try MediaTests.picture(300, 200))),
                ], stage)
            #expect(edited.result["message_id"]?.integer == id)
            #expect(edited.result["photo"]?.array?.last?["width"]?.integer == 300)
            #expect(edited.result["document"] == nil)
            #expect(edited.result["caption"]?.string == "now a picture")
            let broken = try await stage.call("editMessageMedia", #"{"chat_id":501,"message_id":\#(id),"media":"{"}"#)
            #expect(broken.description == "Bad Request: can't parse input media JSON object")
            let voice = try await send(
                "sendVoice",
                [.field("chat_id", "501"), MultipartPart(name: "voice", fileName: "v.ogg", content: .bytes([1]))],
                stage)
            let other = try await stage.call(
                "editMessageMedia",
                #"{"chat_id":501,"message_id":\#(voice.result["message_id"]?.integer ?? 0),"media":{"type":"photo","media":"x"}}"#
            )
            #expect(other.description == "Bad Request: message media can't be edited")
        }
    }
}
