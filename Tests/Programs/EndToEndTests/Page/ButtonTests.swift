import JSON
import Testing

extension PageTests {
    @Test func `an inline button spins until it is answered, and says the answer`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "Choose",
                [
                    "reply_markup": [
                        "inline_keyboard": [
                            [["text": "Toast", "callback_data": "t"], ["text": "Alert", "callback_data": "a"]],
                            [["text": "Site", "url": "https://example.org/x"]],
                        ]
                    ]
                ])
            try await page.browser.click(named: "Toast", in: ".inline-keyboard")
            try await page.browser.wait(for: "document.querySelector('.inline-button[aria-busy]')")
            let toast = try await page.bot.next("callback_query")
            #expect(toast["data"] == "t")
            try await page.browser.wait(forMoment: "document.querySelector('.toast')?.innerText === 'Saved'") {
                try await page.bot.call(
                    "answerCallbackQuery", ["callback_query_id": toast["id"] ?? "", "text": "Saved"])
            }
            try await page.browser.wait(for: "!document.querySelector('.inline-button[aria-busy]')")

            try await page.browser.click(named: "Alert", in: ".inline-keyboard")
            let alert = try await page.bot.next("callback_query")
            try await page.bot.call(
                "answerCallbackQuery",
                ["callback_query_id": alert["id"] ?? "", "text": "Read me", "show_alert": true])
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .alert-text')?.innerText === 'Read me'")
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.wait(for: "!document.querySelector('dialog[open]')")

            try await page.browser.click(named: "Site", in: ".inline-keyboard")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .link-address')?.innerText === 'https://example.org/x'")
            try await page.browser.click(named: "Cancel", in: "dialog[open]")
        }
    }

    @Test func `a reply keyboard sends what its keys say, and a one-time one goes`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "Choose",
                [
                    "reply_markup": [
                        "keyboard": [[["text": "🎲 Random"], ["text": "📊 Statistics"]]], "resize_keyboard": true,
                        "one_time_keyboard": true, "input_field_placeholder": "Pick one",
                    ]
                ])
            try await page.browser.wait(for: "document.querySelector('.composer textarea').placeholder === 'Pick one'")
            try await page.browser.click(named: "🎲 Random", in: ".reply-keyboard")
            #expect(try await page.bot.next("message")["text"] == "🎲 Random")
            try await page.browser.wait(for: "document.querySelector('.reply-keyboard').hidden")
            try await page.browser.click(named: "Bot keyboard", in: ".composer")
            try await page.browser.wait(for: "!document.querySelector('.reply-keyboard').hidden")
            try await page.say("Enough", ["reply_markup": ["remove_keyboard": true]])
            try await page.browser.wait(for: "document.querySelector('.reply-keyboard').hidden")
        }
    }

    @Test func `commands come in the person's language, from the menu and while typing`() async throws {
        try await PageStory.tell { page in
            try await page.bot.call(
                "setMyCommands",
                [
                    "commands": [
                        ["command": "random", "description": "A random photo"],
                        ["command": "help", "description": "What I can do"],
                    ]
                ])
            try await page.bot.call(
                "setMyCommands",
                ["commands": [["command": "random", "description": "Случайное фото"]], "language_code": "ru"])
            try await page.openStarted()
            try await page.browser.click(".command-button")
            try await page.browser.wait(for: "document.querySelector('.commands')?.innerText.includes('What I can do')")
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.type("/ra")
            try await page.browser.wait(for: "document.querySelectorAll('.commands [role=option]').length === 1")
            try await page.browser.type(WebDriver.Key.enter)
            #expect(try await page.bot.next("message")["text"] == "/random")

            try await page.openStarted(as: PageStory.boris)
            try await page.browser.click(".command-button")
            try await page.browser.wait(
                for: "document.querySelector('.commands')?.innerText.includes('Случайное фото')")
            #expect(try await page.browser.value("document.documentElement.lang") == "ru")
        }
    }
}
