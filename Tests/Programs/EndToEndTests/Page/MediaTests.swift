import FoundationEssentials
import HTTP
import JSON
import Testing

extension PageTests {
    @Test func `a photo takes its room before it is there, and opens large`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.upload(
                "sendPhoto",
                [
                    .field("chat_id", "501"), .field("caption", "A caption"),
                    .file("photo", bytes: try RawBot.picture(width: 1200, height: 800), fileName: "a.png"),
                ])
            try await page.seen("A caption")
            let ratio = try await page.browser.value(
                "(() => { const box = document.querySelector('.visual').getBoundingClientRect(); return box.width / box.height })()"
            )
            #expect(abs((ratio.doubleValue ?? 0) - 1.5) < 0.02)
            try await page.browser.wait(for: "document.querySelector('.visual img').naturalWidth > 300")
            try await page.browser.click(".visual .tile")
            try await page.browser.wait(for: "document.querySelector('dialog.viewer img').complete")
            #expect(try await page.browser.value("document.querySelector('.viewer-caption')?.innerText") == "A caption")
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.wait(for: "!document.querySelector('dialog.viewer')")
        }
    }

    @Test func `an album is one block, and the viewer walks through it with arrows`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.upload(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"),
                    .field(
                        "media",
                        #"[{"type":"photo","media":"attach://a","caption":"Three"},{"type":"photo","media":"attach://b"},{"type":"photo","media":"attach://c"}]"#
                    ),
                    .file("a", bytes: try RawBot.picture(width: 900, height: 600), fileName: "a.png"),
                    .file("b", bytes: try RawBot.picture(width: 500, height: 500, red: 200), fileName: "b.png"),
                    .file("c", bytes: try RawBot.picture(width: 600, height: 900, green: 20), fileName: "c.png"),
                ])
            try await page.seen("Three")
            try await page.browser.wait(for: "document.querySelectorAll('.bubble .album .cell').length === 3")
            #expect(try await page.browser.value("document.querySelectorAll('.bubble:has(.album)').length") == 1)
            try await page.browser.click(".album .cell:first-child .tile")
            try await page.browser.wait(for: "document.querySelector('.viewer-count')?.innerText === '1 / 3'")
            try await page.browser.type(WebDriver.Key.right)
            try await page.browser.type(WebDriver.Key.right)
            try await page.browser.wait(for: "document.querySelector('.viewer-count')?.innerText === '3 / 3'")
            #expect(try await page.browser.value("document.querySelector('.viewer-next').disabled") == true)
        }
    }

    @Test func `files are attached as pictures, as files, and several as an album`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "page-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // What is left of a temporary folder harms nobody.
            try? FileManager.default.removeItem(at: folder)
        }
        let names = ["one.png", "two.png", "notes.txt"]
        let contents = [
            try RawBot.picture(width: 320, height: 240), try RawBot.picture(width: 240, height: 320, red: 200),
            Array("hello".utf8),
        ]
        for (name, bytes) in zip(names, contents) { try Data(bytes).write(to: folder.appending(path: name)) }
        let paths = names.map { folder.appending(path: $0).path }

        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.browser.choose(files: [paths[0]], in: ".composer input[type=file]")
            try await page.browser.wait(for: "document.querySelector('dialog[open] .file-item img')")
            try await page.browser.type("my picture\(WebDriver.Key.enter)")
            let photo = try await page.bot.next("message")
            #expect(photo["photo"]?.arrayValue?.isEmpty == false)
            #expect(photo["caption"] == "my picture")
            try await page.seen("my picture")

            try await page.browser.choose(files: [paths[2]], in: ".composer input[type=file]")
            try await page.browser.click(named: "Send", in: "dialog[open]")
            #expect(try await page.bot.next("message")["document"]?["file_name"] == "notes.txt")
            try await page.browser.wait(for: "document.querySelector('a.document')?.download === 'notes.txt'")

            try await page.browser.choose(files: [paths[0]], in: ".composer input[type=file]")
            try await page.browser.click(named: "Send as files, without compression", in: "dialog[open]")
            try await page.browser.click(named: "Send", in: "dialog[open]")
            #expect(try await page.bot.next("message")["document"]?["file_name"] == "one.png")

            try await page.browser.choose(files: [paths[0], paths[1]], in: ".composer input[type=file]")
            try await page.browser.click(named: "Send", in: "dialog[open]")
            let first = try await page.bot.next("message")
            let second = try await page.bot.next("message")
            #expect(first["media_group_id"] != nil)
            #expect(first["media_group_id"] == second["media_group_id"])
            try await page.browser.wait(for: "document.querySelectorAll('.bubble .album .cell').length === 2")
        }
    }
}
