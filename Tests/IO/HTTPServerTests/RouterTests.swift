import HTTP
import HTTPServer
import Testing

@Suite struct RouterTests {
    private var router: Router {
        var router = Router()
        for pattern in ["/", "/a", "/a/:id", "/a/new", "/a/:id/b", "/files/*path", "/bot:token/:method", "/bot:token"] {
            router.get(pattern) { request in
                let names = ["id", "path", "token", "method"]
                let values = names.compactMap { name in request.parameters[name].map { "\(name)=\($0)" } }
                return .text(([request.route ?? "-"] + values).joined(separator: " "))
            }
        }
        router.post("/a/:id") { _ in .text("posted") }
        router.put("/a/new") { _ in .text("put") }
        return router
    }

    private func text(_ response: ServerResponse) -> String {
        if case .bytes(let bytes) = response.body { String(decoding: bytes, as: UTF8.self) } else { "-" }
    }

    @Test(arguments: [
        ("/", "/"), ("/a", "/a"), ("/a/new", "/a/new"), ("/a/7", "/a/:id id=7"), ("/a/new/b", "/a/:id/b id=new"),
        ("/a/x%2Fy%20z?q=1", "/a/:id id=x/y z"), ("/files/", "/files/*path path="),
        ("/files/a//b%20c", "/files/*path path=a//b c"),
        // What a variable stands for is text of the client's, and no path that may be opened.
        ("/files/../x", "/files/*path path=../x"), ("/files/%2e%2e%2fx", "/files/*path path=../x"),
        ("/a/..%2F..%2Fx", "/a/:id id=../../x"),
        ("/bot1:abc/getMe", "/bot:token/:method token=1:abc method=getMe"),
        ("/bot1", "/bot:token token=1"), ("/%61", "/a"),
    ])
    func `a path leads to the most particular route`(target: String, expected: String) async throws {
        #expect(text(try await router.respond(to: ServerRequest(target: target))) == expected)
    }

    @Test(arguments: ["/b", "/a/", "//", "/a/7/c", "/bot", "/bot/x", "/a/%zz", "*", "/A"])
    func `an unknown path answers 404`(target: String) async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await router.respond(to: ServerRequest(target: target))
        }
        #expect(error?.status == .notFound)
    }

    @Test func `a known path with another method answers 405 and says which are allowed`() async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await router.respond(to: ServerRequest(method: .delete, target: "/a/7"))
        }
        #expect(error?.status == .methodNotAllowed)
        #expect(error?.fields["Allow"] == "GET, HEAD, OPTIONS, POST")
        let options = try await router.respond(to: ServerRequest(method: .options, target: "/a"))
        #expect(options.status == .noContent)
    }

    @Test func `a variable route answers a method that the fixed one does not know`() async throws {
        #expect(text(try await router.respond(to: ServerRequest(method: .post, target: "/a/new"))) == "posted")
        #expect(text(try await router.respond(to: ServerRequest(method: .head, target: "/a"))) == "/a")
    }

    @Test func `groups share a prefix and middleware, the outer one first`() async throws {
        struct Mark: Middleware {
            let name: String
            func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
                var request = request
                request.fields.append("X-Mark", name)
                return try await next.respond(to: request)
            }
        }
        var router = Router()
        router.group("/api", middleware: [Mark(name: "1"), Mark(name: "2")]) { api in
            api.get("/x") { .text($0.fields.all("x-mark").joined()) }
            api.group("/in", middleware: [Mark(name: "3")]) { inner in
                inner.get("/y") { .text($0.fields.all("x-mark").joined()) }
            }
        }
        router.get("/z") { .text($0.fields.all("x-mark").joined()) }
        #expect(text(try await router.respond(to: ServerRequest(target: "/api/x"))) == "12")
        #expect(text(try await router.respond(to: ServerRequest(target: "/api/in/y"))) == "123")
        #expect(text(try await router.respond(to: ServerRequest(target: "/z"))) == "")
    }
}
