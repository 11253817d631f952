import HTTP
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(5))) struct TimeoutTests {
    private static let short = Duration.milliseconds(150)

    /// A server that sends what it is given and then nothing more.
    private func silentServer(_ beginning: String = "") -> RawServer {
        RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(beginning)
            connection.waitForClose()
        }
    }

    @Test(arguments: [
        (Timeouts(total: short, idle: nil), "timeout_total"), (Timeouts(total: nil, idle: short), "timeout_idle"),
    ])
    func `a server without an answer is given up`(timeouts: Timeouts, label: String) async throws {
        let server = silentServer()
        defer { server.stop() }
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest(.get, server.url(), timeouts: timeouts))
        }
        #expect(error?.label == label)
        await client.stop()
    }

    @Test(arguments: [
        (Timeouts(total: short, idle: nil), "timeout_total"), (Timeouts(total: nil, idle: short), "timeout_idle"),
    ])
    func `a server that falls silent within its answer is given up`(timeouts: Timeouts, label: String) async throws {
        let server = silentServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
        defer { server.stop() }
        let client = HTTPClient()
        // On a busy machine the limit may run out before the head is there, which is the same error.
        let error = await #expect(throws: HTTPClientError.self) {
            let response = try await client.stream(ClientRequest(.get, server.url(), timeouts: timeouts))
            for try await chunk in response.body { #expect(chunk == Array("some".utf8)) }
        }
        #expect(error?.label == label)
        await client.stop()
    }

    @Test(arguments: [0, 1])
    func `bytes that keep coming do not extend the total limit`(collected: Int) async throws {
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            while connection.write("x") {}
        }
        defer { server.stop() }
        let client = HTTPClient()
        let request = ClientRequest(
            .get, server.url(), timeouts: Timeouts(total: Self.short, idle: .seconds(60)),
            maximumResponseBytes: 1_000_000_000)
        let error = await #expect(throws: HTTPClientError.self) {
            if collected == 1 { _ = try await client.send(request) }
            for try await _ in try await client.stream(request).body {}
        }
        #expect(error?.label == "timeout_total")
        await client.stop()
    }

    @Test func `bytes that keep coming put off the idle limit`() async throws {
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            while connection.write("x") {}
        }
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.stream(
            ClientRequest(.get, server.url(), timeouts: Timeouts(total: nil, idle: Self.short)))
        let end = ContinuousClock.now + Self.short * 4
        for try await _ in response.body where ContinuousClock.now > end { break }
        await client.stop()
    }

    @Test func `each attempt has the total limit to itself`() async throws {
        let server = silentServer()
        defer { server.stop() }
        let time = InstantTime()
        let client = HTTPClient(time: time)
        let start = ContinuousClock.now
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(
                ClientRequest(
                    .get, server.url(), timeouts: Timeouts(total: Self.short, idle: nil),
                    retry: RetryPolicy(maximumAttempts: 2)))
        }
        #expect(error?.label == "timeout_total")
        // Not by the connections that came: on a busy machine the limit may run out before one is made.
        #expect(time.pauses.count == 1)
        #expect(ContinuousClock.now - start >= Self.short * 2)
        await client.stop()
    }

    @Test func `a connection that is not made in time is given up`() async throws {
        // The TCP connection is made, but the TLS handshake never answered.
        let server = RawServer { $0.waitForClose() }
        defer { server.stop() }
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.timeout(.connect, host: "127.0.0.1:\(server.port)")) {
            try await client.send(
                ClientRequest(
                    .get, "https://127.0.0.1:\(server.port)/",
                    timeouts: Timeouts(connect: Self.short, total: nil, idle: nil)))
        }
        await client.stop()
    }

    @Test func `waiting for a free connection counts`() async throws {
        let asked = Recorder<Void>()
        let server = RawServer { connection in
            guard connection.readRequest() != nil else { return }
            asked.record(())
            connection.waitForClose()
        }
        defer { server.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.maximumConnectionsPerHost = 1
        let client = HTTPClient(configuration)
        let holder = Task { try await client.send(ClientRequest(server.url())) }
        _ = await asked.next()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(
                ClientRequest(.get, server.url(), timeouts: Timeouts(total: Self.short, idle: nil)))
        }
        #expect(error?.label == "timeout_total")
        #expect(server.acceptedCount == 1)
        holder.cancel()
        await client.stop()
    }
}

@Suite struct DeadlinesTests {
    private let second: Int64 = 1_000_000_000

    @Test func `the total limit runs from the start`() {
        var deadlines = Deadlines(Timeouts(total: .seconds(3), idle: nil), startedAt: 0)
        deadlines.noteActivity(at: 2 * second)
        #expect(deadlines.next == 3 * second)
        #expect(deadlines.expired(at: 3 * second - 1) == nil)
        #expect(deadlines.expired(at: 3 * second) == .total)
    }

    @Test func `the idle limit runs from the last byte`() {
        var deadlines = Deadlines(Timeouts(total: nil, idle: .seconds(3)), startedAt: 0)
        deadlines.noteActivity(at: 2 * second)
        #expect(deadlines.next == 5 * second)
        #expect(deadlines.expired(at: 5 * second - 1) == nil)
        #expect(deadlines.expired(at: 5 * second) == .idle)
    }

    @Test func `without limits nothing ever expires`() {
        let deadlines = Deadlines(Timeouts(total: nil, idle: nil), startedAt: 0)
        #expect(deadlines.next == nil)
        #expect(deadlines.expired(at: .max) == nil)
    }
}
