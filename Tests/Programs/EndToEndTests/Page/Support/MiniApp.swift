import HTTP
import HTTPServer
import JSON
import Support

/// A Mini App on a server of its own, as bots have them: a page that loads the script of the interface from the
/// simulator, and nothing else.
struct MiniApp: Sendable {
    let address: String
    private let server: HTTPServer

    /// Serves the page for the length of a body.
    static func serve(script: String, _ body: (MiniApp) async throws -> Void) async throws {
        var router = Router()
        router.get("/app") { _ in
            .html(
                """
                <!doctype html><html><head><title>Shop</title><script src="\(script)"></script></head>
                <body><p id="log">here</p></body></html>
                """)
        }
        let server = HTTPServer(.init(), responder: router)
        let address = try await server.start()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(MiniApp(address: "\(address.url)/app", server: server)))
        } catch {
            result = .failure(error)
        }
        await server.stop(graceful: .seconds(1))
        try result.get()
    }
}

extension PageStory {
    /// Runs an expression inside the Mini App that is open.
    @discardableResult
    func inApp<Value>(_ body: (WebDriver) async throws -> Value) async throws -> Value {
        try await browser.wait(for: "document.querySelector('.app-window.speaking')")
        try await browser.enter(frame: ".app-frame")
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(browser))
        } catch {
            result = .failure(error)
        }
        try await browser.leaveFrame()
        return try result.get()
    }

    /// Runs statements inside the Mini App that is open; `app` is its interface.
    func appRuns(_ statements: String) async throws {
        try await inApp { try await $0.run("const app = Telegram.WebApp; \(statements)") }
    }

    /// Waits until an expression is true inside the Mini App that is open.
    @discardableResult
    func appSees(_ expression: String) async throws -> JSONValue {
        try await inApp { try await $0.wait(for: expression) }
    }
}
