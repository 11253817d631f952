import Cryptography
import HTTP
import HTTPServer
import JSON
import SQLiteStorage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite(.timeLimit(.minutes(2))) struct SignInTests {
    @Test func `nothing is told to who is not signed in`() async throws {
        try await GalleryScene.play { scene async throws in
            var browser = WebBrowser(scene)
            for path in ["overview", "health", "thumbnails/1"] {
                #expect(try await browser.get(path).status == .unauthorized, "\(path)")
            }
            for path in ["logout", "logout/all", "chats/501/pause", "chats/501/resume"] {
                #expect(try await browser.post(path).status == .unauthorized, "\(path)")
            }
            #expect(try await browser.json("session") == ["signedIn": false, "password": false])
            browser.cookie = "quartet-gallery-8080=\(RandomToken().text)"
            #expect(try await browser.get("overview").status == .unauthorized)
        }
    }

    @Test func `a link from the bot opens the page once`() async throws {
        try await GalleryScene.play { scene async throws in
            let token = try await scene.link()
            var browser = WebBrowser(scene)
            try await browser.signIn(token)
            #expect(try await browser.get("overview").status == .ok)
            #expect(try await browser.json("session")["signedIn"] == true)
            let other = WebBrowser(scene)
            #expect(try await other.post("login/link", ["token": .string(token)]).status == .forbidden)
        }
    }

    @Test(arguments: ["", "AAAAAAAAAAAAAAAAAAAAAA", "'; DROP TABLE gallery_web_links; --"])
    func `a guessed link opens nothing`(_ guess: String) async throws {
        try await GalleryScene.play { scene async throws in
            _ = try await scene.link()
            let answer = try await WebBrowser(scene).post("login/link", ["token": .string(guess)])
            #expect(answer.status == (guess.isEmpty ? .badRequest : .forbidden))
            #expect(answer.fields["Set-Cookie"] == nil)
        }
    }

    @Test func `a new link makes the one before void, and only the owner gets any`() async throws {
        try await GalleryScene.play { scene async throws in
            let first = try await scene.link()
            let second = try await scene.link()
            #expect(try await WebBrowser(scene).post("login/link", ["token": .string(first)]).status == .forbidden)
            #expect(try await WebBrowser(scene).post("login/link", ["token": .string(second)]).status == .noContent)
            try await scene.boris.say("/dashboard", to: GalleryScene.botID)
            #expect(try await !scene.boris.next(from: GalleryScene.botID).text.contains("http"))
        }
    }

    @Test func `the cookie is for this page alone, and secure where a proxy on this machine speaks https`() async throws
    {
        try await GalleryScene.play { scene async throws in
            let browser = WebBrowser(scene)
            let plain = try await browser.post("login/link", ["token": .string(try await scene.link())])
            let cookie = try #require(plain.fields["Set-Cookie"])
            for part in ["; HttpOnly", "; SameSite=Strict", "; Path=/gallery/", "; Max-Age=2592000"] {
                #expect(cookie.contains(part))
            }
            #expect(cookie.hasPrefix("quartet-gallery-8080="))
            #expect(!cookie.contains("Secure"))
            #expect(plain.fields["Cache-Control"] == "no-store")
            #expect(plain.fields["Referrer-Policy"] == "no-referrer")
            let proxied = try await browser.post(
                "login/link", ["token": .string(try await scene.link())], fields: ["X-Forwarded-Proto": "https"])
            #expect(proxied.fields["Set-Cookie"]?.hasSuffix("; Secure") == true)
        }
    }

    @Test func `signing out ends the session, here or everywhere, on the page or in the chat`() async throws {
        try await GalleryScene.play { scene async throws in
            let (here, there) = (try await scene.signedIn(), try await scene.signedIn())
            let left = try await here.post("logout")
            #expect(left.fields["Set-Cookie"]?.contains("Max-Age=0") == true)
            #expect(try await here.get("overview").status == .unauthorized)
            #expect(try await there.get("overview").status == .ok)
            let third = try await scene.signedIn()
            #expect(try await third.post("logout/all").status == .noContent)
            for browser in [there, third] { #expect(try await browser.get("overview").status == .unauthorized) }
            let last = try await scene.signedIn()
            try await scene.alice.say("/dashboard", to: GalleryScene.botID)
            let message = try await scene.alice.next(from: GalleryScene.botID)
            #expect(message.text.contains("Signed in now: 1 browser"))
            _ = try await scene.alice.press("Sign out everywhere", on: message, in: GalleryScene.botID)
            #expect(try await scene.alice.nextEdit(in: GalleryScene.botID).text.contains("Every browser is signed out"))
            #expect(try await last.get("overview").status == .unauthorized)
        }
    }

    @Test func `who is no longer the owner is out at once`() async throws {
        try await GalleryScene.play { scene async throws in
            var browser = try await scene.signedIn()
            let other = try scene.bot(with: GallerySettings(allowedUsers: [501, 502], owners: [502]))
            var router = Router()
            other.ownerWeb { [] }.register(in: &router)
            let cookie = browser.cookie
            browser = WebBrowser(scene, other)
            browser.cookie = cookie
            #expect(try await browser.get("overview").status == .unauthorized)
        }
    }

    @Test func `the password opens the page, another one ends its sessions, and guessing is slowed`() async throws {
        var settings = GallerySettings(allowedUsers: [501])
        settings.web.password = Secret("correct horse battery")
        // The clock stands still: on a slow machine the next guess might be allowed again.
        let time = ManualTime(now: SystemTime().now)
        try await GalleryScene.play(settings: settings, time: time) { [settings] scene async throws in
            var browser = WebBrowser(scene)
            #expect(try await browser.json("session")["password"] == true)
            let answer = try await browser.post("login/password", ["password": "correct horse battery"])
            browser.cookie = answer.fields["Set-Cookie"]?.split(separator: ";").first.map(String.init)
            #expect(try await browser.get("overview").status == .ok)
            var changed = settings
            changed.web.password = Secret("another horse battery")
            var later = WebBrowser(scene, try scene.bot(with: changed))
            later.cookie = browser.cookie
            #expect(try await later.get("overview").status == .unauthorized)
            var statuses: [HTTPStatus] = []
            for _ in 0..<6 {
                statuses.append(try await later.post("login/password", ["password": "correct horse battery"]).status)
            }
            #expect(statuses == Array(repeating: .forbidden, count: 5) + [.tooManyRequests])
            // Whoever guesses keeps nobody from the links.
            #expect(try await later.post("login/link", ["token": .string(try await scene.link())]).status == .noContent)
        }
    }
}
