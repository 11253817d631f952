import HTTP
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct RequestTests {
    private let describe: RequestHandler = { request in
        await Task.yield()
        return .text("\(request.method) \(request.target) \(request.fields["x-test"] ?? "-") \(request.remoteAddress)")
    }

    @Test func `the handler sees method, raw target, fields and address`() async throws {
        try await withServer(handler: describe) { _, port in
            let reply = try await ask(port, "PURGE /a%2Fb/%zz?x=%41+y HTTP/1.1\r\nHost: h\r\nX-Test: v\r\n\r\n")
            #expect(reply?.text == "PURGE /a%2Fb/%zz?x=%41+y v 127.0.0.1")
        }
    }

    @Test func `a connection is kept for the next request and pipelined requests are answered in order`() async throws {
        try await withServer(handler: describe) { _, port in
            let texts = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send((1...20).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                return try (1...20).map { _ in try connection.reply()?.text.split(separator: " ")[1] }
            }
            #expect(texts == (1...20).map { "/\($0)" })
        }
    }

    @Test func `the connection is closed where the client or the answer says so`() async throws {
        try await withServer(handler: { $0.path == "/x" ? .text("x").closingConnection() : .text("y") }) { _, port in
            for request in [
                "GET /x HTTP/1.1\r\nHost: h\r\n\r\n", "GET /y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "GET /y HTTP/1.0\r\n\r\n",
            ] {
                let rest = try await onThread {
                    let connection = try RawConnection(port: port)
                    defer { connection.close() }
                    _ = try connection.ask(request)
                    return try connection.readToEnd()
                }
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `HEAD has the length and no content`() async throws {
        try await withServer(handler: describe) { _, port in
            let (head, next) = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                let head = try connection.ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", method: .head)
                return (head, try connection.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n"))
            }
            #expect(head?.fields.contentLength == "HEAD / - 127.0.0.1".utf8.count)
            #expect(next?.status == 200)
        }
    }

    @Test func `a failure answers its status and nothing of the server's insides`() async throws {
        struct Inside: Error {
            let secret = "hunter2"
        }
        let handler: RequestHandler = { request in
            if request.path == "/known" { throw HTTPError(.conflict, "say \"please\"", fields: ["X-Why": "y"]) }
            throw Inside()
        }
        try await withServer(handler: handler) { _, port in
            let known = try await ask(port, "GET /known HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(known?.status == 409)
            #expect(known?.fields["x-why"] == "y")
            #expect(known?.text == #"{"error":{"status":409,"message":"say \"please\""}}"#)
            let unknown = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(unknown?.status == 500)
            #expect(unknown?.text.contains("Inside") == false)
            #expect(unknown?.text.contains("hunter2") == false)
        }
    }

    @Test func `a field that would split the answer is not sent`() async throws {
        let handler: RequestHandler = { _ in
            ServerResponse(fields: ["X-Bad": "a\r\nX-Injected: b", "X-Good": "c"])
        }
        try await withServer(handler: handler) { _, port in
            let reply = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(reply?.fields["X-Injected"] == nil)
            #expect(reply?.fields["X-Good"] == "c")
        }
    }

    @Test func `two hundred connections are answered side by side`() async throws {
        let arrived = Gate(200)
        let handler: RequestHandler = { request in
            await arrived.enter()
            return .text(request.path)
        }
        try await withServer(handler: handler) { _, port in
            let replies = try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask { try await ask(port, "GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")?.text }
                }
                var texts: Set<String?> = []
                for try await text in group { texts.insert(text) }
                return texts
            }
            #expect(replies == Set((0..<200).map { "/\($0)" }))
        }
    }

    @Test(arguments: ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nno colon here\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
    func `a malformed request does the server no harm`(request: String) async throws {
        try await withServer(handler: describe) { _, port in
            let reply = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send(request)
                connection.finishSending()
                return try connection.readToEnd()
            }
            #expect(!String(decoding: reply, as: UTF8.self).hasPrefix("HTTP/1.1 5") || request.contains("9.9"))
            #expect(try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")?.status == 200)
        }
    }
}

/// Lets nobody through before everybody is there.
actor Gate {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ size: Int) { self.size = size }

    func enter() async {
        if waiting.count + 1 == size {
            for continuation in waiting { continuation.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
