import HTTP
import HTTPServer
import JSON
import SQLiteStorage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite(.timeLimit(.minutes(2))) struct WebGuardTests {
    @Test func `only this machine's names and the configured one are answered`() async throws {
        var settings = GallerySettings(allowedUsers: [501])
        settings.web.url = "https://Photos.example.org:8443/"
        try await GalleryScene.play(settings: settings) { scene async throws in
            var browser = WebBrowser(scene)
            for (host, status) in [
                ("127.0.0.1:8080", HTTPStatus.ok), ("127.8.9.10", .ok), ("localhost:1", .ok), ("[::1]:8080", .ok),
                ("photos.example.org", .ok), ("PHOTOS.example.org:8443", .ok), ("evil.example", HTTPStatus(421)),
                ("evil.example:8080", HTTPStatus(421)), ("127.0.0.1.evil.example", HTTPStatus(421)),
                ("localhost.evil.example", HTTPStatus(421)), ("", HTTPStatus(421)), ("10.0.0.1", HTTPStatus(421)),
                ("photos.example.org.evil.example", HTTPStatus(421)), ("127.0.0.256", HTTPStatus(421)),
            ] {
                browser.host = host
                #expect(try await browser.get("session").status == status, "\(host)")
            }
        }
    }

    @Test func `a change needs the page's own origin, type and word`() async throws {
        try await GalleryScene.play { scene async throws in
            let browser = try await scene.signedIn()
            let cases: [(HTTPFields, HTTPStatus)] = [
                (["X-CSRF-Token": ""], .forbidden),
                (["X-CSRF-Token": "0123456789abcdef0123456789abcdef"], .forbidden),
                (["Origin": "http://evil.example"], .forbidden),
                // Another program of this machine: the same site to a browser, and the cookie is sent there.
                (["Origin": "http://127.0.0.1:9999"], .forbidden), (["Origin": "null"], .forbidden),
                (["Sec-Fetch-Site": "same-site"], .forbidden), (["Sec-Fetch-Site": "cross-site"], .forbidden),
                (["Content-Type": "application/x-www-form-urlencoded"], .unsupportedMediaType),
                (["Content-Type": "text/plain"], .unsupportedMediaType), (["Content-Type": ""], .unsupportedMediaType),
                (["Sec-Fetch-Site": "same-origin"], .noContent), ([:], .noContent),
            ]
            for (fields, status) in cases {
                #expect(try await browser.post("chats/501/pause", fields: fields).status == status, "\(fields)")
            }
        }
    }

    @Test func `a refusal keeps to the same rules as an answer`() async throws {
        try await GalleryScene.play { scene async throws in
            let refusal = try await WebBrowser(scene).get("overview")
            #expect(refusal.fields["Cache-Control"] == "no-store")
            #expect(refusal.fields["X-Content-Type-Options"] == "nosniff")
            #expect(refusal.fields["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(try JSONValue(parsing: WebBrowser.bytes(of: refusal))["error"]?.stringValue == "sign in first")
        }
    }
}
