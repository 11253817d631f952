import HTTP
import HTTPServer
import Testing

@testable import quartet

@Suite struct OwnerPageTests {
    private var router: Router {
        var router = Router()
        OwnerPage().register(in: &router)
        return router
    }

    @Test(arguments: ["/", "/gallery"])
    func `the port's root leads to the page`(_ path: String) async throws {
        let answer = try await router.respond(to: ServerRequest(target: path))
        #expect(answer.status == .found)
        #expect(answer.fields["Location"] == "/gallery/")
    }

    @Test func `the page comes with a strict policy and nothing inside the document`() async throws {
        let answer = try await router.respond(to: ServerRequest(target: "/gallery/"))
        let policy = answer.fields["Content-Security-Policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("trusted-types 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.fields["Referrer-Policy"] == "no-referrer")
        let document = text(of: answer)
        #expect(!document.contains("<script>") && !document.contains("<style") && !document.contains(" style="))
        for part in document.split(separator: "\"") where part.hasPrefix("page/") {
            let file = try await router.respond(to: ServerRequest(target: "/gallery/\(part)"))
            #expect(file.status == .ok, "\(part)")
        }
    }

    @Test func `a file that the browser has is not sent again, and none outside the page is found`() async throws {
        let first = try await router.respond(to: ServerRequest(target: "/gallery/page/js/main.js"))
        #expect(first.fields["Content-Type"] == "text/javascript; charset=utf-8")
        let tag = try #require(first.fields["ETag"])
        let again = try await router.respond(
            to: ServerRequest(target: "/gallery/page/js/main.js", fields: ["If-None-Match": tag]))
        #expect(again.status == .notModified)
        for path in ["page/nothing.js", "page/../../chat/index.html", "page/%2e%2e/chat/index.html"] {
            let answer = try await router.respond(to: ServerRequest(target: "/gallery/\(path)"))
            #expect(answer.status == .notFound, "\(path)")
        }
    }

    private func text(of answer: ServerResponse) -> String {
        if case .bytes(let bytes) = answer.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
}
