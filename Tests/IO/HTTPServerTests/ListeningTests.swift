import Glibc
import HTTP
import HTTPClient
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct ListeningTests {
    private static var hasIPv6: Bool {
        let socket = Glibc.socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        return unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        } == 0
    }

    @Test(.enabled(if: hasIPv6, "this machine has no IPv6 loopback"))
    func `a server listens on the IPv6 loopback`() async throws {
        let client = HTTPClient()
        try await withServer(.init(host: "::1"), handler: { .text($0.remoteAddress) }) { server, port in
            #expect(server.address?.url == "http://[::1]:\(port)")
            let text = try await client.send(ClientRequest("http://[::1]:\(port)/")).text
            #expect(text == "::1")
        }
        await client.stop()
    }

    @Test(arguments: ["nowhere.invalid", "300.1.1.1"])
    func `an address that is not this machine's is a clear error`(host: String) async throws {
        let error = await #expect(throws: ServerStartError.self) {
            try await HTTPServer(.init(host: host), handler: { _ in .empty() }).start()
        }
        #expect(error?.step == "find the address \(host)")
    }

    @Test func `connections beyond the limit wait for a place`() async throws {
        let limit = 2
        var configuration = HTTPServer.Configuration()
        configuration.threads = 1
        configuration.maximumConnections = limit
        let (full, go) = (Signal<Void>(), Signal<Void>())
        let counts = Mutex((now: 0, most: 0))
        let handler: RequestHandler = { _ in
            let now = counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
                return counts.now
            }
            if now == limit { full.send(()) }
            await go.wait()
            counts.withLock { $0.now -= 1 }
            return .text("served")
        }
        try await withServer(configuration, handler: handler) { _, port in
            async let replies = withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")?.text
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            await full.wait()
            go.send(())
            let texts = try await replies
            #expect(texts == Array(repeating: "served", count: 10))
        }
        #expect(counts.withLock { $0.most } == limit)
    }
}
