import Glibc
import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    @Test func `chunks are read as they come`() async throws {
        let more = Recorder<String>()
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
            // The second chunk is sent only once the first was read.
            guard connection.readRequest() == nil else { return }
        }
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.stream(ClientRequest(server.url()))
        var iterator = response.body.makeAsyncIterator()
        #expect(try await iterator.next() == Array("one".utf8))
        #expect(more.all.isEmpty)
        await client.stop()
    }

    @Test func `an unread body makes the server wait`() async throws {
        let total = 64 << 20
        let stalled = Recorder<Int>()
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 64 << 10)
            var sent = 0
            while sent < total {
                // Nobody reads: the socket is full, and no room comes within a while.
                var waiting = pollfd(fd: connection.descriptor, events: Int16(POLLOUT), revents: 0)
                if unsafe poll(&waiting, 1, 300) == 0 { stalled.record(sent) }
                guard connection.write(piece) else { return }
                sent += piece.count
            }
            stalled.record(total)
        }
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.stream(ClientRequest(server.url()))
        let sent = try #require(await stalled.next())
        #expect(sent < total / 2)
        var count = 0
        for try await chunk in response.body { count += chunk.count }
        #expect(count == total)
        await client.stop()
    }

    @Test func `lines are read across chunks`() async throws {
        let server = RawServer.answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\none\nt\r\n7\r\nwo\r\nend\r\n0\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.stream(ClientRequest(server.url()))
        var lines: [String] = []
        for try await line in response.body.lines { lines.append(line) }
        #expect(lines == ["one", "two", "end"])
        await client.stop()
    }

    @Test func `events are read while the stream stays open`() async throws {
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hi\n\nid: 1\ndata: a\ndata: b\n\n")
            connection.write("event: end\ndata: c\n\n")
            connection.waitForClose()
        }
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.stream(ClientRequest(.get, server.url(), timeouts: .streaming))
        #expect(response.fields.contentType?.essence == "text/event-stream")
        var events = response.body.serverSentEvents.makeAsyncIterator()
        #expect(try await events.next() == ServerSentEvent(data: "a\nb", id: "1"))
        #expect(try await events.next() == ServerSentEvent(event: "end", data: "c", id: "1"))
        await client.stop()
    }

    @Test func `a saved file appears when it is complete`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let body = String(repeating: "0123456789", count: 100_000)
        let server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        defer { server.stop() }
        let client = HTTPClient()
        let path = folder.path("saved")
        let count = try await client.stream(ClientRequest(server.url())).body.save(to: path)
        #expect(count == 1_000_000)
        #expect(folder.contents("saved") == Array(body.utf8))
        #expect(folder.names == ["saved"])
        await client.stop()
    }

    @Test func `a download that breaks off leaves no file`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        }
        defer { server.stop() }
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.stream(ClientRequest(server.url())).body.save(to: folder.path("saved"))
        }
        #expect(error?.label == "connection_lost")
        #expect(folder.names == [])
        await client.stop()
    }

    @Test func `a folder that is not there is named as the reason`() async throws {
        let server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.unwritableFile("No such file or directory")) {
            try await client.stream(ClientRequest(server.url())).body.save(to: "/nonexistent/file")
        }
        await client.stop()
    }
}
