import HTTP
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ReplyMarkupTests {
    private static func parse(_ text: String) throws(APIError) -> ReplyMarkup? {
        var arguments = Arguments()
        arguments.add("reply_markup", text)
        return try MarkupArgument.parse(arguments, isLocal: false)
    }

    private static func refusal(_ text: String) -> String? {
        do {
            _ = try parse(text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("nonsense", "can't parse reply keyboard markup JSON object"), ("null", "object expected as reply markup"),
        ("[]", "object expected as reply markup"),
        (#"{"keyboard":7}"#, #"field "keyboard" must be of type Array"#),
        (#"{"keyboard":[7]}"#, #"field "keyboard" must be an Array of Arrays"#),
        (
            #"{"keyboard":[[7]]}"#, "can't parse keyboard button: KeyboardButton must be a String or an Object"
        ),
        (#"{"keyboard":[[{}]]}"#, #"can't parse keyboard button: Can't find field "text""#),
        (#"{"keyboard":[[""]]}"#, "keyboard button text must be non-empty"),
        (#"{"inline_keyboard":7}"#, #"field "inline_keyboard" must be of type Array"#),
        (
            #"{"inline_keyboard":[7]}"#,
            #"field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays"#
        ),
        (
            #"{"inline_keyboard":[["x"]]}"#,
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        ),
        (#"{"inline_keyboard":[[{}]]}"#, #"can't parse inline keyboard button: Can't find field "text""#),
        (
            #"{"inline_keyboard":[[{"text":"","callback_data":"x"}]]}"#,
            "inline keyboard button text must be non-empty"
        ),
        (#"{"inline_keyboard":[[{"text":" ","callback_data":"x"}]]}"#, "BUTTON_TEXT_INVALID"),
        (
            #"{"inline_keyboard":[[{"text":"a","callback_data":""}]]}"#,
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        ),
        (
            #"{"inline_keyboard":[[{"text":"a","url":"no link"}]]}"#,
            "inline keyboard button URL 'no link' is invalid: Wrong HTTP URL"
        ),
        (
            #"{"inline_keyboard":[[{"text":"a","web_app":{"url":"http://e.org"}}]]}"#,
            "inline keyboard button Web App URL 'http://e.org' is invalid: Only HTTPS links are allowed"
        ),
        (
            #"{"inline_keyboard":[[{"text":"a","switch_inline_query_chosen_chat":{"query":"x"}}]]}"#,
            "at least one chat type must be allowed"
        ),
        (#"{"inline_keyboard":[[{"text":"a","copy_text":{"text":""}}]]}"#, "BUTTON_COPY_TEXT_INVALID"),
    ])
    func `a keyboard with a fault is refused`(text: String, reason: String) {
        #expect(Self.refusal(text) == "Bad Request: \(reason)")
    }

    @Test(arguments: [
        #"{}"#, #"{"keyboard":[]}"#, #"{"keyboard":[[]]}"#, #"{"inline_keyboard":[]}"#, #"{"inline_keyboard":[[],[]]}"#,
        #"{"remove_keyboard":false}"#,
    ])
    func `a keyboard without a button is none`(text: String) throws {
        let isNone = try Self.parse(text) == nil
        #expect(isNone)
    }

    @Test func `a row keeps twelve buttons, a keyboard three hundred, the rest goes in silence`() throws {
        let row = (0..<20).map { #"{"text":"\#($0)","callback_data":"d"}"# }.joined(separator: ",")
        let markup = try Self.parse(
            "{\"inline_keyboard\":[\(Array(repeating: "[\(row)]", count: 40).joined(separator: ","))]}")
        guard case .inline(let keyboard)? = markup else {
            Issue.record("no inline keyboard")
            return
        }
        #expect(keyboard.count == 25)
        #expect(keyboard.allSatisfy { $0.map(\.text) == (0..<12).map(String.init) })
        let keys = (0..<13).map { "\"\($0)\"" }.joined(separator: ",")
        guard case .keyboard(let board, _)? = try Self.parse(#"{"keyboard":[[\#(keys)]]}"#) else {
            Issue.record("no keyboard")
            return
        }
        #expect(board.rows.first?.count == 12)
    }

    @Test func `a button beyond the last one is read nevertheless`() {
        let row = Array(repeating: #"{"text":"a","callback_data":"d"}"#, count: 12).joined(separator: ",")
        #expect(
            Self.refusal(#"{"inline_keyboard":[[\#(row),{"text":"a"}]]}"#)
                == "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    }

    @Test func `a keyboard that takes too many bytes is refused`() {
        let data = String(repeating: "d", count: 64)
        let row = Array(repeating: #"{"text":"\#(data)","callback_data":"\#(data)"}"#, count: 8).joined(separator: ",")
        let rows = Array(repeating: "[\(row)]", count: 12).joined(separator: ",")
        #expect(Self.refusal(#"{"inline_keyboard":[\#(rows)]}"#) == "Bad Request: reply markup is too long")
    }

    @Test func `names of old are understood`() throws {
        guard case .remove(let isSelective)? = try Self.parse(#"{"hide_keyboard":true,"personal_keyboard":true}"#)
        else {
            Issue.record("the keyboard is not removed")
            return
        }
        #expect(isSelective)
        guard
            case .keyboard(let keyboard, _)? = try Self.parse(
                #"{"keyboard":[[{"text":"a","request_phone_number":true}]]}"#)
        else {
            Issue.record("no keyboard")
            return
        }
        #expect(keyboard.rows.first?.first?.request == "request_contact")
    }

    @Test(arguments: [
        (#""text":"x @alice""#, true), (#""text":"👉@Alice!""#, true), (#""text":"@alice_2 x""#, false),
        (#""text":"alice""#, false),
    ])
    func `a selective keyboard is shown to whom the text names`(text: String, isShown: Bool) async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let sent = try await group.call(
                "sendMessage", #"\#(text),"reply_markup":{"keyboard":[[{"text":"a"}]],"selective":true}"#)
            #expect(sent == "ok")
            for (user, isFor) in [(501, isShown), (502, false)] {
                let chats = try await group.stage.view("state?user=\(user)")["chats"]?.array
                let chat = chats?.first { $0["id"]?.integer == group.id }
                #expect((chat?["reply_keyboard"] != nil) == isFor)
            }
        }
    }

    @Test func `and to whom a caption names`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            let sent = try await group.stage.send(
                "sendPhoto",
                [
                    .field("chat_id", "\(group.id)"), .field("caption", "for @alice"),
                    .field("reply_markup", #"{"force_reply":true,"selective":true}"#),
                    MultipartPart(name: "photo", fileName: "p.jpg", content: .bytes(try MediaTests.picture(90, 90))),
                ])
            #expect(sent.status == 200)
            let chats = try await group.stage.view("state?user=501")["chats"]?.array
            let chat = chats?.first { $0["id"]?.integer == group.id }
            #expect(chat?["reply_keyboard"]?["type"]?.string == "force_reply")
        }
    }
}
