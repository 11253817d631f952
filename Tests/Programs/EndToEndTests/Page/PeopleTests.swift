import JSON
import Testing

extension PageTests {
    @Test func `another person is another page, in their language`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.click(".me")
            try await page.browser.click(named: "Борис", in: ".menu")
            try await page.browser.wait(
                for: "location.search === '?user=502' && document.documentElement.lang === 'ru'")
            try await page.browser.click(chat: "Gallery")
            try await page.browser.click(named: "Начать")
            #expect(try await page.bot.next("message")["from"]?["id"] == 502)
            try await page.say("Только для Бориса", to: 502)
            try await page.seen("Только для Бориса")
            try await page.open()
            try await page.seen("/start")
            try await page.gone("Только для Бориса")
        }
    }

    @Test func `a group is made, spoken in by two and read by the bot`() async throws {
        try await PageStory.tell { page in
            try await page.open(atList: true)
            try await page.browser.click(".me")
            try await page.browser.click(named: "New group or channel", in: ".menu")
            try await page.browser.wait(for: "document.activeElement.matches('dialog[open] input')")
            try await page.browser.type("Weekend")
            for name in ["Борис", "Gallery"] { try await page.browser.click(named: name, in: "dialog .people") }
            try await page.browser.click(named: "Create", in: "dialog[open]")
            try await page.browser.wait(for: "document.querySelector('.head-title')?.innerText === 'Weekend'")
            let chat = try await page.browser.value("Number(location.hash.split('=')[1])").integerValue ?? 0
            #expect(chat < 0)
            try await page.control("messages", ["user": 502, "chat": .integer(chat), "text": "Привет!"])
            try await page.seen("Привет!")
            try await page.browser.wait(for: "document.querySelector('.row.in .sender')?.innerText.startsWith('Борис')")
            try await page.say("I am here too", to: chat)
            try await page.seen("I am here too")
            try await page.browser.wait(for: "document.querySelector('.head-status')?.innerText === '3 members'")
        }
    }

    @Test func `unread messages are counted, found by search, and read when opened`() async throws {
        try await PageStory.tell { page in
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            try await page.open(atList: true)
            for number in 1...3 { try await page.say("news \(number)") }
            let row = "li[data-chat=\"\(page.bot.id)\"]"
            try await page.browser.wait(for: "document.querySelector('\(row) .count')?.innerText === '3'")
            try await page.browser.wait(for: "document.title.startsWith('(')")
            try await page.browser.click(".search-input")
            try await page.browser.type("nobody at all")
            try await page.browser.wait(for: "!document.querySelector('.side .nothing').hidden")
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.click(chat: "Gallery")
            try await page.browser.wait(for: "!document.querySelector('\(row) .count')")
        }
    }

    @Test func `a blocked bot is refused, and comes back`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.click(named: "Chat info", in: ".head-tools")
            try await page.browser.click(named: "Block the bot", in: "dialog[open]")
            try await page.browser.wait(for: "!document.querySelector('.wide-button').hidden")
            await #expect(throws: RawBot.Refused.self) { try await page.say("are you there?") }
            try await page.browser.click(".wide-button")
            try await page.browser.wait(for: "document.querySelector('.wide-button').hidden")
            try await page.say("welcome back")
            try await page.seen("welcome back")
        }
    }

    @Test func `the inspector shows a call with its arguments and answer, filters and pauses`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.click(named: "Inspector", in: ".head")
            try await page.say("look inside")
            try await page.browser.wait(
                for: "document.querySelector('.entry.call .entry-name')?.innerText === 'sendMessage'")
            try await page.browser.click(".entry.call summary")
            try await page.browser.wait(
                for: """
                    document.querySelector('.entry.call .entry-body')?.innerText.includes('look inside')
                      && document.querySelector('.entry.call .entry-body')?.innerText.includes('message_id')
                    """)
            try await page.browser.click(named: "Pause", in: ".inspector")
            try await page.say("unseen call")
            try await page.seen("unseen call")
            #expect(try await page.browser.value("document.querySelectorAll('.entry.call').length") == 1)
            try await page.browser.click(".inspector-head .on")
            try await page.browser.wait(for: "document.querySelectorAll('.entry.call').length === 2")
            await #expect(throws: RawBot.Refused.self) { try await page.say("") }
            try await page.browser.wait(for: "document.querySelector('.entry.failed')?.innerText.includes('400')")
            try await page.browser.click(".inspector .search-input")
            try await page.browser.type("unseen")
            try await page.browser.wait(for: "document.querySelectorAll('.entry').length === 1")
        }
    }
}
