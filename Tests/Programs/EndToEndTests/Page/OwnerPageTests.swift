import JSON
import TelegramSimulator
import Testing

extension PageTests {
    @Test func `the owner signs in by a link, sees everything, and is out after signing out`() async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            let link = try await page.link()
            try await browser.open(String(link.prefix { $0 != "#" }))
            try await browser.wait(for: "document.querySelector('.login')?.innerText.includes('/dashboard')")
            try await browser.open("about:blank")
            try await browser.open(link)
            try await browser.wait(for: "document.querySelector('.app.ready') && document.querySelector('.upstream')")
            // The token is in no address that the browser remembers.
            #expect(try await browser.value("location.hash") == "")
            #expect(try await browser.value("document.cookie") == "")
            // Every part is there, with a sentence where it has nothing to show yet.
            #expect(try await browser.value("document.querySelectorAll('section.card h2').length") == 8)
            #expect(
                try await browser.value("document.querySelector('.card-votes .empty')?.innerText.length > 20") == true)
            #expect(
                try await browser.value("document.querySelector('.card-recent .empty')?.innerText.length > 20") == true)
            try await page.alice.say("/random", to: OwnerPageStory.bot)
            // News come by themselves.
            try await browser.wait(for: "document.querySelector('.photo img.loaded')?.naturalWidth > 0")
            try await browser.click(named: "Sign out")
            try await browser.wait(for: "document.querySelector('.login .notice')?.innerText === 'You are signed out.'")
            try await browser.open("about:blank")
            try await browser.open(link)
            try await browser.wait(for: "document.querySelector('.login .notice')?.innerText.includes('used already')")
            // The refusal is the server's answer, which the browser notes as an error.
            _ = try await browser.consoleErrors()
        }
    }

    @Test func `votes are drawn, read out by arrow keys, and listed in a table`() async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            try await page.fillIn()
            try await page.signIn()
            try await browser.wait(for: "document.querySelectorAll('.plot path.up').length > 5")
            #expect(try await browser.value("document.querySelectorAll('.plot path.down').length > 2") == true)
            #expect(
                try await browser.value("document.querySelector('.plot svg desc')?.textContent.includes('liked')")
                    == true)
            try await browser.run("document.querySelector('.plot').focus()")
            try await browser.type(WebDriver.Key.left)
            let before = try await browser.value("document.querySelector('.plot-reading')?.innerText")
            try await browser.type(WebDriver.Key.left)
            #expect(try await browser.value("document.querySelector('.plot-reading')?.innerText") != before)
            try await browser.click(".plot-table summary")
            let rows = "document.querySelectorAll('.plot-table tbody tr').length"
            try await browser.wait(for: "\(rows) > 5")
            try await browser.click(named: "1 year")
            try await browser.wait(for: "document.querySelectorAll('.column').length === 53")
            #expect(try await browser.value("document.querySelectorAll('.gallery-list li').length") == 2)
        }
    }

    @Test func `names of photos, galleries and people stay text on the owner's page`() async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            try await page.fillIn()
            try await page.signIn()
            try await browser.wait(for: "document.querySelectorAll('.photo img.loaded').length >= 6")
            for part in ["recent", "galleries", "people"] {
                let text = "document.querySelector('.card-\(part)')?.innerText.includes('<script>')"
                #expect(try await browser.value(text) == true, "\(part)")
            }
            #expect(try await browser.value("window.hacked === undefined") == true)
            #expect(try await browser.value("document.querySelectorAll('body script, img[onerror]').length") == 0)
        }
    }

    @Test func `a chat's schedules are paused with a button and go on`() async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            try await page.signIn()
            try await browser.click("[data-key=\"pause-chats/501\"]")
            try await browser.wait(for: "document.querySelector('.badge.warn')?.innerText === 'Paused'")
            // The button that was pressed keeps the focus.
            #expect(try await browser.value("document.activeElement.dataset.key") == "pause-chats/501")
            try await browser.click("[data-key=\"pause-chats/501\"]")
            try await browser.wait(for: "!document.querySelector('.badge.warn')")
        }
    }

    @Test(arguments: [360, 768, 1400])
    func `the owner's page fits its window, in light and in dark`(_ width: Int) async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            try await page.fillIn()
            try await browser.resize(width: width, height: 800, touch: width < 500)
            try await page.signIn()
            try await browser.wait(for: "document.querySelector('.plot svg')")
            #expect(try await browser.value("document.documentElement.scrollWidth <= innerWidth") == true)
            // Nothing that is pressed is smaller than a finger.
            let small =
                "[...document.querySelectorAll('button, select')].filter((e) => e.getBoundingClientRect().height < 44)"
            #expect(try await browser.value("\(small).length") == 0)
            let colour = "getComputedStyle(document.body).backgroundColor"
            let light = try await browser.value(colour)
            try await browser.emulate("prefers-color-scheme", "dark")
            #expect(try await browser.value(colour) != light)
        }
    }

    @Test func `the owner's page speaks Russian when asked to, and remembers it`() async throws {
        try await OwnerPageStory.tell { page in
            let browser = page.browser
            try await page.signIn()
            #expect(try await browser.value("document.documentElement.lang") == "en")
            try await browser.run(
                "const s = document.querySelector('.page-head select'); s.value = 'ru'; s.dispatchEvent(new Event('change'))"
            )
            try await browser.wait(for: "document.querySelector('.card-schedules h2')?.innerText === 'Расписания'")
            #expect(try await browser.value("document.documentElement.lang") == "ru")
            try await browser.run("location.reload()")
            try await browser.wait(for: "document.querySelector('.app.ready .card-votes h2')?.innerText === 'Голоса'")
            #expect(
                try await browser.value(
                    "[...document.querySelectorAll('h2, dt, button')].every((e) => /[а-яё]|Telegram|Stash/i.test(e.innerText))"
                )
                    == true)
        }
    }
}
