import HTTP
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct LeavingClientTests {
    /// Waits as a long poll does, and tells when it is cancelled.
    private func hang(_ began: Signal<Void>, _ ended: Signal<Bool>) async throws {
        began.send(())
        do {
            try await Task.sleep(for: .seconds(50))
            ended.send(false)
        } catch {
            ended.send(true)
            throw error
        }
    }

    @Test(arguments: [false, true])
    func `a client that leaves cancels the handler of its long poll`(isReset: Bool) async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        let outcome = Signal<CompletedResponse.Outcome>()
        let handler: RequestHandler = { request in
            request.onCompletion { outcome.send($0.outcome) }
            try await hang(began, cancelled)
            return .empty()
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send("GET /poll HTTP/1.1\r\nHost: h\r\n\r\n")
                return connection
            }
            await began.wait()
            connection.close(reset: isReset)
            #expect(await cancelled.wait())
            #expect(await outcome.wait() != .completed)
        }
    }

    @Test func `a client that leaves after its content was read cancels the handler`() async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        let handler: RequestHandler = { request in
            _ = try await request.body.collect()
            try await hang(began, cancelled)
            return .empty()
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send("POST /poll HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
                return connection
            }
            await began.wait()
            connection.close()
            #expect(await cancelled.wait())
        }
    }

    @Test func `a client that leaves within its content ends the reading`() async throws {
        let (began, failed) = (Signal<Void>(), Signal<Bool>())
        let handler: RequestHandler = { request in
            do {
                for try await _ in request.body.chunks { began.send(()) }
                failed.send(false)
            } catch {
                failed.send(true)
                throw error
            }
            return .empty()
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                return connection
            }
            await began.wait()
            connection.close()
            #expect(await failed.wait())
        }
    }

    @Test(arguments: [false, true])
    func `a client that leaves a quiet stream of events cancels its writer`(isReset: Bool) async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        let outcome = Signal<CompletedResponse>()
        let handler: RequestHandler = { request in
            request.onCompletion { outcome.send($0) }
            return .serverSentEvents { writer in
                try await writer.write(ServerSentEvent(data: "hello"))
                try await hang(began, cancelled)
            }
        }
        try await withServer(handler: handler) { _, port in
            let connection = try await onThread {
                let connection = try RawConnection(port: port)
                try connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                while let line = try connection.line(), line != "data: hello" {}
                return connection
            }
            await began.wait()
            connection.close(reset: isReset)
            #expect(await cancelled.wait())
            let response = await outcome.wait()
            #expect(response.status == 200)
            #expect(response.outcome != .completed)
        }
    }

    @Test func `a client that has finished sending still gets an answer that needs no waiting`() async throws {
        try await withServer(handler: { _ in .text("answer") }) { _, port in
            let text = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                connection.finishSending()
                return try connection.reply()?.text
            }
            #expect(text == "answer")
        }
    }

    @Test func `a handler that takes too long is cancelled and its client gets 503`() async throws {
        let (began, cancelled) = (Signal<Void>(), Signal<Bool>())
        var configuration = HTTPServer.Configuration()
        configuration.handlerTimeout = .milliseconds(50)
        let handler: RequestHandler = { _ in
            try await hang(began, cancelled)
            return .empty()
        }
        try await withServer(configuration, handler: handler) { _, port in
            let reply = try await ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(reply?.status == 503)
            #expect(await cancelled.wait())
        }
    }

    @Test func `an idle connection is closed`() async throws {
        var configuration = HTTPServer.Configuration()
        configuration.idleSeconds = 1
        try await withServer(configuration, handler: { _ in .empty() }) { _, port in
            let bytes = try await onThread {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                try connection.send("GET / HTTP/1.1\r\nHost")
                return try connection.readToEnd()
            }
            #expect(!String(decoding: bytes, as: UTF8.self).contains(" 200 "))
        }
    }
}
