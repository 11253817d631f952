import Glibc
import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct ProxyTests {
    /// A server that answers with the request line that it saw, and its credentials.
    private func echo() -> RawServer {
        RawServer { connection in
            while let request = connection.readRequest() {
                let line = String(request.head.prefix { !$0.isNewline })
                let text = "\(line) \(request.field("Proxy-Authorization") ?? "-")"
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
            }
        }
    }

    @Test func `requests go to the proxy with the whole address`() async throws {
        let proxy = echo()
        defer { proxy.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.proxy = Proxy(url: "http://127.0.0.1:\(proxy.port)", credentials: ("me", "secret"))
        let client = HTTPClient(configuration)
        let response = try await client.send(ClientRequest("http://nowhere.invalid/path"))
        #expect(response.text == "GET http://nowhere.invalid/path HTTP/1.1 Basic bWU6c2VjcmV0")
        await client.stop()
    }

    @Test(arguments: [["127.0.0.1"], ["*"], ["other.example", "127.0.0.1"]])
    func `bypassed hosts are reached directly`(hosts: [String]) async throws {
        let server = echo()
        defer { server.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.proxy = Proxy(url: "http://127.0.0.1:1", bypassing: hosts)
        let client = HTTPClient(configuration)
        #expect(try await client.send(ClientRequest(server.url("/path"))).text == "GET /path HTTP/1.1 -")
        await client.stop()
    }

    @Test func `a proxy tunnels to secure hosts`() async throws {
        let asked = Recorder<String>()
        let proxy = RawServer { connection in
            if let head = connection.readHead() { asked.record(String(head.prefix { !$0.isNewline })) }
            connection.write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        }
        defer { proxy.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.proxy = Proxy(url: "http://127.0.0.1:\(proxy.port)")
        let client = HTTPClient(configuration)
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest("https://nowhere.invalid/path"))
        }
        #expect(error?.label == "proxy")
        #expect(asked.all == ["CONNECT nowhere.invalid:443 HTTP/1.1"])
        await client.stop()
    }

    @Test func `a SOCKS proxy finds the host itself`() async throws {
        let asked = Recorder<[UInt8]>()
        // RFC 1928: a greeting, then the request with the name, then the HTTP of the connection.
        let proxy = RawServer { connection in
            guard let greeting = connection.read(2), connection.skip(Int(greeting[1])) else { return }
            connection.write([5, 0])
            guard let head = connection.read(5), let name = connection.read(Int(head[4]) + 2) else { return }
            asked.record(Array(name.dropLast(2)))
            connection.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 80])
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsocks")
            connection.waitForClose()
        }
        defer { proxy.stop() }
        var configuration = HTTPClient.Configuration()
        configuration.proxy = Proxy(url: "socks5h://127.0.0.1:\(proxy.port)")
        let client = HTTPClient(configuration)
        #expect(try await client.send(ClientRequest("http://nowhere.invalid/")).text == "socks")
        #expect(asked.all == [Array("nowhere.invalid".utf8)])
        await client.stop()
    }

    @Test func `the environment names no proxy`() async {
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
                unsafe setenv(name, "http://127.0.0.1:1", 1)
            }
            let server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            let client = HTTPClient()
            let response = try await client.send(ClientRequest(server.url()))
            precondition(response.text == "ok")
            await client.stop()
            server.stop()
        }
    }
}
