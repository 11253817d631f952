import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct ResponseTests {
    private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test func `events reach the client one by one as they are written`() async throws {
        let steps = Stepper()
        let handler: RequestHandler = { _ in
            .serverSentEvents { writer in
                for number in 1...3 {
                    await steps.wait(for: number)
                    try await writer.write(ServerSentEvent(event: "n", data: "\(number)"))
                }
            }
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                while let line = try connection.line(), !line.isEmpty {}
                return connection
            }
            for number in 1...3 {
                await steps.allow(number)
                let line = try await onThread {
                    while let line = try connection.line() { if line.hasPrefix("data:") { return line } }
                    return "end"
                }
                #expect(line == "data: \(number)")
            }
            let rest = try await onThread {
                defer { connection.close() }
                while let line = try connection.line() { if line == "0" { return true } }
                return false
            }
            #expect(rest, "the stream ends properly")
        }
    }

    @Test func `a slow reader holds the writer back and gets every byte`() async throws {
        let written = Atomic<Int>(0)
        let chunk = [UInt8](repeating: 7, count: 16_384)
        let handler: RequestHandler = { _ in
            .stream(type: "application/octet-stream") { writer in
                for _ in 0..<1280 {
                    try await writer.write(chunk)
                    written.wrappingAdd(chunk.count, ordering: .relaxed)
                }
            }
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port, receiveBuffer: 65_536)
                try connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                return connection
            }
            // 20 MiB are to be sent; without back-pressure the writer would be through long before the count stands still.
            var last = -1
            while written.load(ordering: .relaxed) != last || last <= 0 {
                last = written.load(ordering: .relaxed)
                for _ in 0..<2000 { await Task.yield() }
            }
            #expect(written.load(ordering: .relaxed) < 16 << 20)
            let reply = try await onThread {
                defer { connection.close() }
                return try connection.reply()
            }
            #expect(reply?.body.count == 1280 * chunk.count)
            #expect(reply?.isComplete == true)
        }
    }

    @Test func `a stream that fails is cut and not ended`() async throws {
        struct Broken: Error {}
        let handler: RequestHandler = { _ in
            .stream(type: "text/plain") { writer in
                try await writer.write("some")
                throw Broken()
            }
        }
        try await withServer(handler: handler) { _, port in
            let reply = try await ask(port, get)
            #expect(reply?.text == "some")
            #expect(reply?.isComplete == false)
        }
    }

    @Test func `an answer can be cut before it begins or within its content`() async throws {
        let handler: RequestHandler = { request in
            await Task.yield()
            return request.path == "/none" ? .abort : .text("0123456789").truncated(after: 4)
        }
        try await withServer(handler: handler) { _, port in
            #expect(try await ask(port, "GET /none HTTP/1.1\r\nHost: h\r\n\r\n") == nil)
            let reply = try await ask(port, get)
            #expect(reply?.fields.contentLength == 10)
            #expect(reply?.text == "0123")
            #expect(reply?.isComplete == false)
        }
    }

    @Test(arguments: [501, 505, 413])
    func `any status can have an empty content`(code: Int) async throws {
        try await withServer(handler: { _ in .empty(HTTPStatus(code)).closingConnection() }) { _, port in
            let reply = try await ask(port, get)
            #expect(reply?.status == code)
            #expect(reply?.body == [])
        }
    }

    @Test(
        arguments: [
            ("", 200, "0123456789", nil), ("Range: bytes=2-4\r\n", 206, "234", "bytes 2-4/10"),
            ("Range: bytes=-3\r\n", 206, "789", "bytes 7-9/10"), ("Range: bytes=10-\r\n", 416, "", "bytes */10"),
            ("Range: bytes=0-1,4-5\r\n", 200, "0123456789", nil),
            ("Range: bytes=0-1\r\nIf-Range: \"other\"\r\n", 200, "0123456789", nil),
            ("If-None-Match: \"x\", *\r\n", 200, "0123456789", nil), ("If-None-Match: *\r\n", 304, "", nil),
            ("If-Modified-Since: Thu, 31 Dec 2099 23:59:59 GMT\r\n", 304, "", nil),
        ] as [(String, Int, String, String?)])
    func `a file is sent whole, in part or not at all`(
        fields: String, status: Int, content: String, range: String?
    ) async throws {
        try await withTemporaryDirectory { directory in
            try writeFile("\(directory)/f.txt", Array("0123456789".utf8))
            try await withServer(handler: { _ in .file(path: "\(directory)/f.txt") }) { _, port in
                let reply = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")
                #expect(reply?.status == status)
                #expect(reply?.text == content)
                #expect(reply?.fields["Content-Range"] == range)
                guard status == 200 else { return }
                let tag = try #require(reply?.fields["ETag"])
                let again = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: \(tag)\r\n\r\n")
                #expect(again?.status == 304)
            }
        }
    }

    @Test func `a missing file and a directory answer 404`() async throws {
        let handler: RequestHandler = { .file(path: $0.path == "/dir" ? "/tmp" : "/nonexistent") }
        try await withServer(handler: handler) { _, port in
            let missing = try await ask(port, get)
            #expect(missing?.status == 404)
            let directory = try await ask(port, "GET /dir HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(directory?.status == 404)
        }
    }
}

/// Lets a task go on when the test says so.
actor Stepper {
    private var allowed = 0
    private var waiting: [(Int, CheckedContinuation<Void, Never>)] = []

    func allow(_ step: Int) {
        allowed = max(allowed, step)
        for (_, continuation) in waiting.filter({ $0.0 <= allowed }) { continuation.resume() }
        waiting.removeAll { $0.0 <= allowed }
    }

    func wait(for step: Int) async {
        if allowed >= step { return }
        await withCheckedContinuation { waiting.append((step, $0)) }
    }
}
