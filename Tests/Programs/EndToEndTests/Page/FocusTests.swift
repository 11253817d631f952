import JSON
import Testing

extension PageTests {
    @Test func `keys reach the messages of a chat without links and move among them`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            for number in 1...5 { try await page.say("plain \(number)") }
            try await page.seen("plain 5")
            let place = "document.activeElement.closest('.row')?.querySelector('.text')?.innerText ?? ''"
            try await page.browser.click(".composer textarea")
            // Before the controls of the composer stands the newest message.
            for _ in 0..<4 where try await page.browser.value("document.activeElement.closest('.row')") == .null {
                try await page.browser.type("\(WebDriver.Key.shift)\(WebDriver.Key.tab)")
            }
            #expect(try await page.browser.value(place).stringValue?.hasPrefix("plain 5") == true)
            try await page.browser.type(WebDriver.Key.up)
            try await page.browser.type(WebDriver.Key.up)
            #expect(try await page.browser.value(place).stringValue?.hasPrefix("plain 3") == true)
            // Who leaves comes back to the same one.
            try await page.browser.type(WebDriver.Key.escape)
            #expect(try await page.browser.value("document.querySelectorAll('.row[tabindex=\"0\"]').length") == 1)
            #expect(
                try await page.browser.value("document.querySelector('.row[tabindex=\"0\"]').innerText").stringValue?
                    .hasPrefix("plain 3") == true)
        }
    }

    @Test func `the focus stays near when what had it goes`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let first = try await page.say("stays")
            let second = try await page.say("goes")
            try await page.seen("goes")
            try await page.browser.run("document.querySelector('.row[data-id=\"\(second)\"]').focus()")
            try await page.browser.type(WebDriver.Key.delete)
            try await page.browser.click(named: "Delete", in: "dialog[open]")
            try await page.gone("goes")
            #expect(try await page.browser.value("document.activeElement.dataset.id") == .string("\(first)"))

            try await page.control("block", ["user": 501, "bot": .integer(page.bot.id)])
            try await page.browser.click(named: "Unblock")
            try await page.browser.wait(for: "document.activeElement.matches('.composer textarea')")
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.wait(
                for: "document.activeElement.matches('.chat-rows li[data-chat=\"\(page.bot.id)\"] button')")
        }
    }
}
