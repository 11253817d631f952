import HTTP
import HTTPClient
import JSON
import Testing

extension PageTests {
    @Test func `names, texts, captions, buttons and file names stay text`() async throws {
        let attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"
        try await PageStory.tell { page in
            try await page.control(
                "users", ["id": 601, "first_name": .string(attack), "language_code": "en", "username": "mallory"])
            try await page.openStarted(as: 601)
            try await page.say(attack, to: 601)
            try await page.say(
                "link <a href=\"https://example.org/\">x</a>",
                [
                    "parse_mode": "HTML",
                    "reply_markup": ["inline_keyboard": [[["text": .string(attack), "callback_data": "x"]]]],
                ], to: 601)
            try await page.bot.upload(
                "sendPhoto",
                [
                    .field("chat_id", "601"), .field("caption", attack),
                    .file("photo", bytes: try RawBot.picture(width: 300, height: 300), fileName: "a.png"),
                ])
            try await page.bot.upload(
                "sendDocument",
                [.field("chat_id", "601"), .file("document", bytes: Array("x".utf8), fileName: "<b>name</b>.txt")])
            try await page.browser.wait(for: "document.querySelector('a.document')")
            try await page.seen(attack)
            try await page.browser.wait(for: "document.querySelector('.inline-button')?.innerText.includes('<script>')")
            try await page.browser.click(".me")
            try await page.browser.wait(for: "document.querySelector('.menu')?.innerText.includes('<script>')")
            try await page.browser.type(WebDriver.Key.escape)
            #expect(try await page.browser.value("window.hacked === undefined") == true)
            #expect(
                try await page.browser.value("document.querySelectorAll('body script, img[onerror], .bubble b').length")
                    == 0)
            #expect(
                try await page.browser.value(
                    "[...document.querySelectorAll('a[href]')].every((each) => /^https?:/.test(each.href))") == true)
        }
    }

    @Test func `the page comes with a strict policy, right types and an entity tag`() async throws {
        try await PageStory.tell { page in
            let document = try await page.http.send(ClientRequest("\(page.base)/"))
            #expect(document.fields["Content-Type"] == "text/html; charset=utf-8")
            let policy = document.fields["Content-Security-Policy"] ?? ""
            #expect(policy.contains("default-src 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(!document.text.contains("<script>"))
            #expect(!document.text.contains(" style="))
            let script = try await page.http.send(ClientRequest("\(page.base)/page/js/main.js"))
            #expect(script.fields["Content-Type"] == "text/javascript; charset=utf-8")
            #expect(script.fields["X-Content-Type-Options"] == "nosniff")
            let tag = try #require(script.fields["ETag"])
            let again = try await page.http.send(
                ClientRequest("\(page.base)/page/js/main.js", fields: ["If-None-Match": tag]))
            #expect(again.status.rawValue == 304)
            #expect(again.body.isEmpty)
            for path in ["/page/nothing.js", "/page/../chat/index.html", "/page/%2e%2e/chat/index.html", "/page/"] {
                #expect(
                    try await page.http.send(ClientRequest("\(page.base)\(path)")).status.rawValue >= 400, "\(path)")
            }
        }
    }

    @Test func `a lost connection is said and what was missed comes after it`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            await page.server.stop()
            try await page.browser.wait(for: "!document.querySelector('.offline').hidden")
            try await page.server.start()
            try await page.say("sent meanwhile")
            try await page.seen("sent meanwhile")
            try await page.browser.wait(for: "document.querySelector('.offline').hidden")
        }
    }
}
