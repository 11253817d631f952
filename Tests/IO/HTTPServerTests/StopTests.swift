import Glibc
import HTTP
import HTTPServer
import Support
import Testing

@Suite(.timeLimit(.minutes(5))) struct StopTests {
    @Test func `a server that is dropped is stopped, and a client's later end harms nobody`() async throws {
        let left = try await abandonedServer()
        // The library's threads may still see this end while they are being stopped.
        try await onThread { left.close() }
        try await onThread {
            while true {
                do { try RawConnection(port: left.port).close() } catch { return }
                // A look without a pause would take the time, and the ports, from everybody else.
                poll(nil, 0, 5)
            }
        }
    }

    /// A connection to a server to which nothing refers any more.
    private func abandonedServer() async throws -> (close: @Sendable () -> Void, port: Int) {
        let server = HTTPServer(handler: { _ in .text("ok") })
        let port = try await server.start().port
        let connection = try await onThread { try RawConnection(port: port) }
        _ = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        return ({ connection.close() }, port)
    }

    @Test func `a request under way is finished while no new connection is taken`() async throws {
        let (began, go) = (Signal<Void>(), Signal<Void>())
        let server = HTTPServer(handler: { _ in
            began.send(())
            await go.wait()
            return .text("finished")
        })
        let port = try await server.start().port
        async let reply = ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await began.wait()
        async let stopped: Void = server.stop(graceful: .seconds(30))
        // Refused connections tell that the server listens no more.
        try await onThread {
            while true {
                do { try RawConnection(port: port).close() } catch { return }
                // A look without a pause would take the time, and the ports, from everybody else.
                poll(nil, 0, 5)
            }
        }
        go.send(())
        let answer = try await reply
        #expect(answer?.text == "finished")
        #expect(answer?.fields["Connection"] == "close")
        await stopped
    }

    @Test func `what outlasts the limit is cut and its handler cancelled`() async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        let server = HTTPServer(handler: { _ in
            began.send(())
            do { try await Task.sleep(for: .seconds(50)) } catch {
                cancelled.send(true)
                throw error
            }
            return .empty()
        })
        let port = try await server.start().port
        async let reply = ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await began.wait()
        await server.stop(graceful: .milliseconds(20))
        #expect(await cancelled.wait())
        let answer = try await reply
        #expect(answer == nil)
    }

    @Test func `streams of events end properly when the server stops`() async throws {
        let began = Signal<Void>()
        let server = HTTPServer(handler: { _ in
            .serverSentEvents { writer in
                try await writer.write(ServerSentEvent(data: "x"))
                began.send(())
                try await Task.sleep(for: .seconds(50))
            }
        })
        let port = try await server.start().port
        async let reply = ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await began.wait()
        await server.stop(graceful: .seconds(30))
        let answer = try await reply
        #expect(answer?.isComplete == true)
        #expect(answer?.text == "data: x\n\n")
    }

    @Test func `a service runs until it is asked to stop and its port is free again`() async throws {
        let server = HTTPServer(handler: { _ in .empty() })
        let shutdown = Shutdown()
        let port = try await server.start().port
        async let run: Void = server.run(until: shutdown)
        #expect(try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")?.status == 204)
        shutdown.trigger()
        try await run
        let again = HTTPServer(.init(port: port), handler: { _ in .empty() })
        #expect(try await startOnceFree(again) == port)
        await again.stop()
    }

    /// Starts a server on a port that was given back: a child that another test is just starting holds all that this
    /// process has open, until it becomes its program.
    private func startOnceFree(_ server: HTTPServer) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do { return try await server.start().port } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await onThread { _ = poll(nil, 0, 5) }
            }
        }
    }

    @Test func `a port in use is a clear error`() async throws {
        try await withServer(handler: { _ in .empty() }) { _, port in
            let error = await #expect(throws: ServerStartError.self) {
                try await HTTPServer(.init(port: port), handler: { _ in .empty() }).start()
            }
            #expect(error?.description == "cannot listen on 127.0.0.1:\(port): Address already in use")
        }
    }
}
