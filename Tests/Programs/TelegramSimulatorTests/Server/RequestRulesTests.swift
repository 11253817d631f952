import HTTP
import HTTPServer
import Testing

@testable import TelegramSimulator

/// How requests are read, byte by byte.
@Suite(.timeLimit(.minutes(2))) struct RequestRulesTests {
    private static let bot = "/bot\(Stage.token)"
    private static let missing = "Bad Request: chat_id is empty"
    private static let wordless = "Bad Request: message text is empty"

    private static func head(_ first: String, _ fields: [String] = []) -> String {
        (["\(first) HTTP/1.1", "Host: h"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// A request for `sendMessage` with a body.
    private static func send(
        _ body: [UInt8], type: String, method: String = "POST", query: String = "", _ fields: [String] = []
    ) -> [UInt8] {
        let length = fields.contains { $0.hasPrefix("Transfer") } ? [] : ["Content-Length: \(body.count)"]
        return Array(
            head("\(method) \(bot)/sendMessage\(query)", ["Content-Type: \(type)"] + length + fields).utf8) + body
    }

    private static func send(_ body: String, type: String, method: String = "POST", query: String = "") -> [UInt8] {
        send(Array(body.utf8), type: type, method: method, query: query)
    }

    private func text(_ request: [UInt8], _ stage: Stage) async throws -> String {
        let answer = try await RawCall.send(request, to: stage)[0]
        let json = JSONNode(answer.text)
        return json?["result"]?["text"]?.string ?? json?["description"]?.string ?? "\(answer.status)"
    }

    // MARK: First line

    @Test(arguments: [
        "PUT /bot\(Stage.token)/getMe", "DELETE /bot\(Stage.token)/getMe", "PATCH /bot\(Stage.token)/getMe",
        "OPTIONS /bot\(Stage.token)/getMe", "HEAD /bot\(Stage.token)/getMe", "get /bot\(Stage.token)/getMe",
        "POSTS /bot\(Stage.token)/getMe", "PUT /nowhere", "DELETE /bot",
    ])
    func `only GET and POST are served, others get 501 without a word`(first: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.ask(Self.head(first), stage)
            #expect(answer.status == 501)
            #expect(answer.isBare)
        }
    }

    @Test(arguments: [("1.0", 200), ("1.1", 200), ("0.9", 505), ("2.0", 505), ("3.1", 505)])
    func `other versions of HTTP get 505`(version: String, status: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.ask("GET \(Self.bot)/getMe HTTP/\(version)\r\nHost: h\r\n\r\n", stage)
            #expect(answer.status == status)
            #expect(answer.isLast == (version != "1.1"))
        }
    }

    @Test(
        arguments: [
            ("/bot\(Stage.token)/getMe", 200, nil), ("/bot\(Stage.token)/GETME", 200, nil),
            ("/bot\(Stage.token)/test/getMe", 200, nil), ("/bot\(Stage.token)/%67et%4De", 200, nil),
            ("/bot" + Stage.token.replacing(":", with: "%3A") + "/getMe", 200, nil),
            ("/bot\(Stage.token)/?method=getMe", 200, nil), ("/bot\(Stage.token)/test/?method=GETme", 200, nil),
            ("/bot\(Stage.token)/", 404, "Not Found: method not found"),
            ("/bot\(Stage.token)/getMe/", 404, "Not Found: method not found"),
            ("/bot\(Stage.token)//getMe", 404, "Not Found: method not found"),
            ("/bot\(Stage.token)/nonsense", 404, "Not Found: method not found"),
            ("/bot\(Stage.token)", 404, "Not Found"), ("/bot", 404, "Not Found"), ("/nowhere", 404, "Not Found"),
            ("/file/bot\(Stage.token)/documents/file_1.txt", 404, "Not Found"),
        ] as [(String, Int, String?)])
    func `a path is decoded, a method has any case, other paths are not found`(
        path: String, status: Int, description: String?
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.ask(Self.head("GET \(path)"), stage)
            #expect(answer.status == status)
            #expect(JSONNode(answer.text)?["description"]?.string == description)
            #expect(JSONNode(answer.text)?["error_code"]?.integer == (status == 200 ? nil : Int64(status)))
            #expect(answer.fields["Content-Type"] == "application/json")
        }
    }

    @Test(
        arguments: [
            ("0:AAAAAAAAAAAAAAAAAAAAAAAA", 401, "Unauthorized: invalid token specified"),
            ("nocolonAAAAAAAAAAAAAAAAAAAA", 401, "Unauthorized: invalid token specified"),
            ("1:" + String(repeating: "A", count: 79), 401, "Unauthorized: invalid token specified"),
            ("1:" + String(repeating: "A", count: 78), 200, nil),
            ("x:AAAAAAAAAAAAAAAAAAAAAAAA", 421, "Misdirected Request: unallowed token specified"),
            ("1x:AAAAAAAAAAAAAAAAAAAAAAAA", 421, "Misdirected Request: unallowed token specified"),
            ("99999999999999999999:AAAAAAAAAAAAAAAAAAAAAAAA", 421, "Misdirected Request: unallowed token specified"),
            ("-5:AAAAAAAAAAAAAAAAAAAAAAAA", 401, "Unauthorized"),
            ("12:AAAAAAAAAAAAAAAAAAA", 401, "Unauthorized"), ("12:AAAAAAAAAAAAAAAAAAAA", 200, nil),
            ("501:AAAAAAAAAAAAAAAAAAAAAAAA", 401, "Unauthorized"),
        ] as [(String, Int, String?)])
    func `a token is refused by its form or because nobody has it`(
        token: String, status: Int, description: String?
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.ask(Self.head("GET /bot\(token)/getMe"), stage)
            #expect(answer.status == status)
            #expect(JSONNode(answer.text)?["description"]?.string == description)
        }
    }

    // MARK: Arguments

    @Test(
        arguments: [
            send(#"{"chat_id":501,"text":"ok"}"#, type: "application/json", method: "GET"),
            send("chat_id=501&text=ok", type: "application/x-www-form-urlencoded", method: "GET"),
            send(#"{"text":"no","chat_id":1}"#, type: "application/json", query: "?text=ok&chat_id=501"),
            send("text=no&chat_id=1", type: "application/x-www-form-urlencoded", query: "?text=ok&chat_id=501"),
            send("", type: "text/plain", query: "?text=ok&chat_id=501&text=no&chat_id=1"),
            send("text=ok&text=no&chat_id=501&chat_id=1", type: "application/x-www-form-urlencoded"),
            send(#"{"text":"ok","text":"no","chat_id":"501","chat_id":1}"#, type: "application/json"),
            send(#"{"chat_id":501,"text":"ok"}"#, type: "Application/JSON; charset=utf-8"),
            send(#"{"chat_id":501,"text":"ok"}"#, type: "text/plain, application/json"),
            send(
                "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nok\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nno\r\n--b--\r\n",
                type: "multipart/form-data; boundary=b", query: "?chat_id=501"),
            send("%74ext=o%6B&chat_id=5%301&x", type: "application/x-www-form-urlencoded;x=y"),
        ])
    func `query and body are merged, the first of a name wins`(request: [UInt8]) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let text = try await text(request, stage)
            #expect(text == "ok")
        }
    }

    @Test(
        arguments: [
            (#"{"chat_id":501,"text":"kept""#, "application/json", "kept"),
            (#"{"chat_id":501,"text":"kept","x":{"#, "application/json", "kept"),
            (#"{"chat_id":501,"text":"kept"} and more"#, "application/json", "kept"),
            (#"{"text":"x","chat_id":}"#, "application/json", missing),
            (#"{"text":"x" "chat_id":501}"#, "application/json", missing),
            (#"{"chat_id":501,"text":"no end"#, "application/json", wordless),
            ("nonsense", "application/json", wordless), ("", "application/json", wordless),
            (#"[{"chat_id":501,"text":"x"}]"#, "application/json", wordless),
            (#"{"chat_id":501,"text":null}"#, "application/json", "null"),
            (#"{"chat_id":501,"text":true}"#, "application/json", "true"),
            (#"{"chat_id":501,"text":-1.50e3}"#, "application/json", "-1.50e3"),
            (#"{"chat_id":501,"text":{"a" : [1, 2]}}"#, "application/json", #"{"a" : [1, 2]}"#),
            (
                #"{"chat_id":501,"text":"x","reply_markup":null}"#, "application/json",
                "Bad Request: object expected as reply markup"
            ),
            (#"{"chat_id":501,"text":"x"}"#, "text/plain", wordless), (#"{"chat_id":501,"text":"x"}"#, "", wordless),
            ("chat_id=501&text=x", "application/octet-stream", wordless),
            ("chat_id=501&text=x", "application/json", wordless),
        ] as [(String, String, String)])
    func `a broken body is no error, and other types bring no arguments`(
        body: String, type: String, expected: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let text = try await text(Self.send(body, type: type), stage)
            #expect(text == expected)
        }
    }

    // MARK: Framing and packing

    @Test(arguments: ["chunked", "Chunked"])
    func `a body may come in chunks`(coding: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let json = Array("a\r\n{\"chat_id\"\r\n5;x=y\r\n:501,\r\nc\r\n\"text\":\"ok\"}\r\n0\r\n\r\n".utf8)
            let text = try await text(
                Self.send(json, type: "application/json", ["Transfer-Encoding: \(coding)"]), stage)
            #expect(text == "ok")
            let part = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nok\r\n--b--\r\n"
            let form = Array("\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n0\r\n\r\n".utf8)
            let sent = try await self.text(
                Self.send(
                    form, type: "multipart/form-data; boundary=b", query: "?chat_id=501",
                    ["Transfer-Encoding: chunked"]), stage)
            #expect(sent == "ok")
        }
    }

    @Test(arguments: ["gzip", "identity", "gzip, chunked", "deflate", "xchunked"], ["", "{}"])
    func `other transfer codings get 501, without a word and without waiting`(
        coding: String, body: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.send(
                Self.send(Array(body.utf8), type: "application/json", ["Transfer-Encoding: \(coding)"]), to: stage)[0]
            #expect(answer.status == 501)
            #expect(answer.isBare)
        }
    }

    /// A zlib stream of so many bytes `a`, packed into runs of 258, without its check sum.
    private static func runs(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x78, 0x9C]
        var (buffer, length) = (0, 0)
        func put(_ value: Int, _ bits: Int) {
            buffer |= value << length
            length += bits
            while length >= 8 {
                bytes.append(UInt8(buffer & 0xFF))
                buffer >>= 8
                length -= 8
            }
        }
        /// Codes stand with their first bit first.
        func code(_ value: Int, _ bits: Int) { for bit in (0..<bits).reversed() { put(value >> bit & 1, 1) } }
        put(0b011, 3)  // the last block, with the fixed codes
        code(0b1001_0001, 8)  // an `a`
        for _ in 0...count / 258 {
            code(0b1100_0101, 8)  // 258 bytes more,
            code(0, 5)  // from one byte before
        }
        code(0, 7)
        put(0, 7)
        return bytes
    }

    @Test(
        arguments: [
            ("gzip", Array("no gzip".utf8), 400), ("deflate", [0xAB, 0x56, 0x4A], 400),
            ("identity", [0x7B, 0x7D], 415),
            ("x-gzip", [0x7B, 0x7D], 415), ("br", [0x7B, 0x7D], 415), ("deflate, gzip", [0x7B, 0x7D], 415),
            ("deflate", runs(RequestReader.maximumParameters + 1), 413),
        ] as [(String, [UInt8], Int)],
        ["application/json", "application/x-www-form-urlencoded"])
    func `what cannot be unpacked is refused without a word`(
        packed: (encoding: String, body: [UInt8], status: Int), type: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let answer = try await RawCall.send(
                Self.send(packed.body, type: type, ["Content-Encoding: \(packed.encoding)"]), to: stage)[0]
            #expect(answer.status == packed.status)
            #expect(answer.isBare)
        }
    }

    @Test func `a connection serves one request after the other`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let one = Self.head("GET \(Self.bot)/getMe")
            let requests = one + Self.head("GET /nowhere") + one
            let answers = try await RawCall.send(Array(requests.utf8), to: stage, answers: 3)
            #expect(answers.map(\.status) == [200, 404, 200])
            #expect(answers.allSatisfy { !$0.isLast })
        }
        let configuration = TelegramSimulator(configuration: .init()).serverConfiguration
        #expect(configuration.idleSeconds == 500)
    }

    // MARK: Limits

    @Test(
        arguments: [
            (false, 60_000, 200), (false, 66_000, 431), (true, 66_000, 200), (true, 250_000, 200), (true, 264_000, 431),
        ], [false, true])
    func `a head beyond the limit gets 431`(
        head: (isLocal: Bool, size: Int, status: Int), isQuery: Bool
    ) async throws {
        try await Stage.run(configure: { $0.isLocalServer = head.isLocal }) { (stage: Stage) async throws -> Void in
            let filler = String(repeating: "x", count: head.size)
            let request =
                isQuery
                ? Self.head("GET \(Self.bot)/getMe?a=\(filler)") : Self.head("GET \(Self.bot)/getMe", ["X: \(filler)"])
            let answer = try await RawCall.ask(request, stage)
            #expect(answer.status == head.status)
            #expect(answer.isBare == (head.status != 200))
        }
    }

    /// A request whose arguments, those of the query included, have so many bytes.
    private static func sized(_ kind: String, _ size: Int) -> [UInt8] {
        let query = "chat_id=501"
        func filler(_ used: Int) -> String { String(repeating: "x", count: size - query.utf8.count - used) }
        switch kind {
        case "form":
            return send("text=ok&z=\(filler(10))", type: "application/x-www-form-urlencoded", query: "?\(query)")
        case "json": return send(#"{"text":"ok","z":"\#(filler(20))"}"#, type: "application/json", query: "?\(query)")
        default:
            let body = """
                --b\r\nContent-Disposition: form-data; name="text"\r\n\r\nok\r\n\
                --b\r\nContent-Disposition: form-data; name="z"\r\n\r\n\(filler(7))\r\n--b--\r\n
                """
            return send(body, type: "multipart/form-data; boundary=b", query: "?\(query)")
        }
    }

    @Test(arguments: ["form", "json", "multipart"], [0, 1])
    func `arguments have a megabyte in all`(kind: String, excess: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let answer = try await RawCall.send(
                Self.sized(kind, RequestReader.maximumParameters + excess), to: stage)[0]
            #expect(answer.status == (excess == 0 ? 200 : 413))
            #expect(answer.isBare == (excess > 0))
        }
    }

    private static func files(_ count: Int, name: (Int) -> String) -> String {
        let parts = (0..<count).map { number in
            "--b\r\nContent-Disposition: form-data; name=\"\(name(number))\"; filename=\"f\"\r\n\r\nx\r\n"
        }
        return parts.joined() + "--b--\r\n"
    }

    @Test(
        arguments: [
            (files(50) { "f\($0)" }, 200), (files(51) { "f\($0)" }, 413), (files(50) { _ in "f" }, 200),
            (files(51) { _ in "f" }, 413),
        ])
    func `a form has fifty files at most, whatever their names`(body: String, status: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let answer = try await RawCall.send(
                Self.send(body, type: "multipart/form-data; boundary=b", query: "?chat_id=501&text=ok"), to: stage)[0]
            #expect(answer.status == status)
            #expect(answer.isBare == (status != 200))
        }
    }

    @Test(arguments: [(70, 200), (71, 400), (0, 400)], [false, true])
    func `a boundary has up to seventy characters`(boundary: (length: Int, status: Int), isQuoted: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let mark = String(repeating: "b", count: boundary.length)
            let body = "--\(mark)\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nok\r\n--\(mark)--\r\n"
            let type = "multipart/form-data; boundary=\(isQuoted ? "\"\(mark)\"" : mark)"
            let answer = try await RawCall.send(Self.send(body, type: type, query: "?chat_id=501"), to: stage)[0]
            #expect(answer.status == boundary.status)
            #expect(answer.isBare == (boundary.status != 200))
        }
    }

    @Test func `a body beyond the limit is refused before it comes`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            for fields in [["Content-Length: 60000000"], ["Content-Length: 60000000", "Expect: 100-continue"]] {
                let head = Self.head("POST \(Self.bot)/sendDocument", ["Content-Type: multipart/form-data"] + fields)
                let answer = try await RawCall.ask(head + (fields.count == 1 ? "x" : ""), stage)
                #expect(answer.status == 413)
                #expect(answer.isBare)
            }
        }
    }

    @Test(
        arguments: [
            ("GET /sim/nowhere", 404, ""), ("PUT /sim/users", 405, ""),
            ("POST /sim/users", 413, String(repeating: " ", count: RequestReader.maximumParameters + 1)),
        ])
    func `the control API says what is wrong`(first: String, status: Int, body: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let host = try #require(HTTPURL(stage.url)).host
            let head = "\(first) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
            let answer = try await RawCall.ask("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)", stage)
            #expect(answer.status == status)
            #expect(JSONNode(answer.text)?["error"]?.string?.isEmpty == false)
        }
    }

    @Test func `a part that is a form is taken apart`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for type in ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"] {
                let body = """
                    --b\r\nContent-Disposition: form-data; name="any"\r\nContent-Type: \(type)\r\n\r\n\
                    chat_id=501&text=a%20b+c\r\n--b--\r\n
                    """
                let text = try await text(Self.send(body, type: "multipart/form-data; boundary=b"), stage)
                #expect(text == "a b c")
            }
        }
    }

    @Test(arguments: [("document", ""), ("any", "attach://any"), ("x y", "attach://x y")])
    func `a file is found by its field or as an attachment`(name: String, argument: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let text = "--b\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\n\(argument)\r\n"
            let file =
                "--b\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"a.txt\"\r\n\r\n"
                + "hello\r\n--b--\r\n"
            let body = (argument.isEmpty ? "" : text) + file
            let head = Self.head(
                "POST \(Self.bot)/sendDocument?chat_id=501",
                ["Content-Type: multipart/form-data; boundary=b", "Content-Length: \(body.utf8.count)"])
            let answer = try await RawCall.ask(head + body, stage)
            #expect(JSONNode(answer.text)?["result"]?["document"]?["file_name"]?.string == "a.txt")
        }
    }

    @Test(
        arguments: [("true", true), ("%20YES%20", true), ("1", true), ("0", false), ("on", false), ("", false)])
    func `booleans of a call are read leniently`(text: String, isProtected: Bool) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let answer = try await RawCall.ask(
                Self.head("GET \(Self.bot)/sendMessage?chat_id=501&text=x&protect_content=\(text)"), stage)
            #expect(JSONNode(answer.text)?["result"]?["has_protected_content"]?.bool == (isProtected ? true : nil))
        }
    }
}
