import HTTP
import HTTPClient
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct RepetitionTests {
    /// A server whose first answers fail, and which then says `done`.
    private func server(failures: Int, _ failure: String) -> (RawServer, Recorder<String>) {
        let seen = Recorder<String>()
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                seen.record(String(decoding: request.body, as: UTF8.self))
                let isFailure = seen.all.count <= failures
                connection.write(isFailure ? failure : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
            }
        }
        return (server, seen)
    }

    @Test func `a request is repeated with its body until it succeeds`() async throws {
        let (server, seen) = server(failures: 2, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient(time: InstantTime())
        let response = try await client.send(
            ClientRequest(.put, server.url(), body: .text("body"), retry: .standard))
        #expect(response.text == "done")
        #expect(seen.all == ["body", "body", "body"])
        await client.stop()
    }

    @Test func `pauses are those of the policy and of the server`() async throws {
        let (server, _) = server(failures: 2, "HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let time = InstantTime()
        let client = HTTPClient(time: time)
        _ = try await client.send(ClientRequest(.get, server.url(), retry: .standard))
        #expect(time.pauses == [.seconds(9), .seconds(9)])
        await client.stop()
    }

    @Test func `a refused stream is let go before the next attempt`() async throws {
        let (server, seen) = server(failures: 1, "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nsorry")
        defer { server.stop() }
        let client = HTTPClient(time: InstantTime())
        let response = try await client.stream(ClientRequest(.get, server.url(), retry: .standard))
        #expect(try await response.body.collect(upTo: 100) == Array("done".utf8))
        #expect(seen.all.count == 2)
        await client.stop()
    }

    @Test func `a stream of bytes is sent once only`() async throws {
        let (server, seen) = server(failures: 1, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let client = HTTPClient(time: InstantTime())
        let chunks = AsyncStream<[UInt8]> { continuation in
            continuation.yield(Array("once".utf8))
            continuation.finish()
        }
        let response = try await client.send(
            ClientRequest(.put, server.url(), body: .stream(length: nil, ByteStream(chunks)), retry: .standard))
        #expect(response.status == .serviceUnavailable)
        #expect(seen.all == ["once"])
        await client.stop()
    }
}

/// A clock whose pauses are over at once, and are noted.
final class InstantTime: TimeSource {
    private let slept = Mutex<[Duration]>([])
    var pauses: [Duration] { slept.withLock { $0 } }
    var now: Timestamp { Timestamp(microseconds: 0) }
    var uptime: Duration { .zero }
    func sleep(for duration: Duration) async throws { slept.withLock { $0.append(duration) } }
}
