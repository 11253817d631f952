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

    @Test func `each file of an album has its caption, its reactions and its menu`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            let sent = try await page.bot.upload(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"),
                    .field(
                        "media",
                        #"[{"type":"document","media":"attach://a","caption":"First"},{"type":"document","media":"attach://b","caption":"Second"}]"#
                    ),
                    .file("a", bytes: Array("a".utf8), fileName: "a.txt"),
                    .file("b", bytes: Array("b".utf8), fileName: "b.txt"),
                ])
            let second = try #require(sent[1]?["message_id"]?.integerValue)
            try await page.seen("First")
            try await page.seen("Second")
            let item = ".album-item[data-id=\"\(second)\"]"
            let menu =
                "document.querySelector('\(item) a').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }))"
            try await page.browser.run(menu)
            try await page.browser.click(named: "React with 🔥", in: ".menu")
            try await page.browser.wait(for: "document.querySelector('\(item) .reaction.mine')")
            try await page.browser.run(menu)
            try await page.browser.click(named: "Reply", in: ".menu")
            try await page.browser.wait(
                for: "document.querySelector('.composer-context')?.innerText.includes('Second')")
        }
    }

    @Test func `what is protected is not offered to be copied or saved`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.upload(
                "sendPhoto",
                [
                    .field("chat_id", "501"), .field("caption", "Mine"), .field("protect_content", "true"),
                    .file("photo", bytes: try RawBot.picture(width: 600, height: 400), fileName: "a.png"),
                ])
            try await page.seen("Mine")
            try await page.browser.run("document.querySelector('.row:last-child').focus()")
            try await page.browser.type(WebDriver.Key.enter)
            try await page.browser.wait(for: "document.querySelector('.menu')?.innerText.includes('Reply')")
            #expect(try await page.browser.value("document.querySelector('.menu').innerText.includes('Copy')") == false)
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.click(".visual .tile")
            try await page.browser.wait(for: "document.querySelector('dialog.viewer img').complete")
            #expect(try await page.browser.value("document.querySelector('.viewer-head a').hidden") == true)
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

            // Pictures go together, and what cannot be in their album goes by itself.
            try await page.browser.choose(
                files: [paths[0], paths[2], paths[1]], in: ".composer input[type=file]")
            try await page.browser.click(named: "Send", in: "dialog[open]")
            let mixed = [
                try await page.bot.next("message"), try await page.bot.next("message"),
                try await page.bot.next("message"),
            ]
            let documents = mixed.filter { $0["document"] != nil }
            let pictures = mixed.filter { $0["photo"] != nil }
            #expect(documents.count == 1 && documents[0]["media_group_id"] == nil)
            #expect(pictures.count == 2 && pictures[0]["media_group_id"] != nil)
            #expect(pictures.first?["media_group_id"] == pictures.last?["media_group_id"])
        }
    }
}
