import HTTP
import HTTPServer
import Synchronization
import Testing

/// Requests whose end two readers could see at different places (RFC 9112, section 11.2).
@Suite(.timeLimit(.minutes(5))) struct FramingTests {
    @Test(arguments: [
        "Content-Length: 3\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 3",
        "Content-Length: 3\r\nContent-Length: 30",
        "Content-Length: 3\r\nContent-Length: 3",
        "Content-Length: 3, 3",
        "Content-Length: +3",
        "Content-Length: -3",
        "Content-Length: 0x3",
        "Content-Length: 3 0",
        "Content-Length: 99999999999999999999",
        "Content-Length:",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
        "Content-Length : 3",
        "Content-Length\t: 3",
        "X-Other : 3",
    ])
    func `a request of doubtful length is refused and nothing after it is read`(fields: String) async throws {
        let paths = Mutex<[String]>([])
        let handler: RequestHandler = { request in
            paths.withLock { $0.append(request.path) }
            return .bytes(try await request.body.collect(), type: "text/plain")
        }
        try await withServer(handler: handler) { _, port in
            let received = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send(
                    "POST /first HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n"
                        + "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
                connection.finishSending()
                return String(decoding: try connection.readToEnd(), as: UTF8.self)
            }
            #expect(!received.contains(" 200 "), "\(received)")
            #expect(!received.contains(" 204 "), "\(received)")
        }
        #expect(paths.withLock { $0 } == [])
    }

    @Test(arguments: ["gzip", "gzip, chunked", "identity", "xchunked"])
    func `a transfer coding that nobody knows is refused at once`(coding: String) async throws {
        try await withServer(handler: { _ in .empty(.ok) }) { _, port in
            let reply = try await ask(
                port, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \(coding)\r\n\r\n")
            #expect(reply?.status == 501)
            #expect(reply?.fields["Connection"] == "close")
        }
    }

    @Test(arguments: ["5;\(String(repeating: "e", count: 1_000_000))\r\nhello", "zz\r\nhello", "-5\r\nhello", "5hello"])
    func `a broken or huge chunk head ends the connection and harms nobody else`(chunk: String) async throws {
        let handler: RequestHandler = { request in .bytes(try await request.body.collect(), type: "text/plain") }
        try await withServer(handler: handler) { _, port in
            let received = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                do {
                    try connection.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)")
                    connection.finishSending()
                } catch {
                    // The server may close before it was sent everything.
                }
                return String(decoding: try connection.readToEnd(), as: UTF8.self)
            }
            #expect(!received.contains(" 200 "), "\(received)")
            let reply = try await ask(port, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
            #expect(reply?.text == "hi")
        }
    }

    @Test(arguments: [
        ("X", "a\r\nInjected: 1"), ("X", "a\nInjected: 1"), ("X", "a\rInjected: 1"), ("X", "a\u{0}b"),
        ("X\r\nInjected", "1"), ("X: 1\r\nInjected", "1"), ("", "1"), ("X Y", "1"), ("Location", "/\r\nInjected: 1"),
    ])
    func `a field that would break out of its line is not sent`(name: String, value: String) async throws {
        try await withServer(handler: { _ in ServerResponse(fields: [name: value], body: .bytes([65])) }) { _, port in
            let reply = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(reply?.status == 200)
            #expect(reply?.text == "A")
            #expect(reply?.fields.contains("Injected") == false)
            #expect(reply?.fields.contains("X") == false)
            #expect(reply?.fields.contains("Location") == false)
        }
    }

    @Test func `a path with a NUL is no file`() async throws {
        try await withTemporaryDirectory { directory in
            try writeFile("\(directory)/secret", [1, 2, 3])
            try await withServer(handler: { _ in .file(path: "\(directory)/secret\u{0}.png") }) { _, port in
                let reply = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(reply?.status == 404)
            }
        }
    }
}
