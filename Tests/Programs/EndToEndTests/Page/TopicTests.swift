import JSON
import Testing

extension PageTests {
    @Test func `a person chooses a topic of a forum, reads it and writes into it`() async throws {
        try await PageStory.tell { page in
            let made = try await page.control(
                "chats",
                [
                    "user": 501, "type": "supergroup", "title": "Forum", "forum": true,
                    "members": [.integer(page.bot.id)],
                ])
            let forum = try #require(made["chat"]?["id"]?.integerValue)
            try await page.control(
                "promote",
                ["user": 501, "chat": .integer(forum), "member": .integer(page.bot.id), "role": "administrator"])
            let chosen =
                #"[...document.querySelectorAll('.topic-choice[aria-pressed=true]')].map((each) => each.innerText)"#
            try await page.open(chat: forum)
            try await page.browser.wait(for: "document.querySelector('.topics')?.innerText.includes('# General')")
            // A topic that is made meanwhile comes by itself.
            let topic = try await page.bot.call("createForumTopic", ["chat_id": .integer(forum), "name": "Garden"])
            let thread = topic["message_thread_id"]?.integerValue ?? 0
            try await page.say("for everybody", to: forum)
            try await page.say("about trees", ["message_thread_id": .integer(thread)], to: forum)
            try await page.seen("about trees")
            // Where all are shown, a message of another topic than the one before it says so.
            try await page.browser.wait(for: "document.querySelector('.bubble .topic')?.innerText === '# Garden'")
            try await page.browser.click(named: "# Garden", in: ".topics")
            try await page.gone("for everybody")
            try await page.seen("about trees")
            #expect(try await page.browser.value(chosen) == ["# Garden"])

            try await page.browser.click(".composer textarea")
            try await page.browser.type("I like oaks\(WebDriver.Key.enter)")
            try await page.seen("I like oaks")
            var written = try await page.bot.next("message")
            while written["text"] != "I like oaks" { written = try await page.bot.next("message") }
            #expect(written["message_thread_id"]?.integerValue == thread)
            #expect(written["is_topic_message"] == true)

            try await page.browser.click(named: "# General", in: ".topics")
            try await page.gone("I like oaks")
            try await page.seen("for everybody")
            try await page.browser.click(".composer textarea")
            try await page.browser.type("and I like everybody\(WebDriver.Key.enter)")
            let general = try await page.bot.next("message")
            #expect(general["text"] == "and I like everybody" && general["message_thread_id"] == nil)

            try await page.browser.click(named: "All", in: ".topics")
            try await page.seen("I like oaks")
            try await page.seen("and I like everybody")
            // A topic that is gone is not chosen any more.
            try await page.browser.click(named: "# Garden", in: ".topics")
            try await page.bot.call(
                "deleteForumTopic", ["chat_id": .integer(forum), "message_thread_id": .integer(thread)])
            try await page.browser.wait(for: "!document.querySelector('.topics').innerText.includes('Garden')")
            try await page.seen("for everybody")
            #expect(try await page.browser.value(chosen) == ["All"])
        }
    }
}
