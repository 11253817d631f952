import JSON
import Testing

extension PageTests {
    @Test func `a chat of many messages keeps few of them in the document and scrolls to its first`() async throws {
        let count = 2_200
        try await PageStory.tell { page in
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        for number in stride(from: worker, to: count, by: 8) {
                            try await page.say("message number \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await page.open()
            try await page.browser.wait(for: "document.querySelectorAll('.row').length > 40")
            try await page.browser.wait(
                for:
                    "(() => { const s = document.querySelector('.scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight < 2 })()"
            )
            // Scrolls up page by page until the first message is there, and notes the most rows that were drawn.
            let most = try await page.browser.wait(
                for: """
                    (() => {
                      const rows = document.querySelectorAll('.row').length
                      window.most = Math.max(window.most ?? 0, rows)
                      const first = document.querySelector('.row .bubble')?.innerText.startsWith('/start')
                      document.querySelector('.scroller').scrollTop = 0
                      return first && window.most
                    })()
                    """)
            #expect((most.integerValue ?? .max) < 200)
            try await page.browser.click(named: "To the newest message", in: ".timeline")
            try await page.browser.wait(
                for:
                    "(() => { const s = document.querySelector('.scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight < 2 })()"
            )
            try await page.say("the very last")
            try await page.seen("the very last")
        }
    }

    @Test func `what is being read stays in place while older messages load and new ones come`() async throws {
        try await PageStory.tell { page in
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            for number in 0..<150 { try await page.say("message number \(number)") }
            try await page.open()
            try await page.seen("message number 149")
            try await page.browser.run("document.querySelector('.scroller').scrollTop = 400")
            try await page.browser.wait(for: "document.querySelectorAll('.row').length > 90")
            try await page.browser.run(
                """
                const top = document.querySelector('.scroller').getBoundingClientRect().top
                window.kept = [...document.querySelectorAll('.row')].find((each) => each.getBoundingClientRect().top > top)
                window.place = window.kept.getBoundingClientRect().top
                """)
            try await page.say("news while reading")
            try await page.browser.wait(for: "document.querySelector('.to-end .count')?.innerText === '1'")
            let moved = try await page.browser.value("Math.abs(window.kept.getBoundingClientRect().top - window.place)")
            #expect((moved.doubleValue ?? 99) < 2)
        }
    }

    @Test func `10,000 messages open with one request, and a message of any age is near`() async throws {
        try await PageStory.tell { page in
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            let first = try await page.say("the very first")
            var ids: [JSONValue] = []
            for number in 1..<100 { ids.append(.integer(try await page.say("message number \(number)"))) }
            for _ in 0..<100 {
                try await page.bot.call(
                    "copyMessages", ["chat_id": 501, "from_chat_id": 501, "message_ids": .array(ids)])
            }
            try await page.say("far from it", ["reply_parameters": ["message_id": .integer(first)]])
            try await page.open()
            try await page.seen("far from it")
            let pages =
                "performance.getEntriesByType('resource').filter((each) => each.name.includes('/messages?')).length"
            #expect(try await page.browser.value(pages) == 1)
            #expect(try await page.browser.value("document.querySelectorAll('.row').length < 100") == true)
            try await page.browser.click(".row .quote")
            try await page.browser.wait(
                for: "document.querySelector('.row.marked')?.innerText.includes('the very first')")
            #expect(try await page.browser.value("document.querySelectorAll('.row').length < 200") == true)
            // All 10,000 are in memory now; what comes is drawn as in a short chat.
            try await page.browser.click(named: "To the newest message", in: ".timeline")
            try await page.say("after all of them")
            try await page.seen("after all of them")
            #expect(try await page.browser.value("document.querySelectorAll('.row').length < 200") == true)
            #expect(try await page.browser.value("document.querySelectorAll('*').length < 4000") == true)
        }
    }
}
