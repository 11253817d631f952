import Glibc
import HTTP
import Synchronization
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(5))) struct UploadTests {
    /// A server that notes each request.
    private func server() -> (RawServer, Recorder<RawConnection.Request>) {
        let seen = Recorder<RawConnection.Request>()
        let server = RawServer { connection in
            while let request = connection.readRequest() {
                seen.record(request)
                connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
        return (server, seen)
    }

    @Test(
        arguments: [
            (HTTPMethod.get, ClientBody.none, nil, ""), (.delete, .none, nil, ""), (.post, .none, "0", ""),
            (.put, .none, "0", ""), (.post, .text("text"), "4", "text"), (.patch, .bytes([0x31, 0x32]), "2", "12"),
            (.delete, .text("x"), "1", "x"), (.get, .text("query"), "5", "query"), (.post, .bytes([]), "0", ""),
        ] as [(HTTPMethod, ClientBody, String?, String)])
    func `a body goes out as it is`(method: HTTPMethod, body: ClientBody, length: String?, text: String) async throws {
        let (server, seen) = server()
        defer { server.stop() }
        let client = HTTPClient()
        _ = try await client.send(ClientRequest(method, server.url("/p?q"), body: body))
        let request = try #require(seen.all.first)
        #expect(request.head.hasPrefix("\(method) /p?q HTTP/1.1\r\n"))
        #expect(request.field("Content-Length") == length)
        #expect(request.body == Array(text.utf8))
        #expect(request.field("Content-Type") == nil)
        #expect(request.field("Expect") == nil)
        #expect(request.field("User-Agent") == "Quartet")
        await client.stop()
    }

    @Test func `fields go out as they are`() async throws {
        let (server, seen) = server()
        defer { server.stop() }
        let client = HTTPClient()
        _ = try await client.send(
            ClientRequest(
                .post, server.url(),
                fields: ["Content-Type": "text/plain", "X-Empty": "", "User-Agent": "me", "X-Word": "привет"],
                body: .text("x")))
        let request = try #require(seen.all.first)
        #expect(request.field("Content-Type") == "text/plain")
        #expect(request.field("X-Empty") == "")
        #expect(request.field("User-Agent") == "me")
        #expect(request.field("X-Word") == "привет")
        await client.stop()
    }

    @Test func `a large file is read while it is sent`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let size = 64 << 20
        let path = folder.path("large")
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        #expect(ftruncate(descriptor, size) == 0)

        let server = RawServer { connection in
            guard let head = connection.readHead(), head.contains("Content-Length: \(size)\r\n") else { return }
            // What the sockets hold between them is far less than the file: its end cannot have been read yet.
            let mark = Array("late".utf8)
            guard unsafe pwrite(descriptor, mark, mark.count, size - mark.count) == mark.count,
                connection.skip(size - mark.count), let end = connection.read(mark.count)
            else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            connection.write(end)
            connection.waitForClose()
        }
        defer { server.stop() }
        let client = HTTPClient()
        let response = try await client.send(ClientRequest(.put, server.url(), body: .file(path: path)))
        #expect(response.text == "late")
        await client.stop()
    }

    @Test func `a stream of known length is sent with it`() async throws {
        let (server, seen) = server()
        defer { server.stop() }
        let client = HTTPClient()
        let (chunks, continuation) = AsyncStream<[UInt8]>.makeStream()
        async let response = client.send(
            ClientRequest(.post, server.url(), body: .stream(length: 6, ByteStream(chunks))))
        for chunk in ["ab", "", "cd", "ef"] { continuation.yield(Array(chunk.utf8)) }
        continuation.finish()
        #expect(try await response.status == .noContent)
        #expect(seen.all.first?.field("Content-Length") == "6")
        #expect(seen.all.first?.body == Array("abcdef".utf8))
        await client.stop()
    }

    @Test func `a stream pauses the transfer while it has nothing`() async throws {
        let first = Recorder<[UInt8]>()
        let server = RawServer { connection in
            guard connection.readHead() != nil, let length = connection.readLine().flatMap({ Int($0, radix: 16) }),
                let chunk = connection.read(length + 2)
            else { return }
            first.record(chunk.dropLast(2))
            let rest = connection.readLine().flatMap { Int($0, radix: 16) }.flatMap { connection.read($0 + 2) } ?? []
            first.record(rest.dropLast(2))
            _ = connection.readLine()
            _ = connection.readLine()
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            connection.waitForClose()
        }
        defer { server.stop() }
        let client = HTTPClient()
        let (chunks, continuation) = AsyncStream<[UInt8]>.makeStream()
        async let response = client.send(
            ClientRequest(.post, server.url(), body: .stream(length: nil, ByteStream(chunks))))
        continuation.yield(Array("one".utf8))
        #expect(await first.next() == Array("one".utf8))
        continuation.yield(Array("two".utf8))
        #expect(await first.next() == Array("two".utf8))
        continuation.finish()
        #expect(try await response.status == .noContent)
        await client.stop()
    }

    @Test func `a long stream is sent whole`() async throws {
        let total = 200 * 100_000
        let sum = Recorder<Bool>()
        let server = RawServer { connection in
            guard connection.readHead() != nil else { return }
            sum.record(connection.skip(total))
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            connection.waitForClose()
        }
        defer { server.stop() }
        let client = HTTPClient()
        let chunks = AsyncStream<[UInt8]>(unfolding: Countdown(200).next)
        let response = try await client.send(
            ClientRequest(.post, server.url(), body: .stream(length: total, ByteStream(chunks))))
        #expect(response.status == .noContent)
        #expect(sum.all == [true])
        await client.stop()
    }

    @Test func `a stream that throws ends the request`() async throws {
        let (server, _) = server()
        defer { server.stop() }
        let client = HTTPClient()
        let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(Array("one".utf8))
            continuation.finish(throwing: CancellationError())
        }
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest(.post, server.url(), body: .stream(length: 9, ByteStream(chunks))))
        }
        #expect(error?.label == "unreadable_body")
        await client.stop()
    }

    @Test func `a file that is not there is refused`() async throws {
        let client = HTTPClient()
        await #expect(throws: HTTPClientError.unreadableBody("No such file or directory")) {
            try await client.send(ClientRequest(.post, "http://127.0.0.1:1/", body: .file(path: "/nonexistent")))
        }
        await #expect(throws: HTTPClientError.unreadableBody("it is not a file")) {
            try await client.send(ClientRequest(.post, "http://127.0.0.1:1/", body: .file(path: "/tmp")))
        }
        await client.stop()
    }

    @Test func `a form arrives byte for byte`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        folder.write(Array("file\r\n--bytes".utf8), to: "фото.jpg")
        let (server, seen) = server()
        defer { server.stop() }
        let client = HTTPClient()
        _ = try await client.send(
            ClientRequest(
                .post, server.url(),
                body: .multipart([
                    .field("chat_id", "42"), .field("quoted \"name\"\r\n", "value"),
                    .file("photo", path: folder.path("фото.jpg")),
                    .file("doc", bytes: [0, 13, 10, 255], fileName: "a\"b.bin"),
                ])))
        let request = try #require(seen.all.first)
        let type = try #require(request.field("Content-Type").flatMap { MediaType(parsing: $0) })
        #expect(type.essence == "multipart/form-data")
        let boundary = try #require(type[parameter: "boundary"])
        let expected =
            Array(
                """
                --\(boundary)\r
                Content-Disposition: form-data; name="chat_id"\r
                \r
                42\r
                --\(boundary)\r
                Content-Disposition: form-data; name="quoted %22name%22%0D%0A"\r
                \r
                value\r
                --\(boundary)\r
                Content-Disposition: form-data; name="photo"; filename="фото.jpg"\r
                Content-Type: image/jpeg\r
                \r
                file\r
                --bytes\r
                --\(boundary)\r
                Content-Disposition: form-data; name="doc"; filename="a%22b.bin"\r
                Content-Type: application/octet-stream\r
                \r

                """.utf8) + [0, 13, 10, 255] + Array("\r\n--\(boundary)--\r\n".utf8)
        #expect(request.body == expected)
        #expect(request.field("Content-Length") == "\(expected.count)")
        await client.stop()
    }
}

/// So many chunks of a hundred thousand bytes.
private final class Countdown: Sendable {
    private let rest: Mutex<Int>

    init(_ count: Int) { rest = Mutex(count) }

    @Sendable func next() async -> [UInt8]? {
        rest.withLock { rest in
            guard rest > 0 else { return nil }
            rest -= 1
            return [UInt8](repeating: 1, count: 100_000)
        }
    }
}

@Suite struct UploadSegmentsTests {
    @Test(arguments: [1, 2, 3, 7, 100]) func `any buffer size gives the same bytes`(size: Int) throws {
        var segments = UploadSegments([.bytes([1, 2, 3]), .bytes([]), .bytes([4, 5]), .bytes([6])])
        #expect(segments.length == 6)
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: size)
        while let count = unsafe buffer.withUnsafeMutableBytes({ unsafe segments.read(into: $0) }), count > 0 {
            read += buffer.prefix(count)
        }
        #expect(read == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: 0...6) func `reading goes on from any place`(position: Int) {
        var segments = UploadSegments([.bytes([1, 2, 3]), .bytes([4, 5]), .bytes([6])])
        var buffer = [UInt8](repeating: 0, count: 10)
        _ = unsafe buffer.withUnsafeMutableBytes { unsafe segments.read(into: $0) }
        let isThere = segments.seek(to: position)
        #expect(isThere)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe segments.read(into: $0) }
        #expect(Array(buffer.prefix(count ?? -1)) == Array([1, 2, 3, 4, 5, 6].dropFirst(position)))
    }
}
