import HTTP
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct BodyTests {
    private let echo: RequestHandler = { request in
        .bytes(try await request.body.collect(), type: "application/octet-stream")
    }

    private var small: HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration()
        configuration.maximumBodyBytes = 200_000
        configuration.maximumHeaderBytes = 4096
        return configuration
    }

    private func post(_ length: Int, _ more: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    @Test(arguments: [0, 1, 500, 65_536, 65_537, 200_000])
    func `a content of a declared length arrives whole and the connection lives on`(length: Int) async throws {
        try await withServer(small, handler: echo) { _, port in
            let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let request = post(length)
            let replies = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                return try (0..<2).map { _ in
                    try connection.send(Array(request.utf8) + content)
                    return try connection.reply()
                }
            }
            #expect(replies.map { $0?.body } == [content, content])
        }
    }

    @Test func `chunks without a declared length arrive as they are sent`() async throws {
        let first = Signal<[UInt8]>()
        let handler: RequestHandler = { request in
            var bytes: [UInt8] = []
            for try await chunk in request.body.chunks {
                first.send(chunk)
                bytes += chunk
            }
            return .bytes(bytes, type: "text/plain")
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send(
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                return connection
            }
            // The handler has the first chunk before the second one is sent.
            #expect(await first.wait() == Array("hello".utf8))
            let reply = try await onThread {
                defer { connection.close() }
                return try connection.ask("6;x=y\r\n world\r\n0\r\nTrailer: z\r\n\r\n")
            }
            #expect(reply?.text == "hello world")
        }
    }

    @Test func `a declared length beyond the limit answers 413 at once`() async throws {
        try await withServer(small, handler: echo) { _, port in
            let reply = try await ask(port, post(200_001, "Expect: 100-continue\r\n"))
            #expect(reply?.status == 413)
            #expect(reply?.fields["Connection"] == "close")
        }
    }

    @Test(arguments: [true, false])
    func `a content that grows beyond the limit answers 413 although the client goes on sending`(
        isChunked: Bool
    ) async throws {
        try await withServer(small, handler: echo) { _, port in
            let reply = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                let chunk = [UInt8](repeating: 65, count: 50_000)
                try connection.send(
                    "POST / HTTP/1.1\r\nHost: h\r\n"
                        + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 500000\r\n\r\n"))
                for _ in 0..<10 {
                    try connection.send(isChunked ? Array("C350\r\n".utf8) + chunk + [13, 10] : chunk)
                }
                return try connection.reply()
            }
            #expect(reply?.status == 413)
        }
    }

    @Test func `too many or too long fields answer 431`() async throws {
        try await withServer(small, handler: echo) { _, port in
            let reply = try await ask(
                port, "GET / HTTP/1.1\r\nHost: h\r\nX-Long: \(String(repeating: "x", count: 5000))\r\n\r\n")
            #expect(reply?.status == 431)
            let longer = try await ask(
                port, "GET / HTTP/1.1\r\nHost: h\r\nX-Long: \(String(repeating: "x", count: 100_000))\r\n\r\n")
            #expect(longer?.status == 431)
        }
    }

    @Test(arguments: [4, 16, 64, 256])
    func `a head of almost the limit finds room, with content behind it`(kibibytes: Int) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.maximumHeaderBytes = kibibytes << 10
        try await withServer(configuration, handler: echo) { _, port in
            let query = String(repeating: "q", count: (kibibytes << 10) / 2)
            let value = String(repeating: "x", count: (kibibytes << 10) / 2 - 200)
            let reply = try await ask(
                port, "POST /?\(query) HTTP/1.1\r\nHost: h\r\nX-Long: \(value)\r\nContent-Length: 2\r\n\r\nhi")
            #expect(reply?.text == "hi")
        }
    }

    @Test func `the client is told to go on when the handler wants the content`() async throws {
        try await withServer(handler: echo) { _, port in
            let (first, second) = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                let first = try connection.ask(
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                return (first, try connection.ask("hi"))
            }
            #expect(first?.status == 100)
            #expect(second?.text == "hi")
        }
    }

    @Test func `the client is not told to go on when the handler refuses`() async throws {
        let handler: RequestHandler = { _ in
            await Task.yield()
            throw HTTPError(.unauthorized)
        }
        try await withServer(handler: handler) { _, port in
            let reply = try await ask(
                port, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(reply?.status == 401)
        }
    }

    @Test func `two lengths are refused`() async throws {
        try await withServer(handler: echo) { _, port in
            let reply = try await ask(
                port,
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            #expect(reply?.status == 400)
        }
    }

    @Test func `an unread small content does not cost the connection`() async throws {
        try await withServer(handler: { _ in .text("no need") }) { _, port in
            let request = post(5)
            let replies = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                return [try connection.ask(request + "12345")?.text, try connection.ask(request + "12345")?.text]
            }
            #expect(replies == ["no need", "no need"])
        }
    }

    @Test func `a client is held back while the handler does not read`() async throws {
        let go = Signal<Void>()
        let received = Signal<Int>()
        let handler: RequestHandler = { request in
            await go.wait()
            var count = 0
            for try await chunk in request.body.chunks {
                #expect(chunk.count <= 65_536)
                count += chunk.count
            }
            received.send(count)
            return .empty()
        }
        var configuration = HTTPServer.Configuration()
        configuration.maximumBodyBytes = 100_000_000
        try await withServer(configuration, handler: handler) { _, port in
            let request = post(30_000_000)
            async let reply = onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send(request)
                for _ in 0..<30 { try connection.send([UInt8](repeating: 1, count: 1_000_000)) }
                return try connection.reply()
            }
            go.send(())
            #expect(await received.wait() == 30_000_000)
            let answer = try await reply
            #expect(answer?.status == 204)
        }
    }

    @Test func `a form's files go to the disk and odd names survive`() async throws {
        try await withTemporaryDirectory { directory in
            let handler: RequestHandler = { request in
                let form = try await request.multipart(into: directory)
                let files = try form.files.map {
                    "\($0.name)|\($0.fileName)|\($0.bytes)|\(try readFile($0.path).count)"
                }
                return .text(([form["plain"] ?? "-"] + files).joined(separator: "\n"))
            }
            try await withServer(handler: handler) { _, port in
                let boundary = MultipartBoundary.random()
                let contents: [(MultipartPart, [UInt8])] = [
                    (.field("plain", "ünï"), Array("ünï".utf8)),
                    (
                        .file("a", bytes: [], fileName: "../../etc/\"x\"\r\n.png"),
                        [UInt8](repeating: 13, count: 300_000)
                    ),
                    (.file("attach://b", bytes: [], fileName: "日本.txt"), Array("--".utf8)),
                ]
                var body: [UInt8] = []
                for (part, content) in contents {
                    body += boundary.head(of: part) + content + MultipartBoundary.partEnd
                }
                body += boundary.end
                let head = Array(
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: \(boundary.contentType)\r\nTransfer-Encoding: chunked\r\n\r\n\(String(body.count, radix: 16))\r\n"
                        .utf8)
                let bytes = head + body + Array("\r\n0\r\n\r\n".utf8)
                let reply = try await onThread {
                    let connection = try RawConnection(port: port)
                    defer { connection.close() }
                    try connection.send(bytes)
                    return try connection.reply()
                }
                #expect(reply?.text == "ünï\na|../../etc/\"x\"\r\n.png|300000|300000\nattach://b|日本.txt|2|2")
            }
        }
    }

    @Test func `a broken or too large form leaves no file behind`() async throws {
        try await withTemporaryDirectory { directory in
            let handler: RequestHandler = { request in
                var limits = MultipartForm.Limits()
                limits.fileBytes = 10
                _ = try await request.multipart(into: directory, limits: limits)
                return .empty()
            }
            try await withServer(handler: handler) { _, port in
                let part = "--b\r\nContent-Disposition: form-data; name=a; filename=f\r\n\r\n"
                for (content, status) in [("\(part)12345678901\r\n--b--", 413), ("\(part)123", 400), ("x", 400)] {
                    let reply = try await ask(
                        port,
                        "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: \(content.utf8.count)\r\n\r\n\(content)"
                    )
                    #expect(reply?.status == status)
                    #expect(filesIn(directory).isEmpty)
                }
                #expect(try await ask(port, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")?.status == 415)
            }
        }
    }
}
