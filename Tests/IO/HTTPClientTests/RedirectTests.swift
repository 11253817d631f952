import HTTP
import Testing

@testable import HTTPClient

@Suite struct RedirectRuleTests {
    private func next(
        _ method: HTTPMethod = .get, _ url: String = "http://a.example/x", status: HTTPStatus, to location: String?,
        fields: HTTPFields = [:], body: ClientBody = .none
    ) throws(HTTPClientError) -> ClientRequest? {
        try Redirect.next(
            after: ClientRequest(method, url, fields: fields, body: body), status: status, location: location)
    }

    @Test(arguments: [
        (HTTPMethod.post, HTTPStatus(301), HTTPMethod.get), (.post, 302, .get), (.post, 303, .get), (.put, 303, .get),
        (.head, 303, .head), (.put, 302, .put), (.post, 307, .post), (.post, 308, .post), (.delete, 301, .delete),
    ])
    func `the method follows from status and method`(
        method: HTTPMethod, status: HTTPStatus, expected: HTTPMethod
    ) throws {
        let request = try next(
            method, status: status, to: "/y", fields: ["Content-Type": "text/plain", "Accept": "*/*"],
            body: .text("body"))
        #expect(request?.method == expected)
        #expect(request?.fields.contains("Content-Type") == (expected == method))
        #expect(request?.fields["Accept"] == "*/*")
    }

    @Test(arguments: [
        ("/y?q=1#part", "http://a.example/y?q=1"), ("y", "http://a.example/y"),
        ("https://b.example/", "https://b.example/"), ("//b.example/z", "http://b.example/z"),
    ])
    func `the target is found relative to the request`(location: String, url: String) throws {
        #expect(try next(status: 302, to: location)?.url == url)
    }

    @Test(arguments: [
        "http://b.example/", "http://a.example:8080/", "https://a.example/", "//b.example/", "http://u:p@b.example/",
    ])
    func `keys do not go to another origin`(location: String) throws {
        let request = try next(
            status: 302, to: location,
            fields: [
                "Authorization": "k", "Cookie": "k", "ApiKey": "k", "X-Plex-Token": "k", "Host": "a.example",
                "Accept": "a/b", "User-Agent": "me",
            ])
        #expect(request?.fields == ["Accept": "a/b", "User-Agent": "me"])
        #expect(request?.url.contains("@") == false)
    }

    @Test func `keys stay on the same origin`() throws {
        let request = try next(status: 302, to: "http://A.example:80/y", fields: ["ApiKey": "k"])
        #expect(request?.fields["ApiKey"] == "k")
    }

    @Test(arguments: [HTTPStatus(200), 300, 304, 404])
    func `other statuses are answers`(status: HTTPStatus) throws {
        #expect(try next(status: status, to: "/y") == nil)
    }

    @Test(arguments: ["ftp://b.example/", "file:///etc/passwd", "javascript:x"])
    func `other schemes are refused`(location: String) {
        #expect(throws: HTTPClientError.self) { try next(status: 302, to: location) }
    }

    @Test func `a way out of https is refused`() {
        #expect(throws: HTTPClientError.redirectRefused("it leads from https to http")) {
            try next(.get, "https://a.example/", status: 302, to: "http://a.example/")
        }
    }

    @Test func `a stream cannot be sent on`() {
        let stream = ByteStream(AsyncStream<[UInt8]> { $0.finish() })
        #expect(throws: HTTPClientError.self) {
            try next(.post, status: 307, to: "/y", body: .stream(length: nil, stream))
        }
    }
}

@Suite(.timeLimit(.minutes(5))) struct RedirectTests {
    @Test func `a redirect is an answer unless it is to be followed`() async throws {
        let server = RawServer.answering("HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient()
        #expect(try await client.send(ClientRequest(server.url())).status == .found)
        await client.stop()
    }

    @Test func `a redirect to another server is followed without the key`() async throws {
        let seen = Recorder<RawConnection.Request>()
        let target = RawServer { connection in
            while let request = connection.readRequest() {
                seen.record(request)
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        let source = RawServer.answering(
            "HTTP/1.1 307 Moved\r\nLocation: \(target.url("/there"))\r\nContent-Length: 0\r\n\r\n")
        defer {
            source.stop()
            target.stop()
        }
        let client = HTTPClient()
        let response = try await client.send(
            ClientRequest(
                .post, source.url(), fields: ["ApiKey": "secret"], body: .text("body"), followsRedirects: true))
        #expect(response.text == "ok")
        #expect(response.url == target.url("/there"))
        #expect(seen.all.first?.body == Array("body".utf8))
        #expect(seen.all.first?.field("ApiKey") == nil)
        await client.stop()
    }

    @Test func `a circle ends`() async throws {
        let server = RawServer.answering("HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.tooManyRedirects(limit: 5)) {
            try await client.send(ClientRequest(.get, server.url(), followsRedirects: true))
        }
        await client.stop()
    }
}
