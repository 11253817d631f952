import HTTP
import HTTPClient
import HTTPServer
import JSON
import Support
import Testing

@testable import TelegramAPI

@Suite(.timeLimit(.minutes(1))) struct `Telegram client` {
    static let message = #"{"message_id":5,"date":1,"chat":{"id":42,"type":"private"},"text":"hi"}"#
    static func ok(_ result: String) -> ServerResponse { .json(#"{"ok":true,"result":\#(result)}"#) }

    @Test func `a call without files is JSON`() async throws {
        try await withBotServer { _ in
            Self.ok(Self.message)
        } _: { server in
            let message = try await server.client()(
                SendMessage(
                    chatID: 42, text: "hi \"there\"", parseMode: .html,
                    replyMarkup: .inlineKeyboard(
                        InlineKeyboardMarkup(inlineKeyboard: [[InlineKeyboardButton(text: "a", callbackData: "b")]]))))
            #expect(message.messageID == 5)
            #expect(message.chat.id == 42)
            let call = try #require(server.received.first)
            #expect(call.path == "/bot\(BotServer.token)/sendMessage")
            #expect(call.contentType == "application/json")
            #expect(
                call.json == [
                    "chat_id": 42, "text": "hi \"there\"", "parse_mode": "HTML",
                    "reply_markup": ["inline_keyboard": [[["text": "a", "callback_data": "b"]]]],
                ])
        }
    }

    @Test func `a file goes as a part under its parameter's name`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.write("cat.txt", "meow")
        try await withBotServer { _ in
            Self.ok(Self.message)
        } _: { server in
            try await server.client()(
                SendDocument(
                    chatID: "@cats", document: .path(path), thumbnail: .bytes([0x74], name: "t.jpg"),
                    caption: "a\n\"b\"",
                    captionEntities: [MessageEntity(type: .bold, offset: 0, length: 1)], disableNotification: true))
            let call = try #require(server.received.first)
            #expect(call.files["document"]?.name == "cat.txt")
            #expect(call.files["document"]?.text == "meow")
            #expect(call.files["thumbnail"]?.text == "t")
            #expect(
                call.form == [
                    "chat_id": "@cats", "caption": "a\n\"b\"", "disable_notification": "true",
                    "caption_entities": #"[{"type":"bold","offset":0,"length":1}]"#,
                ])
        }
    }

    @Test func `files inside an album are attached by name`() async throws {
        try await withBotServer { _ in
            Self.ok("[\(Self.message)]")
        } _: { server in
            let messages = try await server.client()(
                SendMediaGroup(
                    chatID: 1,
                    media: [
                        .photo(InputMediaPhoto(media: .bytes([0x61], name: "a.jpg"))),
                        .photo(InputMediaPhoto(media: .id("AgAD"))),
                        .video(
                            InputMediaVideo(
                                media: .bytes([0x62], name: "b.mp4"), thumbnail: .bytes([0x63], name: "c.jpg"))),
                    ]))
            #expect(messages.count == 1)
            let call = try #require(server.received.first)
            let media = try JSONValue(parsing: call.form["media"] ?? "")
            #expect(media[0] == ["type": "photo", "media": "attach://file0"])
            #expect(media[1] == ["type": "photo", "media": "AgAD"])
            #expect(media[2] == ["type": "video", "media": "attach://file1", "thumbnail": "attach://file2"])
            #expect(call.files.mapValues(\.text) == ["file0": "a", "file1": "b", "file2": "c"])
        }
    }

    @Test func `files inside rich messages and sticker sets are attached too`() {
        let rich = requestOf(
            SendRichMessage(
                chatID: 1,
                richMessage: InputRichMessage(
                    html: "x",
                    media: [
                        InputRichMessageMedia(id: "m", media: .photo(InputMediaPhoto(media: .bytes([1], name: "p"))))
                    ])))
        #expect(rich.attachments.map(\.part) == ["file0"])
        #expect(rich.parameter("rich_message")?["media"]?[0]?["media"]?["media"] == "attach://file0")
        let stickers = requestOf(
            AddStickerToSet(
                userID: 1, name: "s",
                sticker: InputSticker(sticker: .bytes([1], name: "s.webp"), format: "static", emojiList: ["😀"])))
        #expect(stickers.parameter("sticker")?["sticker"] == "attach://file0")
    }

    @Test func `an edit gives a message or true`() async throws {
        try await withBotServer { call in
            call.json["inline_message_id"] == nil ? Self.ok(Self.message) : Self.ok("true")
        } _: { server in
            let client = server.client()
            let edited = try await client(EditMessageText(chatID: 42, messageID: 5, text: "a"))
            #expect(edited.message?.messageID == 5)
            let inline = try await client(EditMessageText(inlineMessageID: "x", text: "a"))
            #expect(inline.message == nil)
        }
    }

    @Test(arguments: [
        (
            429,
            #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}"#,
            "retry_after"
        ),
        (502, "<html></html>", "server"), (413, "", "too_large"), (200, "{\"ok\":true,\"res", "server"),
        (200, #"{"ok":true,"result":{"message_id":"five"}}"#, "undecodable"),
    ]) func `a failure is typed and never carries the token`(_ status: Int, _ body: String, _ label: String)
        async throws
    {
        try await withBotServer { _ in
            ServerResponse.json(body, status: .init(rawValue: status))
        } _: { server in
            let error = await #expect(throws: TelegramError.self) {
                try await server.client()(SendMessage(chatID: 1, text: "x"))
            }
            #expect(error?.label == label)
            #expect(error.map { "\($0)" + String(reflecting: $0) }?.contains("TEST-not") == false)
        }
    }

    @Test func `a server that is not there is a network fault without the token`() async throws {
        let server = try await BotServer { _ in Self.ok("true") }
        let client = server.client()
        await server.stop()
        let error = await #expect(throws: TelegramError.self) { try await client(GetMe()) }
        #expect(error?.label.hasPrefix("network_") == true)
        #expect(error.map { "\($0)" + String(reflecting: $0) }?.contains("TEST-not") == false)
        var text = ""
        dump(client, to: &text)
        #expect(!text.contains("TEST-not"))
    }

    @Test func `polling gives each update with its own text`() async throws {
        let updates =
            #"[{"update_id":7,"message":\#(Self.message)},{"update_id":8,"new_kind":{}}, {"message":{"text":5},"update_id":9}]"#
        try await withBotServer { _ in
            Self.ok(updates)
        } _: { server in
            let raw = try await server.client().poll(GetUpdates(offset: 7, timeout: 30, allowedUpdates: ["message"]))
            #expect(raw.map(\.updateID) == [7, 8, 9])
            #expect(try raw[0].decode().update.message?.text == "hi")
            #expect(try raw[1].decode().update.content == nil)
            #expect(throws: JSONError.self) { try raw[2].decode() }
            #expect(server.received.first?.json == ["offset": 7, "timeout": 30, "allowed_updates": ["message"]])
        }
    }

    @Test func `files are downloaded to memory and to disk`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try await withBotServer { call in
            call.path.hasSuffix("gone.jpg")
                ? .json(#"{"ok":false,"error_code":404,"description":"Not Found"}"#, status: .notFound)
                : .text("picture")
        } _: { server in
            let client = server.client()
            let bytes = try await client.download("photos/file 0.jpg")
            #expect(bytes == Array("picture".utf8))
            #expect(server.received.first?.path == "/file/bot\(BotServer.token)/photos/file%200.jpg")
            let size = try await client.download("photos/a.jpg", to: folder.path + "/a.jpg")
            #expect(size == 7)
            let saved = try folder.text(folder.path + "/a.jpg")
            #expect(saved == "picture")
            let long = await #expect(throws: TelegramError.self) { try await client.download("photos/a.jpg", upTo: 3) }
            #expect(long == .network(.tooLarge(limit: 3)))
            let gone = await #expect(throws: TelegramError.self) { try await client.download("photos/gone.jpg") }
            #expect(gone?.label == "file_wrong_id")
            let local = await #expect(throws: TelegramError.self) { try await client.download("/var/lib/file.jpg") }
            #expect(local?.label == "bad_request")
        }
    }

    @Test func `interceptors see calls from the outside in, and may answer themselves`() async throws {
        try await withBotServer { _ in
            Self.ok("true")
        } _: { server in
            let marks = Marks()
            let client = server.client([Marking(name: "outer", marks: marks), Marking(name: "inner", marks: marks)])
            let deleted = try await client(DeleteMessage(chatID: 42, messageID: 1))
            #expect(deleted)
            #expect(marks.all == ["outer deleteMessage 42", "inner deleteMessage 42", "inner done", "outer done"])
            let cached = server.client([Answering()])
            let name = try await cached(GetMyName()).name
            #expect(name == "cached")
            #expect(server.received.count == 1)
        }
    }

    @Test func `a stored request is the request again`() throws {
        let request = TelegramRequest(SendMessage(chatID: "news", text: "x"))
        let stored = try TelegramRequest(method: request.method, json: request.json)
        #expect(stored.chat == .username("@news"))
        #expect(stored.parameter("text") == "x")
        #expect(throws: JSONError.self) { try TelegramRequest(method: "x", json: Array("[]".utf8)) }
    }
}
