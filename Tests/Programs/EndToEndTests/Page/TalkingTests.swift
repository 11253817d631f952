import JSON
import Testing

extension PageTests {
    @Test func `a fresh bot is started with its button, and texts go with Enter and come live`() async throws {
        try await PageStory.tell { page in
            try await page.open(atList: true)
            try await page.browser.click(chat: "Gallery")
            try await page.browser.click(named: "Start")
            #expect(try await page.bot.next("message")["text"] == "/start")
            try await page.say("Hello, Alice!")
            try await page.seen("Hello, Alice!")
            try await page.browser.click(".composer textarea")
            try await page.browser.type("two\(WebDriver.Key.shift)\(WebDriver.Key.enter)")
            try await page.browser.type("lines\(WebDriver.Key.enter)")
            #expect(try await page.bot.next("message")["text"] == "two\nlines")
            try await page.seen("two\nlines")
            #expect(try await page.browser.value("document.querySelector('.composer textarea')?.value") == "")
        }
    }

    @Test func `formatting is shown, a spoiler opens, a command sends itself`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "<b>bold</b> <i>it</i> <u>un</u> <s>st</s> <tg-spoiler>secret</tg-spoiler> <code>code</code> /help\n"
                    + "<pre><code class=\"language-swift\">let a = 1</code></pre><blockquote>quoted</blockquote>",
                ["parse_mode": "HTML"])
            try await page.seen("bold")
            for (selector, text) in [
                ("strong", "bold"), ("em", "it"), ("u", "un"), ("s", "st"), ("code", "code"), ("blockquote", "quoted"),
                (".code-block pre", "let a = 1"), (".code-head span", "swift"),
            ] {
                let found = try await page.browser.value("document.querySelector('.bubble \(selector)')?.innerText")
                #expect(found.stringValue?.contains(text) == true, "\(selector)")
            }
            try await page.browser.click(".bubble .spoiler")
            try await page.browser.wait(for: "document.querySelector('.spoiler.revealed')")
            try await page.browser.click(named: "/help", in: ".in .bubble")
            #expect(try await page.bot.next("message")["text"] == "/help")
        }
    }

    @Test func `what is typed with signs goes with entities`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.click(".composer textarea")
            try await page.browser.type("a **b** `c`\(WebDriver.Key.enter)")
            let message = try await page.bot.next("message")
            #expect(message["text"] == "a b c")
            #expect(message["entities"]?[0]?["type"] == "bold")
            #expect(message["entities"]?[1]?["offset"] == 4)
        }
    }

    @Test func `what a bot is doing is shown, and a text that it streams grows in place`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.wait(
                forMoment: "document.querySelector('.head-status')?.innerText === 'is sending a photo…'"
            ) {
                try await page.bot.call("sendChatAction", ["chat_id": 501, "action": "upload_photo"])
            }
            try await page.bot.call("sendMessageDraft", ["chat_id": 501, "draft_id": 5, "text": "Once upon"])
            try await page.browser.wait(for: "document.querySelector('.streaming')?.innerText.includes('Once upon')")
            try await page.bot.call("sendMessageDraft", ["chat_id": 501, "draft_id": 5, "text": "Once upon a time"])
            try await page.browser.wait(for: "document.querySelector('.streaming')?.innerText.includes('a time')")
            try await page.say("Once upon a time there was a bot.")
            try await page.browser.wait(for: "!document.querySelector('.streaming')")
            try await page.seen("there was a bot.")
        }
    }

    @Test func `edits and deletions are live, and one's own last text is edited with the up arrow`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let message = try await page.say("first wording")
            try await page.seen("first wording")
            try await page.bot.call(
                "editMessageText", ["chat_id": 501, "message_id": .integer(message), "text": "second wording"])
            try await page.seen("second wording")
            try await page.seen("edited")
            try await page.bot.call("deleteMessage", ["chat_id": 501, "message_id": .integer(message)])
            try await page.gone("second wording")

            try await page.browser.click(".composer textarea")
            try await page.browser.type("teh end\(WebDriver.Key.enter)")
            #expect(try await page.bot.next("message")["text"] == "teh end")
            try await page.seen("teh end")
            try await page.browser.type(WebDriver.Key.up)
            try await page.browser.wait(for: "document.querySelector('.composer textarea')?.value === 'teh end'")
            try await page.browser.type("\(WebDriver.Key.control)a")
            try await page.browser.type("the end\(WebDriver.Key.enter)")
            #expect(try await page.bot.next("edited_message")["text"] == "the end")
            try await page.gone("teh end")
        }
    }

    @Test func `replies, reactions, pins and votes`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let message = try await page.say("an important thing")
            try await page.seen("an important thing")
            let row = ".row[data-id=\"\(message)\"]"
            try await page.browser.run("document.querySelector('\(row)').focus()")
            try await page.browser.type("r")
            try await page.browser.wait(
                for: "document.querySelector('.composer-context')?.innerText.includes('an important thing')")
            try await page.browser.type("noted\(WebDriver.Key.enter)")
            #expect(try await page.bot.next("message")["reply_to_message"]?["message_id"] == .integer(message))
            try await page.browser.click(".row.out .quote")
            try await page.browser.wait(for: "document.querySelector('\(row).marked')")

            try await page.browser.type(WebDriver.Key.enter)
            try await page.browser.click(named: "React with 👍", in: ".menu")
            try await page.browser.wait(for: "document.querySelector('\(row) .reaction.mine')")
            try await page.browser.run("document.querySelector('\(row)').focus()")
            try await page.browser.type(WebDriver.Key.enter)
            try await page.browser.click(named: "Pin", in: ".menu")
            try await page.browser.wait(
                for: "document.querySelector('.pinned')?.innerText.includes('an important thing')")

            try await page.bot.call(
                "sendPoll", ["chat_id": 501, "question": "Which?", "options": [["text": "This"], ["text": "That"]]])
            try await page.seen("Which?")
            try await page.browser.click(named: "That", in: ".poll")
            try await page.browser.wait(for: "document.querySelector('.poll.done')?.innerText.includes('100%')")
        }
    }

    @Test func `a die is thrown, what is refused stands in the field again, and a draft stays`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let message = try await page.say("say something")
            try await page.seen("say something")
            try await page.browser.click(".composer textarea")
            try await page.browser.type("🎲\(WebDriver.Key.enter)")
            #expect(try await page.bot.next("message")["dice"]?["emoji"] == "🎲")

            let field = "document.querySelector('.composer textarea')"
            try await page.browser.run("document.querySelector('.row[data-id=\"\(message)\"]').focus()")
            try await page.browser.type("r")
            try await page.browser.run("\(field).value = '**b** ' + 'x'.repeat(4100)")
            try await page.browser.type(WebDriver.Key.enter)
            try await page.browser.wait(for: "document.querySelector('.toast')")
            try await page.browser.wait(for: "\(field).value.startsWith('**b** xx')")
            // The browser notes the refusal.
            let refusals = try await page.browser.consoleErrors()
            #expect(refusals.count == 1 && refusals.allSatisfy { $0.contains("400") })
            #expect(
                try await page.browser.value("document.querySelector('.composer-context').innerText").stringValue?
                    .contains("say something") == true)

            try await page.browser.run("\(field).value = ''")
            try await page.browser.click(".composer textarea")
            try await page.browser.type("later")
            try await page.open(as: PageStory.boris)
            try await page.open()
            try await page.browser.wait(for: "\(field).value === 'later'")
        }
    }
}
