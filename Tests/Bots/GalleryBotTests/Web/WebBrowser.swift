import HTTP
import HTTPServer
import JSON
import SQLiteStorage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// A browser that knows the routes of the owner's page, without a socket between.
struct WebBrowser: Sendable {
    let router: any Responder
    var host = "127.0.0.1:8080"
    /// The cookie as the browser sends it back; nil before signing in.
    var cookie: String?
    /// The word that changes need.
    var word: String?

    init(_ scene: GalleryScene, _ gallery: GalleryBot? = nil, health: [UpstreamHealth] = []) {
        var router = Router()
        (gallery ?? scene.gallery).ownerWeb { health }.register(in: &router)
        self.router = router
    }

    func get(_ path: String, fields: HTTPFields = [:]) async throws -> ServerResponse {
        try await ask(.get, path, fields: fields)
    }

    /// Sends JSON as the page does, with its origin and its word.
    func post(_ path: String, _ body: JSONValue = [:], fields: HTTPFields = [:]) async throws -> ServerResponse {
        var all: HTTPFields = ["Content-Type": "application/json", "Origin": "http://\(host)"]
        if let word { all["X-CSRF-Token"] = word }
        for field in fields { all[field.name] = field.value.isEmpty ? nil : field.value }
        return try await ask(.post, path, fields: all, body: body.serialised())
    }

    /// Signs in with a link's token and learns the word.
    mutating func signIn(_ token: String) async throws {
        let answer = try await post("login/link", ["token": .string(token)])
        #expect(answer.status == .noContent)
        let field = try #require(answer.fields["Set-Cookie"])
        cookie = field.split(separator: ";").first.map(String.init)
        word = try await json("session")["csrf"]?.stringValue
    }

    func json(_ path: String) async throws -> JSONValue {
        let answer = try await get(path)
        #expect(answer.status == .ok, "\(path)")
        #expect(answer.fields["Content-Type"] == "application/json")
        return try JSONValue(parsing: Self.bytes(of: answer))
    }

    static func bytes(of answer: ServerResponse) -> [UInt8] {
        if case .bytes(let bytes) = answer.body { bytes } else { [] }
    }

    private func ask(_ method: HTTPMethod, _ path: String, fields: HTTPFields, body: [UInt8] = []) async throws
        -> ServerResponse
    {
        var all: HTTPFields = ["Host": host]
        if let cookie { all["Cookie"] = "other=1; \(cookie)" }
        for field in fields { all[field.name] = field.value }
        return try await router.respond(
            to: ServerRequest(method: method, target: "/gallery/api/\(path)", fields: all, body: body))
    }
}

extension GalleryScene {
    /// The token of the link that the bot gives to Alice, its owner.
    func link() async throws -> String {
        try await alice.say("/dashboard", to: Self.botID)
        let text = try await alice.next(from: Self.botID).text
        return String(try #require(text.split(separator: "#login=").last?.prefix(22)))
    }

    /// A browser that is signed in by a link.
    func signedIn(_ gallery: GalleryBot? = nil, health: [UpstreamHealth] = []) async throws -> WebBrowser {
        var browser = WebBrowser(self, gallery, health: health)
        try await browser.signIn(try await link())
        return browser
    }
}
