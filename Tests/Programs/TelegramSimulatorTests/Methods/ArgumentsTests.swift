import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite struct ArgumentsTests {
    @Test func `the first of a name wins`() {
        var arguments = Arguments()
        arguments.add(form: "a=1&b=x+y%2B%D1%8F&a=2")
        arguments.add(json: Array(#"{"a":3,"c":[1, 2]}"#.utf8))
        #expect(arguments["a"] == "1")
        #expect(arguments["b"] == "x y+я")
        #expect(arguments["c"] == "[1, 2]")
    }

    @Test func `a fault in a JSON body leaves what was read before it`() {
        var arguments = Arguments()
        arguments.add(json: Array(#"{"text":"a\u00e9","n":null,"b":true,"x":{"#.utf8))
        #expect(arguments["text"] == "aé")
        #expect(arguments["n"] == "null")
        #expect(arguments["b"] == "true")
        #expect(!arguments.has("x"))
    }

    @Test(arguments: [("true", true), (" Yes ", true), ("1", true), ("0", false), ("on", false), ("", false)])
    func `booleans are read as the service reads them`(text: String, value: Bool) {
        #expect(Arguments.isTrue(text) == value)
    }

    @Test(
        arguments: [("5", 5), ("500", 100), ("-3", 1), ("7x", 7), ("x", 1), ("99999999999999999999", 100)]
            as [(String, Int64)])
    func `integers are clamped`(text: String, value: Int64) {
        var arguments = Arguments()
        arguments.add("limit", text)
        #expect(arguments.integer("limit", default: 100, in: 1...100) == value)
    }

    @Test(arguments: [
        (400, "Message text is empty", "Bad Request: message text is empty"),
        (400, "BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        (400, "PHONE", "Bad Request: PHONE"),
        (403, "Bot was blocked", "Forbidden: bot was blocked"),
        (403, "USER_IS_BLOCKED", "Bad Request: USER_IS_BLOCKED"),
        (404, "Chat not found", "Bad Request: chat not found"),
        (400, "X_Y", "Bad Request: X_Y"),
    ])
    func `error texts get prefix and case by rule`(code: Int, message: String, description: String) {
        #expect(APIError.make(code, message).description == description)
    }

    @Test func `methods in any case, by GET, query and form`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let get = try await stage.reply(ClientRequest("\(stage.url)/bot\(Stage.token)/GETme"))
            #expect(get.result["username"]?.string == "test_bot")
            var request = ClientRequest(.post, "\(stage.url)/bot\(Stage.token)/sendMessage?chat_id=501&text=query")
            request.fields["Content-Type"] = "application/x-www-form-urlencoded"
            request.body = .bytes(Array("text=body&disable_notification=true".utf8))
            #expect(try await stage.reply(request).result["text"]?.string == "query")
            let named = try await stage.reply(
                ClientRequest("\(stage.url)/bot\(Stage.token)/?method=getMe"))
            #expect(named.status == 200)
        }
    }

    @Test func `unknown tokens, methods and paths are refused each in its way`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            #expect(try await stage.call("nonsense").description == "Not Found: method not found")
            #expect(
                try await stage.call("getStickerSet").description
                    == "Bad Request: method getStickerSet is not simulated")
            #expect(
                try await stage.call("setStickerSetThumb").description
                    == "Bad Request: method setStickerSetThumb is not simulated")
            #expect(try await stage.call("getMe", token: "0:x").description == "Unauthorized: invalid token specified")
            #expect(try await stage.call("getMe", token: "12:short").description == "Unauthorized")
            #expect(try await stage.reply(ClientRequest("\(stage.url)/nowhere")).description == "Not Found")
            let made = try await stage.call("getMe", token: "812:BBBBBBBBBBBBBBBBBBBBBBBB")
            #expect(made.result["id"]?.integer == 812)
            let put = try await stage.http.send(ClientRequest(.put, "\(stage.url)/bot\(Stage.token)/getMe"))
            #expect(put.status.rawValue == 501)
            #expect(put.body.isEmpty)
        }
    }

    @Test func `text outside ASCII is escaped on the wire`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let request = ClientRequest("\(stage.url)/bot\(Stage.token)/sendMessage?chat_id=501&text=%F0%9F%98%80")
            let response = try await stage.http.send(request)
            #expect(response.text.contains(#""text":"\ud83d\ude00""#))
        }
    }
}
