import Cryptography
import HTTP
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct MiniAppTests {
    private static let app = "https://example.org/app"

    /// What a bot's server does with `initData` (core.telegram.org/bots/webapps, "Validating data").
    private static func fields(_ data: String) -> [(String, String)] {
        data.split(separator: "&").map { item in
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(pair[0]), Percent.decode(pair[1]) ?? "")
        }
    }

    private static func value(_ name: String, in data: String) -> String? {
        fields(data).first { $0.0 == name }?.1
    }

    private static func hash(of data: String, token: String) -> String {
        let text = fields(data).filter { $0.0 != "hash" }.sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "\n")
        let secret = HMAC.sha256(token.utf8, key: Array("WebAppData".utf8))
        return Hexadecimal.text(HMAC.sha256(text.utf8, key: secret))
    }

    private func button(_ stage: Stage) async throws -> Int64 {
        let sent = try await stage.call(
            "sendMessage",
            #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"Open","web_app":{"url":"\#(Self.app)"}}]]}}"#
        )
        return sent.result["message_id"]?.integer ?? 0
    }

    @Test func `what an app is started with is signed for the bot and for third parties`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await button(stage)
            let opened = try await stage.act(
                "open-app",
                ##"{"user":501,"chat":7001,"message":\##(id),"row":0,"column":0,"theme":"{\"bg_color\":\"#ffffff\"}"}"##
            )
            let data = try #require(opened["init_data"]?.string)
            #expect(Self.value("hash", in: data) == Self.hash(of: data, token: Stage.token))
            #expect(Self.value("hash", in: data) != Self.hash(of: data, token: "7001:other"))
            #expect(Self.value("query_id", in: data) == opened["query"]?.string)
            #expect(JSONNode(Self.value("user", in: data) ?? "")?["id"]?.integer == 501)
            let key = try await stage.view("app-key")["public_key"]?.string ?? ""
            let text = Self.fields(data).filter { $0.0 != "hash" && $0.0 != "signature" }.sorted { $0.0 < $1.0 }
                .map { "\($0.0)=\($0.1)" }.joined(separator: "\n")
            #expect(
                Ed25519.isValid(
                    Self.bytes(base64: Self.value("signature", in: data) ?? ""),
                    of: Array("7001:WebAppData\n\(text)".utf8), by: Self.bytes(hexadecimal: key)))
            let url = try #require(opened["url"]?.string)
            #expect(url.hasPrefix("\(Self.app)#tgWebAppData="))
            #expect(url.contains("&tgWebAppThemeParams=%7B%22bg_color%22%3A%22%23ffffff%22%7D"))
        }
    }

    @Test func `an app behind a message answers once, in the person's name`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await button(stage)
            let opened = try await stage.act(
                "open-app", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            let query = opened["query"]?.string ?? ""
            let result =
                #"{"type":"article","id":"1","title":"T","input_message_content":{"message_text":"done"},"reply_markup":{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}}"#
            let answer = #"{"web_app_query_id":"\#(query)","result":\#(result)}"#
            let sent = try await stage.call("answerWebAppQuery", answer)
            let inline = try #require(sent.result["inline_message_id"]?.string)
            #expect(
                try await stage.call("editMessageText", #"{"inline_message_id":"\#(inline)","text":"more"}"#).status
                    == 200)
            #expect(try await stage.call("answerWebAppQuery", answer).description?.contains("query is too old") == true)
            #expect(
                try await stage.call("answerWebAppQuery", #"{"web_app_query_id":"x","result":7}"#).description?
                    .hasPrefix("Bad Request: can't parse inline query result") == true)
        }
    }

    @Test func `only an app behind a key of the keyboard sends data`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await button(stage)
            let other = try await stage.act(
                "open-app", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            await #expect(throws: Stage.Refused.self) {
                try await stage.act("app-data", #"{"user":501,"app":"\#(other["app"]?.string ?? "")","data":"x"}"#)
            }
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"keyboard":[[{"text":"Pick","web_app":{"url":"\#(Self.app)"}}]]}}"#
            )
            let message = sent.result["message_id"]?.integer ?? 0
            let opened = try await stage.act(
                "open-app", #"{"user":501,"chat":7001,"message":\#(message),"row":0,"column":0}"#)
            #expect(opened["init_data"]?.string == "")
            #expect(opened["query"] == nil)
            try await stage.act("app-data", #"{"user":501,"app":"\#(opened["app"]?.string ?? "")","data":"red"}"#)
            let data = try await stage.updates().last?["message"]?["web_app_data"]
            #expect(data?["button_text"]?.string == "Pick")
            #expect(data?["data"]?.string == "red")
        }
    }

    @Test func `an app keeps values per person`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await button(stage)
            let opened = try await stage.act(
                "open-app", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            let app = opened["app"]?.string ?? ""
            func invoke(_ method: String, _ parameters: String) async throws -> JSONNode? {
                try await stage.act(
                    "app-method", #"{"user":501,"app":"\#(app)","method":"\#(method)","params":\#(parameters)}"#)[
                        "result"]
            }
            #expect(try await invoke("saveStorageValue", #"{"key":"a","value":"1"}"#) == .bool(true))
            #expect(try await invoke("getStorageValues", #"{"keys":["a","b"]}"#)?["a"]?.string == "1")
            #expect(try await invoke("getStorageKeys", "{}")?.array?.count == 1)
            #expect(try await invoke("deleteStorageValues", #"{"keys":["a"]}"#) == .bool(true))
            #expect(try await invoke("getStorageKeys", "{}")?.array?.isEmpty == true)
            await #expect(throws: Stage.Refused(status: 400, reason: "KEY_INVALID")) {
                _ = try await invoke("saveStorageValue", #"{"key":"ä","value":"1"}"#)
            }
        }
    }

    @Test func `a bill behind a link is paid in the private chat`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let link = try await stage.call(
                "createInvoiceLink",
                #"{"title":"T","description":"D","payload":"p","currency":"XTR","prices":[{"label":"x","amount":7}]}"#)
            let slug = String(link.result.string?.split(separator: "$").last ?? "")
            #expect(try await stage.view("invoice?user=501&slug=\(slug)")["invoice"]?["total"]?.integer == 7)
            let asked = try await stage.act("pay", #"{"user":501,"slug":"\#(slug)"}"#)
            _ = try await stage.call(
                "answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(asked["query"]?.string ?? "")","ok":true}"#)
            let paid = try await stage.updates().last?["message"]?["successful_payment"]
            #expect(paid?["invoice_payload"]?.string == "p")
            #expect(paid?["total_amount"]?.integer == 7)
        }
    }

    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func bytes(base64 text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bytes: [UInt8] = []
        var (held, bits) = (0, 0)
        for character in text.utf8 {
            held = held << 6 | (alphabet.firstIndex(of: character) ?? 0)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> bits & 255))
            }
        }
        return bytes
    }
}
