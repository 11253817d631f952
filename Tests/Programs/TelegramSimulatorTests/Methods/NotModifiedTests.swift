import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

/// Edits that change nothing are refused, those that change the least thing are not.
@Suite(.timeLimit(.minutes(1))) struct NotModifiedTests {
    private static let refusal =
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
    private static let keyboard = #""reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"d"}]]}"#

    @Test(arguments: [
        (#""text":"a <b>b</b>","parse_mode":"HTML""#, true), (#""text":"  a <b>b</b>\n","parse_mode":"HTML""#, true),
        (#""text":"a b""#, false),
        (#""text":"a <b>b</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true}"#, false),
        (#""text":"a <b>b</b>","parse_mode":"HTML",\#(keyboard)"#, false),
    ])
    func `a text`(fields: String, isSame: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call("sendMessage", #"{"chat_id":501,"text":"a <b>b</b>","parse_mode":"HTML"}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let edit = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),\#(fields)}"#)
            #expect(edit.description == (isSame ? Self.refusal : nil))
        }
    }

    @Test func `an edit without preview options brings the usual preview back`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"e.org","link_preview_options":{"is_disabled":true,"url":"https://e.org","prefer_small_media":true,"prefer_large_media":true,"show_above_text":true}}"#
            )
            let options = try #require(sent.result["link_preview_options"])
            #expect(options["is_disabled"] == .bool(true) && options["url"]?.string == "https://e.org")
            #expect(options["prefer_small_media"] == .bool(true) && options["prefer_large_media"] == .bool(true))
            #expect(options["show_above_text"] == .bool(true))
            let id = sent.result["message_id"]?.integer ?? 0
            let edit = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"e.org"}"#)
            #expect(edit.status == 200)
            #expect(edit.result["link_preview_options"] == nil)
            let old = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"e.org","disable_web_page_preview":true}"#)
            #expect(old.result["link_preview_options"]?["is_disabled"] == .bool(true))
        }
    }

    @Test(arguments: [
        (#""caption":"c""#, true), (#""caption":"d""#, false),
        (#""caption":"c","show_caption_above_media":true"#, false),
        (#""caption":"c",\#(keyboard)"#, false),
    ])
    func `the words under a file`(fields: String, isSame: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await photo(stage)
            let edit = try await stage.call("editMessageCaption", #"{"chat_id":501,"message_id":\#(id),\#(fields)}"#)
            #expect(edit.description == (isSame ? Self.refusal : nil))
        }
    }

    @Test(arguments: [
        (#""caption":"c""#, true), (#""caption":"c","has_spoiler":true"#, false), (#""caption":"""#, false),
    ])
    func `a file`(fields: String, isSame: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await photo(stage)
            let message = try await stage.call(
                "copyMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id)}"#)
            #expect(message.status == 200)
            let file = try await stage.call(
                "editMessageCaption", #"{"chat_id":501,"message_id":\#(id),"caption":"c2"}"#)
            let name = file.result["photo"]?.array?.last?["file_id"]?.string ?? ""
            _ = try await stage.call("editMessageCaption", #"{"chat_id":501,"message_id":\#(id),"caption":"c"}"#)
            let edit = try await stage.call(
                "editMessageMedia",
                #"{"chat_id":501,"message_id":\#(id),"media":{"type":"photo","media":"\#(name)",\#(fields)}}"#)
            #expect(edit.description == (isSame ? Self.refusal : nil))
        }
    }

    @Test func `a keyboard`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call("sendMessage", #"{"chat_id":501,"text":"a",\#(Self.keyboard)}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            func edit(_ fields: String) async throws -> String? {
                try await stage.call("editMessageReplyMarkup", #"{"chat_id":501,"message_id":\#(id)\#(fields)}"#)
                    .description
            }
            #expect(try await edit(",\(Self.keyboard)") == Self.refusal)
            #expect(try await edit("") == nil)
            #expect(try await edit("") == Self.refusal)
            #expect(try await edit(#","reply_markup":{"inline_keyboard":[]}"#) == Self.refusal)
        }
    }

    @Test(arguments: [
        ("editMessageText", #","text":"x""#, "there is no text in the message to edit"),
        ("editMessageCaption", #","caption":"x""#, "there is no caption in the message to edit"),
        (
            "editMessageLiveLocation", #","latitude":1,"longitude":1"#,
            "there is no live location in the message to edit"
        ),
        ("editMessageMedia", #","media":{"type":"photo","media":"x"}"#, "message media can't be edited"),
    ])
    func `what a message does not have cannot be edited`(method: String, fields: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let dice = try await stage.call("sendDice", #"{"chat_id":501}"#)
            let id = dice.result["message_id"]?.integer ?? 0
            let reply = try await stage.call(method, #"{"chat_id":501,"message_id":\#(id)\#(fields)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    private func photo(_ stage: Stage) async throws -> Int64 {
        let sent = try await stage.send(
            "sendPhoto",
            [
                .field("chat_id", "501"), .field("caption", "c"),
                .file("photo", bytes: try MediaTests.picture(100, 100), fileName: "a.jpg"),
            ])
        return sent.result["message_id"]?.integer ?? 0
    }
}
