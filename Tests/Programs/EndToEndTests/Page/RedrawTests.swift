import HTTP
import JSON
import Testing

extension PageTests {
    @Test func `what is ticked, uncovered or playing stays while its message is drawn anew`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let poll = try await page.bot.call(
                "sendPoll",
                [
                    "chat_id": 501, "question": "Which?", "allows_multiple_answers": true,
                    "options": [["text": "One"], ["text": "Two"], ["text": "Three"]],
                ])
            let photo = try await page.bot.upload(
                "sendPhoto",
                [
                    .field("chat_id", "501"), .field("has_spoiler", "true"),
                    .file("photo", bytes: try RawBot.picture(width: 300, height: 200), fileName: "a.png"),
                ])
            let text = try await page.say("a <tg-spoiler>secret</tg-spoiler>", ["parse_mode": "HTML"])
            try await page.seen("secret")
            try await page.browser.click(".poll-choice:nth-of-type(1)")
            try await page.browser.click(".poll-choice:nth-of-type(3)")
            try await page.browser.click(".tile.covered")
            try await page.browser.click(".spoiler")
            for message in [poll["message_id"], photo["message_id"], .integer(text)] {
                try await page.bot.call(
                    "setMessageReaction",
                    ["chat_id": 501, "message_id": message ?? 0, "reaction": [["type": "emoji", "emoji": "🔥"]]])
            }
            try await page.browser.wait(for: "document.querySelectorAll('.reaction').length === 3")
            let ticked = "[...document.querySelectorAll('.poll input')].map((each) => each.checked)"
            #expect(try await page.browser.value(ticked) == [true, false, true])
            #expect(try await page.browser.value("document.querySelector('.tile.covered')") == .null)
            #expect(try await page.browser.value("document.querySelectorAll('.spoiler.revealed').length") == 1)
            try await page.browser.click(named: "Vote", in: ".poll")
            try await page.browser.wait(for: "document.querySelector('.poll.done')")
            let mine =
                "[...document.querySelectorAll('.poll-result')].map((each) => each.innerText.includes('your vote'))"
            #expect(try await page.browser.value(mine) == [true, false, true])
        }
    }

    @Test func `sound plays on while its message is drawn anew`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let sent = try await page.bot.upload(
                "sendAudio",
                [
                    .field("chat_id", "501"), .field("title", "Song"),
                    .file("audio", bytes: Self.silence(seconds: 60), fileName: "a.wav"),
                ])
            try await page.browser.click(named: "Play Song", in: ".player")
            try await page.browser.wait(for: "document.querySelector('audio').currentTime > 0")
            try await page.bot.call(
                "setMessageReaction",
                [
                    "chat_id": 501, "message_id": sent["message_id"] ?? 0,
                    "reaction": [["type": "emoji", "emoji": "🔥"]],
                ])
            try await page.browser.wait(for: "document.querySelector('.reaction')")
            try await page.browser.run("window.reached = document.querySelector('audio').currentTime")
            try await page.browser.wait(
                for: "window.reached > 0 && document.querySelector('audio').currentTime > window.reached")
            #expect(try await page.browser.value("document.activeElement.className") == "play-button")
        }
    }

    /// A sound file in which nothing is heard.
    private static func silence(seconds: Int) -> [UInt8] {
        let rate = 8000
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        let length = rate * seconds
        return Array("RIFF".utf8) + little(36 + length, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2)
            + little(1, 2) + little(rate, 4) + little(rate, 4) + little(1, 2) + little(8, 2) + Array("data".utf8)
            + little(length, 4) + [UInt8](repeating: 128, count: length)
    }

    @Test func `a spoiler is given away by no preview and no label`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let message = try await page.say("it was <tg-spoiler>the gardener</tg-spoiler>", ["parse_mode": "HTML"])
            try await page.seen("it was")
            try await page.bot.call("pinChatMessage", ["chat_id": 501, "message_id": .integer(message)])
            try await page.browser.wait(for: "document.querySelector('.pinned')?.innerText.includes('it was ▒')")
            try await page.browser.run("document.querySelector('.row[data-id=\"\(message)\"]').focus()")
            try await page.browser.type("r")
            try await page.browser.wait(
                for: "document.querySelector('.composer-context')?.innerText.includes('it was ▒')")
            let told = try await page.browser.value(
                """
                [...document.querySelectorAll('*')].filter((each) => (each.getAttribute('aria-label') ?? '').includes('gardener')
                  || (each.children.length === 0 && each.textContent.includes('gardener') && !each.closest('.spoiler')))
                  .map((each) => each.className)
                """)
            #expect(told == [])
            try await page.browser.wait(
                for: "document.querySelector('.row[data-id=\"\(message)\"]').ariaLabel.includes('it was hidden text')")
        }
    }
}
