import JSON
import Testing

extension PageTests {
    @Test func `an inline question shows results page by page, and what is chosen goes in the person's name`()
        async throws
    {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.open(chat: -4001)
            try await page.browser.click(".composer textarea")
            try await page.browser.type("@gallery_bot lakes")
            let question = try await page.bot.next("inline_query")
            #expect(question["query"] == "lakes")
            #expect(question["chat_type"] == "group")
            try await page.bot.call("answerInlineQuery", Self.results(1...30, of: question, next: "30"))
            try await page.browser.wait(for: "document.querySelectorAll('.inline-results [role=option]').length === 30")
            try await page.browser.run(
                "const list = document.querySelector('.inline-results'); list.scrollTop = list.scrollHeight")
            let more = try await page.bot.next("inline_query")
            #expect(more["offset"] == "30")
            try await page.bot.call("answerInlineQuery", Self.results(31...40, of: more, next: ""))
            try await page.browser.wait(for: "document.querySelectorAll('.inline-results [role=option]').length === 40")
            try await page.browser.click(".inline-results [role=option]:nth-of-type(35)")
            try await page.seen("I chose lake 35")
            try await page.browser.wait(
                for: "document.querySelector('.row.out .via')?.innerText.includes('@gallery_bot')")
            let chosen = try await page.bot.next("chosen_inline_result")
            #expect(chosen["result_id"] == "35")
            #expect(chosen["query"] == "lakes")
            #expect(try await page.browser.value("document.querySelector('.inline-results').hidden") == true)
        }
    }

    @Test func `keys choose a result, and the button above them starts the bot`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.click(".composer textarea")
            try await page.browser.type("@gallery_bot x")
            let first = try await page.bot.next("inline_query")
            #expect(first["chat_type"] == "sender")
            try await page.bot.call("answerInlineQuery", Self.results(1...3, of: first, next: ""))
            try await page.browser.wait(for: "document.querySelectorAll('.inline-results [role=option]').length === 3")
            try await page.browser.type("\(WebDriver.Key.down)\(WebDriver.Key.down)\(WebDriver.Key.enter)")
            try await page.seen("I chose lake 2")

            try await page.browser.type("@gallery_bot y")
            let second = try await page.bot.next("inline_query")
            try await page.bot.call(
                "answerInlineQuery",
                [
                    "inline_query_id": second["id"] ?? "", "results": [],
                    "button": ["text": "Sign in first", "start_parameter": "signin"],
                ])
            try await page.browser.click(named: "Sign in first", in: ".inline-results")
            #expect(try await page.bot.next("message")["text"] == "/start signin")
        }
    }

    private static func results(_ numbers: ClosedRange<Int>, of question: JSONValue, next: String) -> JSONValue {
        let results: [JSONValue] = numbers.map { number in
            [
                "type": "article", "id": .string("\(number)"), "title": .string("Lake \(number)"),
                "description": "Water", "input_message_content": ["message_text": .string("I chose lake \(number)")],
            ]
        }
        return [
            "inline_query_id": question["id"] ?? "", "results": .array(results), "next_offset": .string(next),
            "cache_time": 0,
        ]
    }
}
