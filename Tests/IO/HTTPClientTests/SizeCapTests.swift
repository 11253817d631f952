import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct SizeCapTests {
    /// 200 000 zero bytes, compressed with gzip.
    private static let bomb: [UInt8] =
        [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 49, 1, 0, 0, 0, 194, 160, 245, 79, 109, 6, 127, 160]
        + [UInt8](repeating: 0, count: 193) + [128, 215, 0, 123, 88, 224, 92, 64, 13, 3, 0]

    private func server(_ answer: [UInt8]) -> RawServer {
        RawServer { connection in
            while connection.readRequest() != nil { connection.write(answer) }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n",
    ])
    func `a body over the cap is refused, one at the cap is not`(answer: String) async throws {
        let server = server(Array(answer.utf8))
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.tooLarge(limit: 10)) {
            try await client.send(ClientRequest(.get, server.url(), maximumResponseBytes: 10))
        }
        let response = try await client.send(ClientRequest(.get, server.url(), maximumResponseBytes: 11))
        #expect(response.body.count == 11)
        await client.stop()
    }

    @Test func `a compressed body counts at its full length`() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Self.bomb.count)\r\n\r\n"
        let server = server(Array(head.utf8) + Self.bomb)
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.tooLarge(limit: 199_999)) {
            try await client.send(ClientRequest(.get, server.url(), maximumResponseBytes: 199_999))
        }
        let response = try await client.send(ClientRequest(.get, server.url(), maximumResponseBytes: 200_000))
        #expect(response.body == [UInt8](repeating: 0, count: 200_000))
        await client.stop()
    }

    @Test func `a head may name any length`() async throws {
        let server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.send(ClientRequest(.head, server.url(), maximumResponseBytes: 10))
        #expect(response.fields.contentLength == 5000)
        await client.stop()
    }

    @Test func `a stream has the request's cap`() async throws {
        let server = server(Array("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n01234567890".utf8))
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.tooLarge(limit: 10)) {
            let response = try await client.stream(ClientRequest(server.url()))
            _ = try await response.body.collect(upTo: 10)
        }
        await #expect(throws: HTTPClientError.tooLarge(limit: 10)) {
            let response = try await client.stream(ClientRequest(.get, server.url(), maximumResponseBytes: 10))
            _ = try await response.body.collect(upTo: 100)
        }
        await client.stop()
    }
}
