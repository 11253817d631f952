import JSON
import Testing

extension PageTests {
    @Test func `on a phone the list and the conversation take turns`() async throws {
        try await PageStory.tell(width: 390, height: 844) { page in
            try await page.browser.resize(width: 390, height: 844, touch: true)
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            try await page.open(atList: true)
            let shown = { (selector: String) in
                try await page.browser.value(
                    "getComputedStyle(document.querySelector('\(selector)')).display !== 'none'") == true
            }
            #expect(try await shown(".side"))
            #expect(try await !shown(".conversation"))
            try await page.browser.click(chat: "Gallery")
            try await page.browser.wait(for: "document.querySelector('.app.in-chat .bubble')")
            #expect(try await !shown(".side"))
            #expect(try await shown(".conversation"))
            #expect(try await page.browser.value("document.documentElement.scrollWidth <= 390") == true)
            let small = try await page.browser.value(
                """
                [...document.querySelectorAll('button, a[href], input, textarea')].filter((each) => {
                  const box = each.getBoundingClientRect()
                  return box.width > 0 && !each.closest('.text') && (box.height < 32 || box.width < 24)
                }).map((each) => each.outerHTML.slice(0, 120))
                """)
            #expect(small == [])
            try await page.browser.click(named: "Back", in: ".head")
            try await page.browser.wait(for: "!document.querySelector('.app').classList.contains('in-chat')")
            #expect(try await shown(".side"))
        }
    }

    @Test(arguments: ["light", "dark"])
    func `texts can be read against what is behind them`(scheme: String) async throws {
        try await PageStory.tell { page in
            try await page.browser.emulate("prefers-color-scheme", scheme)
            try await page.openStarted()
            try await page.say("An answer with a https://example.org/ link")
            try await page.seen("An answer")
            let dark = try await page.browser.value(
                "getComputedStyle(document.querySelector('.side')).backgroundColor.match(/\\d+/g).map(Number)[0] < 100")
            #expect(dark == .bool(scheme == "dark"))
            let poor = try await page.browser.value(contrastBelow("4.5"))
            #expect(poor == [])
        }
    }

    @Test func `the theme can be chosen by hand and stays`() async throws {
        try await PageStory.tell { page in
            try await page.open(atList: true)
            for name in ["Theme: as the system", "Theme: light"] {
                try await page.browser.click(".me")
                try await page.browser.click(named: name, in: ".menu")
            }
            #expect(try await page.browser.value("document.documentElement.dataset.theme") == "dark")
            try await page.open(atList: true)
            #expect(try await page.browser.value("document.documentElement.dataset.theme") == "dark")
        }
    }

    @Test func `every control has a name, and dialogs and menus too`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.say(
                "Choose", ["reply_markup": ["inline_keyboard": [[["text": "A", "callback_data": "a"]]]]])
            try await page.seen("Choose")
            try await page.browser.click(named: "Inspector", in: ".head")
            #expect(try await page.browser.value(nameless) == [])
            #expect(try await page.browser.value("document.querySelectorAll('main').length") == 1)
            #expect(try await page.browser.value("document.querySelectorAll('nav[aria-label]').length") == 1)
            try await page.browser.click(named: "Chat info", in: ".head-tools")
            #expect(try await page.browser.value(nameless) == [])
            try await page.browser.type(WebDriver.Key.escape)
            try await page.browser.click(".me")
            try await page.browser.click(named: "New group or channel", in: ".menu")
            #expect(try await page.browser.value(nameless) == [])
        }
    }

    @Test func `everything goes by keyboard alone`() async throws {
        try await PageStory.tell { page in
            let key = WebDriver.Key.self
            try await page.control("start", ["user": 501, "bot": .integer(page.bot.id)])
            _ = try await page.bot.next("message")
            try await page.open(atList: true)
            try await page.browser.type("\(key.control)k")
            try await page.browser.type("gall\(key.down)\(key.enter)")
            try await page.seen("/start")
            try await page.browser.wait(for: "document.activeElement.matches('.composer textarea')")
            try await page.browser.type("by keyboard\(key.enter)")
            #expect(try await page.bot.next("message")["text"] == "by keyboard")
            try await page.say(
                "Press", ["reply_markup": ["inline_keyboard": [[["text": "Here", "callback_data": "h"]]]]])
            try await page.browser.wait(for: "document.querySelector('.inline-button')")
            try await page.browser.run("document.querySelector('.scroller').focus()")
            try await page.browser.wait(
                for:
                    "(document.activeElement.matches('.scroller') || true) && document.querySelector('.row.in:last-child .inline-button')"
            )
            try await page.browser.run("document.querySelector('.row.in:last-child').focus()")
            try await page.browser.type(key.tab)
            try await page.browser.wait(for: "document.activeElement.matches('.inline-button')")
            #expect(try await page.browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid")
            try await page.browser.type(key.enter)
            let query = try await page.bot.next("callback_query")
            try await page.browser.wait(forMoment: "document.querySelector('.toast')?.innerText === 'Done'") {
                try await page.bot.call(
                    "answerCallbackQuery", ["callback_query_id": query["id"] ?? "", "text": "Done"])
            }
            try await page.browser.type(key.escape)
            try await page.browser.type(key.escape)
            try await page.browser.wait(for: "!document.querySelector('.app').classList.contains('in-chat')")
        }
    }

    /// Controls that a screen reader would announce without a name.
    private var nameless: String {
        """
        [...document.querySelectorAll('button, a[href], input:not([hidden]), select, textarea, [role=button], dialog, aside, nav')]
          .filter((each) => each.getClientRects().length > 0)
          .filter((each) => !(each.getAttribute('aria-label') || each.getAttribute('aria-labelledby') || each.innerText?.trim()
            || each.labels?.length))
          .map((each) => each.outerHTML.slice(0, 150))
        """
    }

    /// Texts whose contrast with the nearest solid background is less than this.
    private func contrastBelow(_ least: String) -> String {
        """
        (() => {
          const parse = (text) => {
            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1)
            return [...canvas.getImageData(0, 0, 1, 1).data]
          }
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
          const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) }
          const behind = (element) => {
            for (let each = element; each; each = each.parentElement) {
              const style = getComputedStyle(each)
              if (style.backgroundImage !== 'none') return undefined
              const colour = parse(style.backgroundColor)
              if (colour[3] === 255) return colour
              if (colour[3] > 0) return undefined
            }
            return undefined
          }
          const poor = []
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
            if (!own || element.getClientRects().length === 0) continue
            const ground = behind(element)
            if (!ground) continue
            const found = ratio(parse(getComputedStyle(element).color), ground)
            if (found < \(least)) poor.push(`${element.className} ${element.textContent.slice(0, 30)} ${found.toFixed(2)}`)
          }
          return poor
        })()
        """
    }
}
