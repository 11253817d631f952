import HTTP
import HTTPClient
import Synchronization
import Testing

@testable import HTTPServer

/// The project's client and server with each other, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct ClientAndServerTests {
    /// Runs a server and a client for it; both are stopped whatever happens.
    private func withBoth(
        connections: Int = 64, handler: @escaping RequestHandler,
        _ body: (HTTPClient, String) async throws -> Void
    ) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.maximumConnectionsPerHost = connections
        let client = HTTPClient(configuration)
        do {
            try await withServer(handler: handler) { server, _ in
                try await body(client, try #require(server.address?.url))
            }
        } catch {
            await client.stop()
            throw error
        }
        await client.stop()
    }

    private func bytes(_ count: Int, seed: Int = 1) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761 &+ seed) >> 7) }
    }

    @Test func `requests one after the other share a connection`() async throws {
        let links = Mutex<Set<UInt64>>([])
        let handler: RequestHandler = { request in
            if case .stream(let source) = request.body.source, let exchange = source as? Exchange {
                links.withLock { _ = $0.insert(exchange.link.id) }
            }
            return .bytes(try await request.body.collect(), type: "text/plain")
        }
        try await withBoth(handler: handler) { client, url in
            for number in 1...50 {
                let answer = try await client.send(ClientRequest(.post, url, body: .text("\(number)")))
                #expect(answer.text == "\(number)")
            }
        }
        #expect(links.withLock { $0.count } == 1)
    }

    @Test func `two hundred requests are under way at once`() async throws {
        let gate = Gate(200)
        let handler: RequestHandler = { request in
            await gate.enter()
            return .text("\(request.path) \(try await request.body.text())")
        }
        try await withBoth(connections: 200, handler: handler) { client, url in
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await client.send(ClientRequest(.post, "\(url)/\(number)", body: .text("b\(number)"))).text
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(texts == Set((0..<200).map { "/\($0) b\($0)" }))
        }
    }

    @Test func `bodies of unknown length are streamed both ways`() async throws {
        let handler: RequestHandler = { request in
            #expect(request.fields.contentLength == nil)
            let body = try await request.body.collect()
            return .stream(type: "application/octet-stream") { writer in
                var rest = body[...]
                var size = 1
                while !rest.isEmpty {
                    try await writer.write(Array(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                    size = size * 3 % 100_003
                }
            }
        }
        let content = bytes(3_000_000)
        let chunks = AsyncStream<[UInt8]> { continuation in
            var (rest, size) = (content[...], 1)
            while !rest.isEmpty {
                continuation.yield(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                size = size * 5 % 70_001
            }
            continuation.finish()
        }
        try await withBoth(handler: handler) { client, url in
            let response = try await client.stream(
                ClientRequest(.post, url, body: .stream(length: nil, ByteStream(chunks))))
            #expect(response.fields.contentLength == nil)
            #expect(try await response.body.collect(upTo: content.count) == content)
        }
    }

    @Test func `a body reaches the handler while it is still being sent`() async throws {
        let (chunks, sender) = AsyncStream<[UInt8]>.makeStream()
        let first = Signal<[UInt8]>()
        let handler: RequestHandler = { request in
            var all: [UInt8] = []
            for try await chunk in request.body.chunks {
                first.send(chunk)
                all += chunk
            }
            return .bytes(all, type: "text/plain")
        }
        try await withBoth(handler: handler) { client, url in
            async let answer = client.send(
                ClientRequest(.post, url, body: .stream(length: nil, ByteStream(chunks))))
            sender.yield(Array("one ".utf8))
            #expect(await first.wait() == Array("one ".utf8))
            sender.yield(Array("two".utf8))
            sender.finish()
            let text = try await answer.text
            #expect(text == "one two")
        }
    }

    @Test func `events are read while the server still writes`() async throws {
        let (questions, asker) = AsyncStream<Int>.makeStream()
        let handler: RequestHandler = { _ in
            .serverSentEvents { writer in
                for await number in questions {
                    try await writer.write(ServerSentEvent(event: "count", data: "\(number)\nline", id: "\(number)"))
                }
            }
        }
        try await withBoth(handler: handler) { client, url in
            let response = try await client.stream(ClientRequest(.get, url, timeouts: .streaming))
            var events = response.body.serverSentEvents.makeAsyncIterator()
            for number in 1...5 {
                asker.yield(number)
                let event = try await events.next()
                #expect(event == ServerSentEvent(event: "count", data: "\(number)\nline", id: "\(number)"))
            }
            asker.finish()
            #expect(try await events.next() == nil)
        }
    }

    @Test func `files of a form arrive on the server's disk byte for byte`() async throws {
        try await withTemporaryDirectory { directory in
            let contents = [0, 1, 65_536, 1_000_003].map { bytes($0, seed: $0) }
            for (number, content) in contents.enumerated() { try writeFile("\(directory)/in\(number)", content) }
            try await withTemporaryDirectory { target in
                let handler: RequestHandler = { request in
                    let form = try await request.multipart(into: target)
                    let received = try form.files.map { try readFile($0.path) }
                    #expect(received == contents)
                    #expect(form.files.map(\.fileName) == ["0.jpg", "../1.png", "два \"2\".txt", "3"])
                    return .text(form["caption"] ?? "none")
                }
                try await withBoth(handler: handler) { client, url in
                    let names = ["0.jpg", "../1.png", "два \"2\".txt", "3"]
                    let parts = names.enumerated().map { number, name in
                        MultipartPart.file("f\(number)", path: "\(directory)/in\(number)", fileName: name)
                    }
                    let answer = try await client.send(
                        ClientRequest(.post, url, body: .multipart(parts + [.field("caption", "подпись\r\n--")])))
                    #expect(answer.text == "подпись\r\n--")
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func `a cancelled request cancels its handler`(isStreaming: Bool) async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        let hang: @Sendable () async throws -> Void = {
            began.send(())
            do { try await Task.sleep(for: .seconds(600)) } catch {
                cancelled.send(true)
                throw error
            }
        }
        let handler: RequestHandler = { _ in
            if isStreaming {
                return .stream(type: "text/plain") { writer in
                    try await writer.write("beginning")
                    try await hang()
                }
            }
            try await hang()
            return .empty()
        }
        try await withBoth(handler: handler) { client, url in
            let task = Task { try await client.send(ClientRequest(.post, url, body: .text("x"))) }
            await began.wait()
            task.cancel()
            await #expect(throws: HTTPClientError.cancelled) { try await task.value }
            #expect(await cancelled.wait())
        }
    }

    @Test(arguments: [
        ServerResponse.abort, .text("0123456789").truncated(after: 0), .text("0123456789").truncated(after: 4),
        .stream(type: "text/plain") { writer in
            try await writer.write("some")
            throw HTTPError(.internalServerError)
        },
        .stream(type: "text/plain", length: 100) { try await $0.write("too little") },
    ])
    func `an answer that the server cuts is a lost connection`(response: ServerResponse) async throws {
        try await withBoth(handler: { _ in response }) { client, url in
            for request in [ClientRequest(url), ClientRequest(.post, url, body: .text("x"))] {
                let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
                #expect(error?.label == "connection_lost")
                #expect(error?.isTransient == true)
            }
        }
    }

    @Test func `a server that stops ends what the client waits for`() async throws {
        let began = Signal<Void>()
        let client = HTTPClient()
        let server = HTTPServer(handler: { _ in
            began.send(())
            try await Task.sleep(for: .seconds(600))
            return .empty()
        })
        let url = try await server.start().url
        let answer = Task { try await client.send(ClientRequest(url)) }
        await began.wait()
        await server.stop(graceful: .zero)
        let error = await #expect(throws: HTTPClientError.self) { try await answer.value }
        #expect(error?.label == "connection_lost")
        await client.stop()
    }
}
