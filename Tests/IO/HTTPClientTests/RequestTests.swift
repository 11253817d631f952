import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct RequestTests {
    @Test func `an answer has its status, fields and body`() async throws {
        let server = RawServer.answering("HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-One: 1\r\n\r\nhello")
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.send(ClientRequest(server.url()))
        #expect(response.status == .created)
        #expect(response.fields["x-one"] == "1")
        #expect(response.text == "hello")
        #expect(response.version == "HTTP/1.1")
        await client.stop()
    }

    @Test func `two hundred requests at once all get their own answer`() async throws {
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                let body = request.target
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
        defer { server.stop() }
        let client = HTTPClient()
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<200 {
                group.addTask {
                    (number, try await client.send(ClientRequest(server.url("/\(number)"))).text)
                }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, "/\($0)") }))
        await client.stop()
    }
}
