import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct FailureTests {
    /// What a server sends before it closes, and what that is.
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "connection_lost"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "connection_lost"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1", "connection_lost"),
        ("", "connection_lost"),
        ("hello\r\n", "protocol_error"),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf", "protocol_error"),
    ])
    func `a broken answer is an error and never a short answer`(answer: String, label: String) async throws {
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(answer)
        }
        defer { server.stop() }
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest(.post, server.url(), body: .text("x")))
        }
        #expect(error?.label == label)

        let streamError = await #expect(throws: HTTPClientError.self) {
            let response = try await client.stream(ClientRequest(.post, server.url(), body: .text("x")))
            _ = try await response.body.collect(upTo: 100)
        }
        #expect(streamError?.label == label)
        await client.stop()
    }

    @Test func `a head without end is cut off`() async throws {
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\n")
            let line = "X-Padding: " + String(repeating: "x", count: 1000) + "\r\n"
            while connection.write(line) {}
        }
        defer { server.stop() }
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(ClientRequest(server.url())) }
        #expect(error?.label == "protocol_error")
        await client.stop()
    }

    @Test func `a closed port is a failed connection`() async throws {
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest("http://127.0.0.1:1/"))
        }
        #expect(error?.label == "connection_failed")
        #expect(error?.description.contains("Connection refused") == true)
        await client.stop()
    }

    @Test func `a name without address is an unresolved host`() async throws {
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.unresolvedHost("nowhere.invalid")) {
            // A machine's resolver may take its time to say so.
            try await client.send(
                ClientRequest(
                    .get, "http://nowhere.invalid/",
                    timeouts: Timeouts(connect: .seconds(120), total: .seconds(120), idle: .seconds(120))))
        }
        await client.stop()
    }

    @Test(arguments: [
        ClientRequest("ftp://127.0.0.1/"), ClientRequest("file:///etc/hostname"), ClientRequest("no url"),
        ClientRequest("http://"), ClientRequest("http://127.0.0.1/a b"), ClientRequest("https://127.0.0.1/a b"),
        ClientRequest("http://127.0.0.1/\r\nX: y"), ClientRequest("https://127.0.0.1/\nX: y"),
        ClientRequest("http://127.0.0.1/\u{0}"), ClientRequest("http://127.0.0.1/", fields: ["X": "a\nY: b"]),
        ClientRequest("http://127.0.0.1/", fields: ["X": "a\u{0}b"]),
        ClientRequest("http://127.0.0.1/", fields: ["X: a\r\nY": "b"]),
        ClientRequest("http://127.0.0.1/", fields: ["X": "a\r\nY: b"]),
        ClientRequest("http://127.0.0.1/", fields: ["X Y": "a"]), ClientRequest("http://127.0.0.1/", fields: ["": "a"]),
        ClientRequest(HTTPMethod(rawValue: "GET / HTTP/1.1\r\nX: y\r\n"), "http://127.0.0.1/"),
    ])
    func `a request that cannot be sent is refused`(request: ClientRequest) async throws {
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
        #expect(error?.label == "invalid_request")
        await client.stop()
    }

    @Test func `errors keep the token in a URL to themselves`() async throws {
        let server = RawServer { connection in _ = connection.readRequest() }
        defer { server.stop() }
        let client = HTTPClient()
        let token = "123456:SECRET"
        var request = ClientRequest("")
        for url in [
            server.url("/bot\(token)/getMe?key=\(token)"), "http://user:\(token)@127.0.0.1:1/", "ftp://x/\(token)",
            "http://127.0.0.1:1/bot\(token)/getMe", "http://nowhere.invalid/\(token)", "http://x:y:\(token)/",
            "https://127.0.0.1:1/\(token)", "http://127.0.0.1/\(token) x",
        ] {
            request = ClientRequest(url, fields: ["Authorization": token])
            let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
            #expect(!String(describing: error).contains("SECRET"), "\(url)")
            #expect(!String(reflecting: error).contains("SECRET"), "\(url)")
        }
        await client.stop()
    }
}
