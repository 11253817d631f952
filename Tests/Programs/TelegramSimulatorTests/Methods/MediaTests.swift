import HTTP
import HTTPClient
import Images
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct MediaTests {
    static func picture(_ width: Int, _ height: Int) throws -> [UInt8] {
        let raster = try Raster(width: width, height: height)
        raster.fill(red: 200, green: 40, blue: 90)
        return try raster.jpeg()
    }

    private func send(_ method: String, _ parts: [MultipartPart], _ stage: Stage) async throws -> Stage.Reply {
        try await stage.reply(
            ClientRequest(.post, "\(stage.url)/bot\(Stage.token)/\(method)", body: .multipart(parts)))
    }

    @Test(
        arguments: [
            (100, 50, [[90, 45], [100, 50]]), (800, 600, [[90, 68], [320, 240], [800, 600]]),
            (3000, 1000, [[90, 30], [320, 107], [800, 267], [1280, 427]]), (60, 60, [[60, 60]]),
        ] as [(Int, Int, [[Int]])])
    func `a photo has sizes by its longest side`(width: Int, height: Int, sizes: [[Int]]) {
        #expect(PhotoRules.sizes(width: width, height: height).map { [$0.width, $0.height] } == sizes)
    }

    @Test func `a photo is uploaded, scaled, sent again by id and downloaded`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let picture = try Self.picture(1000, 500)
            let sent = try await send(
                "sendPhoto",
                [
                    .field("chat_id", "501"), .field("caption", "Я *b*"), .field("parse_mode", "MarkdownV2"),
                    MultipartPart(name: "photo", fileName: "a.jpg", content: .bytes(picture)),
                ], stage)
            #expect(sent.status == 200)
            #expect(sent.result["caption"]?.string == "Я b")
            let sizes = try #require(sent.result["photo"]?.array)
            #expect(sizes.map { $0["width"]?.integer } == [90, 320, 800, 1000])
            let id = try #require(sizes.last?["file_id"]?.string)
            let again = try await stage.call("sendPhoto", #"{"chat_id":501,"photo":"\#(id)"}"#)
            #expect(again.result["photo"]?.array?.last?["file_id"]?.string == id)
            let file = try await stage.call("getFile", #"{"file_id":"\#(id)"}"#)
            let path = try #require(file.result["file_path"]?.string)
            #expect(path.hasPrefix("photos/file_") && path.hasSuffix(".jpg"))
            let download = try await stage.http.send(ClientRequest("\(stage.url)/file/bot\(Stage.token)/\(path)"))
            #expect(ImageFacts(reading: download.body)?.width == 1000)
            #expect(Int64(download.body.count) == file.result["file_size"]?.integer)
            let asDocument = try await stage.call("sendDocument", #"{"chat_id":501,"document":"\#(id)"}"#)
            #expect(asDocument.description == "Bad Request: can't use file of type Photo as Document")
        }
    }

    @Test(arguments: [
        (9000, 1100, "Bad Request: PHOTO_INVALID_DIMENSIONS"), (2100, 100, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ])
    func `photos of wild sizes are refused`(width: Int, height: Int, description: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let picture = try Self.picture(width, height)
            let reply = try await send(
                "sendPhoto",
                [.field("chat_id", "501"), MultipartPart(name: "photo", fileName: "a.jpg", content: .bytes(picture))],
                stage)
            #expect(reply.description == description)
        }
    }

    @Test func `what is no picture is no photo, and no file is no photo`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await send(
                "sendPhoto",
                [
                    .field("chat_id", "501"),
                    MultipartPart(name: "photo", fileName: "a.jpg", content: .bytes([1, 2, 3])),
                ],
                stage)
            #expect(reply.description == "Bad Request: IMAGE_PROCESS_FAILED")
            #expect(
                try await stage.call("sendPhoto", #"{"chat_id":501}"#).description
                    == "Bad Request: there is no photo in the request")
            #expect(
                try await stage.call("sendPhoto", #"{"chat_id":501,"photo":"xyz"}"#).description
                    == "Bad Request: wrong remote file identifier specified: Wrong padding in the string")
            #expect(
                try await stage.call("getFile", #"{"file_id":"xyz"}"#).description == "Bad Request: invalid file_id")
        }
    }

    @Test func `an album has one group id, in order, and kinds that go together`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let picture = try Self.picture(100, 100)
            let reply = try await send(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"),
                    .field(
                        "media",
                        #"[{"type":"photo","media":"attach://one","caption":"first"},{"type":"photo","media":"attach://two"}]"#
                    ),
                    MultipartPart(name: "one", fileName: "1.jpg", content: .bytes(picture)),
                    MultipartPart(name: "two", fileName: "2.jpg", content: .bytes(picture)),
                ], stage)
            let messages = try #require(reply.result.array)
            #expect(messages.count == 2)
            #expect(Set(messages.compactMap { $0["media_group_id"]?.string }).count == 1)
            #expect(messages[0]["caption"]?.string == "first")
            let id = messages[0]["photo"]?.array?.last?["file_id"]?.string ?? ""
            let edited = try await stage.call(
                "editMessageCaption",
                #"{"chat_id":501,"message_id":\#(messages[1]["message_id"]?.integer ?? 0),"caption":"c"}"#)
            #expect(edited.result["caption"]?.string == "c")
            let failed = try await stage.call(
                "sendMediaGroup",
                #"{"chat_id":501,"media":[{"type":"photo","media":"\#(id)"},{"type":"photo","media":"\#(FileIdentifier.prefixes[0])\#(String(repeating: "A", count: 40))"}]}"#
            )
            #expect(
                failed.description
                    == "Bad Request: failed to send message #2 with the error message \"wrong file identifier/HTTP URL specified\""
            )
        }
    }

    @Test func `a document keeps its name and bytes, an animation is a document too`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await send(
                "sendDocument",
                [
                    .field("chat_id", "501"),
                    MultipartPart(name: "document", fileName: "заметки.txt", content: .bytes(Array("hello".utf8))),
                ], stage)
            #expect(reply.result["document"]?["file_name"]?.string == "заметки.txt")
            #expect(reply.result["document"]?["mime_type"]?.string == "text/plain")
            let id = reply.result["document"]?["file_id"]?.string ?? ""
            let path = try await stage.call("getFile", #"{"file_id":"\#(id)"}"#).result["file_path"]?.string ?? ""
            #expect(path.hasPrefix("documents/file_"))
            let bytes = try await stage.http.send(ClientRequest("\(stage.url)/file/bot\(Stage.token)/\(path)")).text
            #expect(bytes == "hello")
            let animation = try await send(
                "sendAnimation",
                [
                    .field("chat_id", "501"), .field("duration", "3"),
                    MultipartPart(name: "animation", fileName: "a.mp4", content: .bytes([0, 1])),
                ], stage)
            #expect(animation.result["animation"]?["duration"]?.integer == 3)
            #expect(animation.result["document"]?["file_name"]?.string == "a.mp4")
        }
    }

    @Test func `a person sends a photo from the page`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let picture = try Self.picture(400, 300)
            let reply = try await stage.reply(
                ClientRequest(
                    .post, "\(stage.url)/sim/messages",
                    body: .multipart([
                        .field("user", "501"), .field("chat", "7001"), .field("text", "look"),
                        MultipartPart(name: "file", fileName: "p.jpg", content: .bytes(picture)),
                    ])))
            let media = reply.json["message"]?["media"]
            #expect(media?["kind"]?.string == "photo")
            let update = try await stage.updates().last
            #expect(update?["message"]?["photo"]?.array?.count == 3)
            #expect(update?["message"]?["caption"]?.string == "look")
            let file = try await stage.http.send(
                ClientRequest("\(stage.url)/sim/files/\(media?["file"]?.string ?? "")"))
            #expect(ImageFacts(reading: file.body)?.width == 400)
        }
    }
}
