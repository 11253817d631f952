import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct EncodingsTests {
    /// `{"chat_id":501,"text":"packed"}` by gzip and by zlib, and a form `chat_id=501&text=packed`.
    private static let gzipJSON: [UInt8] = hex(
        "1f8b0800000000000203ab564ace482c89cf4c51b2323530d4512a49ad2851b2522a484cce4e4d51aa05003a14249a1f000000")
    private static let zlibJSON: [UInt8] = hex(
        "789cab564ace482c89cf4c51b2323530d4512a49ad2851b2522a484cce4e4d51aa05009e6c09f4")
    private static let gzipForm: [UInt8] = hex(
        "1f8b08000000000002034bce482c89cf4cb1353530542b49ad28b12d484cce4e4d0100b6f2474517000000")

    private static func hex(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private func send(_ body: [UInt8], _ fields: HTTPFields, _ stage: Stage) async throws -> Stage.Reply {
        try await stage.reply(
            ClientRequest(
                .post, "\(stage.url)/bot\(Stage.token)/sendMessage", fields: fields, body: .bytes(body)))
    }

    @Test(
        arguments: [
            (gzipJSON, "application/json", "gzip"), (gzipJSON, "application/json; charset=utf-8", "GZIP"),
            (zlibJSON, "application/json", "deflate"), (gzipForm, "application/x-www-form-urlencoded", "gzip"),
        ] as [([UInt8], String, String)])
    func `packed bodies are unpacked`(body: [UInt8], type: String, encoding: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await send(body, ["Content-Type": type, "Content-Encoding": encoding], stage)
            #expect(reply.result["text"]?.string == "packed")
        }
    }

    @Test(
        arguments: [("br", 415), ("gzip, gzip", 415), ("", 200), ("gzip", 400)] as [(String, Int)])
    func `other packings and broken ones are refused without a word`(encoding: String, status: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let body = Array(#"{"chat_id":501,"text":"x"}"#.utf8)
            let response = try await stage.http.send(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendMessage",
                    fields: ["Content-Type": "application/json", "Content-Encoding": encoding], body: .bytes(body)))
            #expect(response.status.rawValue == status)
            #expect(response.body.isEmpty == (status != 200))
            let cut = try await stage.http.send(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendMessage",
                    fields: ["Content-Type": "application/json", "Content-Encoding": "gzip"],
                    body: .bytes(Array(Self.gzipJSON.dropLast(12)))))
            #expect(cut.status == .badRequest)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1 << 20])
    func `a form is split wherever its bytes are cut`(size: Int) {
        let body = Array(
            """
            preamble\r\n--b=\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--b\r\n\
            \r\n--b=  \r\ncontent-disposition: form-data; name="f"; filename="x.bin"\r\nContent-Type: image/png\r\n\r\n\
            \r\n-\r\n--b\r\n--b=\r\nContent-Disposition: form-data\r\n\r\nlost\r\n--b=\r\n\
            Content-Disposition: form-data; name=e\r\n\r\n\r\n--b=\r\nContent-Disposition: form-data; name="cut"\r\n\r\nno end
            """.utf8)
        var stream = MultipartStream(boundary: "b=")
        var parts: [String] = []
        var text: [UInt8] = []
        var head: MultipartReader.Head?
        for start in stride(from: 0, to: body.count, by: size) {
            stream.take(Array(body[start..<min(body.count, start + size)])) { event in
                switch event {
                case .part(let found): (head, text) = (found, [])
                case .bytes(let bytes): text += bytes
                case .end:
                    parts.append(
                        "\(head?.name ?? "-") \(head?.fileName ?? "-") \(String(decoding: text, as: UTF8.self))")
                }
            }
        }
        #expect(parts == ["a - one\r\n--b\r\n", "f x.bin \r\n-\r\n--b", "- - lost", "e - "])
    }

    @Test(arguments: ["a\u{2028}b.txt", "a\u{85}b.txt", "\u{301}x.txt", "c\u{301}.txt", "Акт №1.txt"])
    func `a file's name may hold whatever Unicode breaks lines at or joins to a quote`(name: String) {
        for line in ["filename=\"\(name)\"; name=\"document\"", "name=\"document\"; filename=\"\(name)\""] {
            let head = MultipartReader.head("Content-Disposition: form-data; \(line)\r\nContent-Type: text/plain")
            #expect(head == MultipartReader.Head(name: "document", fileName: name, type: "text/plain"))
        }
    }

    @Test(
        arguments: [
            ("application/x-www-form-urlencoded", "chat_id=501&text=caf%E9", "text"),
            ("application/x-www-form-urlencoded", "chat_id=501&text=a&reply_markup=%C3%28", "strings"),
            ("application/json", #"{"chat_id":501,"text":"\ud83d alone"}"#, "text"),
            (
                "application/json",
                #"{"chat_id":501,"text":"a","reply_markup":{"force_reply":true,"input_field_placeholder":"\udc00"}}"#,
                "strings"
            ),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\ncaf\u{FF}\r\n--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n501\r\n--b--\r\n",
                "text"
            ),
        ])
    func `what is no UTF-8 is refused`(type: String, body: String, what: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            // The letter stands for the one byte that it has in Latin-1.
            let bytes = body.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            let answer = try await stage.http.send(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendMessage", fields: ["Content-Type": type],
                    body: .bytes(bytes)))
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("\"Bad Request: \(what) must be encoded in UTF-8\""))
        }
    }

    @Test func `an upload that breaks off leaves no file`() async throws {
        let store = try FileStore(directory: nil)
        defer { store.remove() }
        var name = ""
        do {
            let writer = try store.writer()
            try writer.write([1, 2, 3])
            name = writer.name
        }
        #expect(throws: (any Error).self) { try store.read(name) }
        let writer = try store.writer()
        try writer.write([1, 2, 3])
        #expect(try store.read(writer.keep()) == [1, 2, 3])
    }

    @Test func `arguments of the query come before those of the body, in any method`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for request in [
                ClientRequest("\(stage.url)/bot\(Stage.token)/sendMessage?chat_id=501&text=query"),
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendMessage?text=query",
                    fields: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: .bytes(Array("text=body&chat_id=501".utf8))),
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/?method=SENDMESSAGE&text=query&chat_id=501"),
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/SendMessage?text=query",
                    body: .multipart([.field("text", "part"), .field("chat_id", "501")])),
            ] {
                #expect(try await stage.reply(request).result["text"]?.string == "query")
            }
        }
    }

    @Test func `methods other than GET and POST are not served, heads beyond the limit neither`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let put = try await stage.http.send(ClientRequest(.put, "\(stage.url)/bot\(Stage.token)/getMe"))
            #expect(put.status.rawValue == 501 && put.body.isEmpty)
            let long = String(repeating: "x", count: 60_000)
            let query = try await stage.reply(ClientRequest("\(stage.url)/bot\(Stage.token)/getMe?a=\(long)"))
            #expect(query.status == 200)
            let longer = try await stage.http.send(
                ClientRequest("\(stage.url)/bot\(Stage.token)/getMe?a=\(long)\(long)\(long)"))
            #expect([414, 431].contains(longer.status.rawValue))
        }
    }
}
