import HTTP
import HTTPServer
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct MiddlewareTests {
    private let ok = ClosureResponder { request in .text("\(try await request.body.collect().count)") }

    private func status(_ responder: any Responder, _ request: ServerRequest) async throws -> HTTPStatus {
        do { return try await responder.respond(to: request).status } catch let error as HTTPError {
            return error.status
        }
    }

    @Test(arguments: [
        ("Bearer good", HTTPStatus.ok), ("bearer good", .ok), ("Bearer other", .ok), ("Bearer bad", .unauthorized),
        ("Bearer goodgood", .unauthorized), ("Bearer ", .unauthorized), ("Basic good", .unauthorized),
        ("", .unauthorized),
    ])
    func `a bearer token opens`(field: String, expected: HTTPStatus) async throws {
        let guarded = ok.wrapped(by: [Authentication.bearer([Secret("good"), Secret("other"), Secret("")])])
        #expect(try await status(guarded, ServerRequest(target: "/", fields: ["Authorization": field])) == expected)
    }

    @Test(arguments: [
        ("Basic dXNlcjpwYTpzcw==", HTTPStatus.ok), ("Basic dXNlcjpwYTpzcw", .ok), ("Basic dXNlcjpwYTpz", .unauthorized),
        ("Basic ???", .unauthorized), ("Basic dXNlcg==", .unauthorized), ("Bearer dXNlcjpwYTpzcw==", .unauthorized),
    ])
    func `user and password open`(field: String, expected: HTTPStatus) async throws {
        let guarded = ok.wrapped(by: [Authentication.basic(realm: "x", user: "user", password: Secret("pa:ss"))])
        #expect(try await status(guarded, ServerRequest(target: "/", fields: ["Authorization": field])) == expected)
    }

    @Test func `a secret field or a closure opens`() async throws {
        let field = ok.wrapped(by: [Authentication.field("X-Secret", [Secret("s3cret")])])
        #expect(try await status(field, ServerRequest(target: "/", fields: ["x-secret": "s3cret"])) == .ok)
        #expect(try await status(field, ServerRequest(target: "/")) == .unauthorized)
        let custom = ok.wrapped(by: [Authentication.custom { $0.path == "/in" }])
        #expect(try await status(custom, ServerRequest(target: "/in?x")) == .ok)
        #expect(try await status(custom, ServerRequest(target: "/out")) == .unauthorized)
    }

    @Test(arguments: [
        ("", "", true), ("a", "a", true), ("a", "b", false), ("ab", "a", false), ("", "a", false), ("aa", "a", false),
    ])
    func `equality does not depend on where texts differ`(left: String, right: String, expected: Bool) {
        #expect(constantTimeEqual(Array(left.utf8), Array(right.utf8)) == expected)
    }

    @Test func `a listed origin is allowed and another one is not`() async throws {
        let cors = ok.wrapped(by: [CORS(origins: ["https://app.example"])])
        let good = try await cors.respond(to: ServerRequest(target: "/", fields: ["Origin": "https://app.example"]))
        #expect(good.fields["Access-Control-Allow-Origin"] == "https://app.example")
        #expect(good.fields["Vary"] == "Origin")
        let bad = try await cors.respond(to: ServerRequest(target: "/", fields: ["Origin": "https://app.example.evil"]))
        #expect(bad.fields["Access-Control-Allow-Origin"] == nil)
        let question = ServerRequest(
            method: .options, target: "/",
            fields: ["Origin": "https://app.example", "Access-Control-Request-Method": "PUT"])
        let answer = try await cors.respond(to: question)
        #expect(answer.status == .noContent)
        #expect(answer.fields["Access-Control-Allow-Methods"]?.contains("PUT") == true)
    }

    @Test func `a rate is limited for each key and recovers with time`() async throws {
        let time = ManualTime()
        let limited = ok.wrapped(by: [RateLimit(perSecond: 0.5, burst: 2, time: time) { $0.path }])
        let (one, other) = (ServerRequest(target: "/1"), ServerRequest(target: "/2"))
        #expect(try await status(limited, one) == .ok)
        #expect(try await status(limited, one) == .ok)
        let error = await #expect(throws: HTTPError.self) { try await limited.respond(to: one) }
        #expect(error?.status == .tooManyRequests)
        #expect(error?.fields["Retry-After"] == "2")
        #expect(try await status(limited, other) == .ok)
        time.advance(by: .seconds(2))
        #expect(try await status(limited, one) == .ok)
        #expect(try await status(limited, one) == .tooManyRequests)
    }

    @Test func `a content limit holds for declared and undeclared lengths`() async throws {
        let limited = ok.wrapped(by: [BodyLimit(bytes: 3)])
        #expect(try await status(limited, ServerRequest(target: "/", body: [1, 2, 3])) == .ok)
        #expect(try await status(limited, ServerRequest(target: "/", body: [1, 2, 3, 4])) == .contentTooLarge)
        #expect(
            try await status(limited, ServerRequest(target: "/", fields: ["Content-Length": "4"])) == .contentTooLarge)
    }

    @Test func `log and metrics name the route and never the target`() async throws {
        final class Records: LogSink {
            let level = LogLevel.debug
            let list = Mutex<[LogRecord]>([])
            let written = Signal<Void>()

            func write(_ record: LogRecord) {
                list.withLock { $0.append(record) }
                written.send(())
            }
        }
        let records = Records()
        let metrics = Metrics()
        var router = Router()
        router.get("/bot:token/:method") { _ in .text("12345") }
        let responder = router.wrapped(by: [
            RequestMetrics(metrics: metrics), RequestLog(logger: Logger(label: "http", sink: records)),
        ])
        try await withServer(responder: responder) { _, port in
            _ = try await ask(port, "GET /bot1:SECRET/getMe?q=PRIVATE HTTP/1.1\r\nHost: h\r\n\r\n")
            await records.written.wait()
        }
        let record = try #require(records.list.withLock { $0.first })
        #expect(record.fields["route"] == "/bot:token/:method")
        #expect(record.fields["status"] == .integer(200))
        #expect(record.fields["bytes"] == .integer(5))
        #expect(record.fields["outcome"] == "completed")
        #expect(!"\(record)".contains("SECRET") && !"\(record)".contains("PRIVATE"))
        let counter = metrics.counter(
            "http_requests_total", help: "Requests answered.",
            labels: ["method": "GET", "route": "/bot:token/:method", "status": "200"])
        #expect(counter.value == 1)
    }
}
