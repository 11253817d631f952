import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct CancellationTests {
    /// A server that begins an answer, and notes when a request came and when its client left.
    private func server(_ beginning: String) -> (RawServer, Recorder<String>) {
        let events = Recorder<String>()
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(beginning)
            events.record("asked")
            connection.waitForClose()
            events.record("left")
        }
        return (server, events)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome"])
    func `a cancelled task ends its transfer`(beginning: String) async throws {
        let (server, events) = server(beginning)
        defer { server.stop() }
        let client = HTTPClient()
        let task = Task { try await client.send(ClientRequest(server.url())) }
        #expect(await events.next() == "asked")
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
        #expect(await events.next() == "left")
        await client.stop()
    }

    @Test func `a task cancelled before it asks sends nothing`() async throws {
        let (server, events) = server("")
        defer { server.stop() }
        let client = HTTPClient()
        let task = Task {
            unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
            return try await client.send(ClientRequest(server.url()))
        }
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
        #expect(events.all.isEmpty)
        await client.stop()
    }

    @Test func `a cancelled reader ends its transfer`() async throws {
        let (server, events) = server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
        defer { server.stop() }
        let client = HTTPClient()
        let read = Recorder<Int>()
        let task = Task {
            let response = try await client.stream(ClientRequest(server.url()))
            for try await chunk in response.body { read.record(chunk.count) }
        }
        #expect(await read.next() == 4)
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled) { try await task.value }
        #expect(await events.next() == "asked")
        #expect(await events.next() == "left")
        await client.stop()
    }

    @Test func `a dropped stream ends its transfer`() async throws {
        let (server, events) = server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
        defer { server.stop() }
        let client = HTTPClient()
        do {
            let response = try await client.stream(ClientRequest(server.url()))
            #expect(response.status == .ok)
        }
        #expect(await events.next() == "asked")
        #expect(await events.next() == "left")
        await client.stop()
    }

    @Test func `a stopped client ends what runs and takes nothing new`() async throws {
        let (server, events) = server("")
        defer { server.stop() }
        let client = HTTPClient()
        let task = Task { try await client.send(ClientRequest(server.url())) }
        #expect(await events.next() == "asked")
        await client.stop()
        await #expect(throws: HTTPClientError.stopped) { try await task.value }
        await #expect(throws: HTTPClientError.stopped) { try await client.send(ClientRequest(server.url())) }
        await client.stop()
    }

    @Test func `a client that drains lets answers arrive`() async throws {
        let go = Recorder<Void>()
        let asked = Recorder<Void>()
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            asked.record(())
            // The client closes its unused connections only when it has stopped, so this is the drain's own traffic.
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            go.record(())
            connection.write("done")
            connection.waitForClose()
        }
        defer { server.stop() }
        let client = HTTPClient()
        async let response = client.send(ClientRequest(server.url()))
        _ = await asked.next()
        await client.stop(draining: .seconds(30))
        #expect(try await response.text == "done")
    }

    @Test func `a client dropped without being stopped cleans up`() async throws {
        let (server, events) = server("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        defer { server.stop() }
        do {
            let client = HTTPClient()
            #expect(try await client.send(ClientRequest(server.url())).text == "done")
        }
        #expect(await events.next() == "asked")
        #expect(await events.next() == "left")
    }
}
