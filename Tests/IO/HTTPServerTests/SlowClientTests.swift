import HTTP
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct SlowClientTests {
    /// Long enough that a busy machine reads a request that is there at once, short enough to wait for.
    private static let limit = Duration.seconds(1)

    /// Sends a byte at a time until the server closes; libmicrohttpd's own limit is never reached.
    private func trickle(_ beginning: String, port: Int) async throws -> String {
        try await onThread {
            let connection = try RawConnection(port: port, readLimit: 20_000)
            defer { connection.close() }
            try connection.send(beginning)
            var received: [UInt8] = []
            while true {
                do {
                    guard let bytes = try connection.read() else { break }
                    received += bytes
                } catch {
                    // Nothing came within 20 ms: the server still waits, and gets one more byte.
                    do { try connection.send("x") } catch { break }
                }
            }
            return String(decoding: received, as: UTF8.self)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: h\r\nX-Slow: ",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n",
    ])
    func `a client that sends a byte now and then is cut off`(beginning: String) async throws {
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeout = Self.limit
        configuration.idleSeconds = 300
        let handler: RequestHandler = { request in
            #expect(request.method == .get)
            return .text("fine")
        }
        try await withServer(configuration, handler: handler) { _, port in
            let received = try await trickle(beginning, port: port)
            #expect(received.contains("fine") == beginning.contains("\r\n\r\nPOST"))
        }
    }

    @Test func `a client that never ends its first line is cut off`() async throws {
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeout = Self.limit
        configuration.idleSeconds = 1
        try await withServer(configuration, handler: { _ in .text("no") }) { _, port in
            let received = try await trickle("GET /", port: port)
            #expect(received == "")
        }
    }

    @Test func `the limit does not run while a handler works or its answer is sent`() async throws {
        let (began, go) = (Signal<Void>(), Signal<Void>())
        var configuration = HTTPServer.Configuration()
        configuration.receiveTimeout = Self.limit
        configuration.idleSeconds = 300
        let handler: RequestHandler = { request in
            began.send(())
            await go.wait()
            return .stream(type: "text/plain") { try await $0.write("finished from \(request.path)") }
        }
        try await withServer(configuration, handler: handler) { _, port in
            async let reply = ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            await began.wait()
            // Another connection runs into the limit meanwhile.
            _ = try await trickle("POST /late HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n", port: port)
            go.send(())
            let text = try await reply?.text
            #expect(text == "finished from /")
        }
    }
}
