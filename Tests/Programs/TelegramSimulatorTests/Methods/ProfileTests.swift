import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ProfileTests {
    @Test func `a menu button is set for all or for one`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let plain = try await stage.call("getChatMenuButton")
            #expect(plain.result["type"]?.string == "commands")
            let app = #"{"type":"web_app","text":"Open","web_app":{"url":"https://example.com/app"}}"#
            let set = try await stage.call("setChatMenuButton", #"{"chat_id":501,"menu_button":\#(app)}"#)
            #expect(set.result == .bool(true))
            let one = try await stage.call("getChatMenuButton", #"{"chat_id":501}"#)
            #expect(one.result["web_app"]?["url"]?.string == "https://example.com/app")
            let all = try await stage.call("getChatMenuButton")
            #expect(all.result["type"]?.string == "commands")
            let menu = try await stage.view("commands?user=501&chat=7001")["menu"]
            #expect(menu?["text"]?.string == "Open")
            let odd = try await stage.call("setChatMenuButton", #"{"menu_button":{"type":"odd"}}"#)
            #expect(odd.description == "Bad Request: can't parse menu button: MenuButton has unsupported type")
            let text = try await stage.call("setChatMenuButton", #"{"menu_button":"{"}"#)
            #expect(text.description == "Bad Request: can't parse menu button JSON object")
            let link = try await stage.call(
                "setChatMenuButton",
                #"{"menu_button":{"type":"web_app","text":"x","web_app":{"url":"http://example.com"}}}"#)
            #expect(
                link.description
                    == "Bad Request: menu button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed"
            )
        }
    }

    @Test(arguments: [
        ("Name", "name", 64, "bot name is too long"),
        ("Description", "description", 512, "bot description is too long"),
        ("ShortDescription", "short_description", 120, "bot short description is too long"),
    ])
    func `a text about the bot is kept by language`(
        method: String, field: String, limit: Int, refusal: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let before = try await stage.call("getMy\(method)")
            #expect(before.result[field]?.string == (field == "name" ? "Test bot" : ""))
            _ = try await stage.call("setMy\(method)", #"{"\#(field)":"General"}"#)
            _ = try await stage.call("setMy\(method)", #"{"\#(field)":"По-русски","language_code":"ru"}"#)
            let russian = try await stage.call("getMy\(method)", #"{"language_code":"ru"}"#)
            #expect(russian.result[field]?.string == "По-русски")
            let german = try await stage.call("getMy\(method)", #"{"language_code":"de"}"#)
            #expect(german.result[field]?.string == "General")
            _ = try await stage.call("setMy\(method)", #"{"language_code":"ru"}"#)
            let removed = try await stage.call("getMy\(method)", #"{"language_code":"ru"}"#)
            #expect(removed.result[field]?.string == "General")
            let long = String(repeating: "я", count: limit + 1)
            let refused = try await stage.call("setMy\(method)", #"{"\#(field)":"\#(long)"}"#)
            #expect(refused.description == "Bad Request: \(refusal)")
            let odd = try await stage.call("getMy\(method)", #"{"language_code":"rus"}"#)
            #expect(odd.status == 400)
            let me = try await stage.call("getMe")
            #expect(me.result["first_name"]?.string == (field == "name" ? "General" : "Test bot"))
        }
    }
}
