import HTTP
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct SecureConnectionTests {
    /// Runs a body beside `openssl s_server`, which answers HTTP/1.
    private func withServer(_ body: (Int, Certificates) async throws -> Void) async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let port = LoopbackSocket.freePort()
        let server = try ChildProcess([
            "openssl", "s_server", "-www", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", certificates.certificate,
            "-key", certificates.key,
        ])
        defer { server.stop() }
        #expect(server.waitForPort(port))
        try await body(port, certificates)
    }

    @Test func `a certificate of a trusted authority is taken`() async throws {
        try await withServer { port, certificates in
            var configuration = HTTPClient.Configuration()
            configuration.caFile = certificates.authority
            let client = HTTPClient(configuration)
            let response = try await client.send(ClientRequest("https://localhost:\(port)/"))
            #expect(response.status == .ok)
            #expect(response.text.contains("TLSv1.3"))
            await client.stop()
        }
    }

    @Test func `a certificate of an unknown authority is refused`() async throws {
        try await withServer { port, _ in
            let client = HTTPClient()
            await #expect(
                throws: HTTPClientError.tls(host: "localhost:\(port)", reason: "its certificate is not trusted")
            ) {
                try await client.send(ClientRequest("https://localhost:\(port)/"))
            }
            await client.stop()
        }
    }

    @Test func `a certificate for another name is refused`() async throws {
        try await withServer { port, certificates in
            var configuration = HTTPClient.Configuration()
            configuration.caFile = certificates.authority
            let client = HTTPClient(configuration)
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send(ClientRequest("https://127.0.0.1:\(port)/"))
            }
            #expect(error?.label == "tls")
            await client.stop()
        }
    }

    @Test func `a server without TLS is a failed handshake`() async throws {
        let server = RawServer { connection in
            _ = connection.read(5)
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        defer { server.stop() }
        let client = HTTPClient()
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(ClientRequest("https://127.0.0.1:\(server.port)/"))
        }
        #expect(error?.label == "tls")
        await client.stop()
    }

    @Test func `many requests share one HTTP 2 connection`() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        certificates.folder.write(Array("over two".utf8), to: "page.txt")
        let port = LoopbackSocket.freePort()
        let server = try ChildProcess([
            "nghttpd", "--address=127.0.0.1", "--htdocs=\(certificates.folder.root)", "\(port)", certificates.key,
            certificates.certificate,
        ])
        defer { server.stop() }
        #expect(server.waitForPort(port))
        var configuration = HTTPClient.Configuration()
        configuration.caFile = certificates.authority
        // One connection is all there may be, so that requests at once have to share it.
        configuration.maximumConnectionsPerHost = 1
        let client = HTTPClient(configuration)
        let versions = try await withThrowingTaskGroup(of: (String, String).self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let response = try await client.send(ClientRequest("https://localhost:\(port)/page.txt"))
                    return (response.version, response.text)
                }
            }
            var versions = Set<String>()
            for try await (version, text) in group {
                #expect(text == "over two")
                versions.insert(version)
            }
            return versions
        }
        #expect(versions == ["HTTP/2"])
        await client.stop()
    }
}
