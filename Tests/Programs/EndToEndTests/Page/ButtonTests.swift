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

    @Test func `a button that begins an inline question names the bot once, and asks in which chat`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "Search",
                [
                    "reply_markup": [
                        "inline_keyboard": [
                            [["text": "Here", "switch_inline_query_current_chat": "lakes"]],
                            [["text": "Elsewhere", "switch_inline_query": "hills"]],
                        ]
                    ]
                ])
            let field = "document.querySelector('.composer textarea').value"
            try await page.browser.click(named: "Here", in: ".inline-keyboard")
            try await page.browser.wait(for: "\(field) === '@gallery_bot lakes'")
            try await page.browser.click(named: "Elsewhere", in: ".inline-keyboard")
            try await page.browser.click(named: "Friends", in: "dialog[open]")
            try await page.browser.wait(for: "\(field) === '@gallery_bot hills'")
            #expect(try await page.browser.value("document.querySelector('.head-title').innerText") == "Friends")
        }
    }

    @Test func `short buttons beside each other are not broken inside their words`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let row: JSONValue = .array(
                ["Previous", "Favourite", "Download", "Next"].map { ["text": .string($0), "callback_data": "x"] })
            try await page.say("ok", ["reply_markup": ["inline_keyboard": [row]]])
            try await page.browser.wait(for: "document.querySelectorAll('.inline-button').length === 4")
            let heights = try await page.browser.value(
                "[...document.querySelectorAll('.button-text')].filter((each) => each.offsetHeight > 28).length")
            #expect(heights == 0)
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

    @Test func `keys that ask for people, a chat, a contact or a poll let one choose`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "Show me",
                [
                    "reply_markup": [
                        "keyboard": [
                            [
                                ["text": "People", "request_users": ["request_id": 1, "user_is_bot": false]],
                                ["text": "Group", "request_chat": ["request_id": 2, "chat_is_channel": false]],
                            ],
                            [
                                ["text": "Phone", "request_contact": true],
                                ["text": "Quiz", "request_poll": ["type": "quiz"]],
                            ],
                        ], "resize_keyboard": true,
                    ]
                ])
            try await page.browser.click(named: "People", in: ".reply-keyboard")
            try await page.browser.click(named: "Борис", in: "dialog[open]")
            // Only people were asked for.
            #expect(try await page.browser.value("document.querySelectorAll('dialog[open] .person').length") == 1)
            try await page.browser.click(named: "Share", in: "dialog[open]")
            let users = try await page.bot.next("message")["users_shared"]
            #expect(users?["users"]?[0]?["user_id"] == 502)

            try await page.browser.click(named: "Group", in: ".reply-keyboard")
            try await page.browser.click(named: "Friends", in: "dialog[open]")
            #expect(try await page.bot.next("message")["chat_shared"]?["chat_id"] == -4001)

            try await page.browser.click(named: "Phone", in: ".reply-keyboard")
            try await page.browser.run("document.querySelector('dialog[open] input').value = '+4930123456'")
            try await page.browser.click(named: "Share", in: "dialog[open]")
            #expect(try await page.bot.next("message")["contact"]?["phone_number"] == "+4930123456")

            try await page.browser.click(named: "Quiz", in: ".reply-keyboard")
            try await page.browser.run(
                """
                document.querySelectorAll('dialog[open] .field input').forEach((each, index) => { each.value = ['How?', 'So', 'Thus', ''][index] ?? '' })
                document.querySelectorAll('dialog[open] input[type=radio]')[1].checked = true
                """)
            try await page.browser.click(named: "Share", in: "dialog[open]")
            let poll = try await page.bot.next("message")["poll"]
            #expect(poll?["question"] == "How?" && poll?["options"]?[1]?["text"] == "Thus")
            #expect(poll?["type"] == "quiz")
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
