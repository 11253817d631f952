import HTTP
import JSON
import Testing

extension PageTests {
    @Test func `a Mini App behind a button knows who opened it, and its buttons, popups and theme work`() async throws {
        try await PageStory.tell { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.openStarted()
                try await page.say(
                    "Shop",
                    [
                        "reply_markup": [
                            "inline_keyboard": [[["text": "Open shop", "web_app": ["url": .string(app.address)]]]]
                        ]
                    ])
                try await page.browser.click(named: "Open shop", in: ".inline-keyboard")
                let user = try await page.appSees("Telegram.WebApp.initDataUnsafe.user")
                #expect(user["id"] == 501)
                #expect(user["first_name"] == "Alice")
                #expect(try await page.appSees("Telegram.WebApp.initDataUnsafe.hash?.length === 64") == true)
                #expect(try await page.appSees("Telegram.WebApp.initDataUnsafe.query_id") != .null)
                try await page.appSees("Telegram.WebApp.themeParams.bg_color === '#ffffff'")
                try await page.appSees("Telegram.WebApp.viewportHeight > 300")

                try await page.appRuns(
                    """
                    window.log = []
                    app.ready(); app.expand()
                    app.MainButton.setParams({ text: 'Buy', color: '#ff0000' }).show().onClick(() => window.log.push('main'))
                    app.SecondaryButton.setText('Later').show().onClick(() => window.log.push('secondary'))
                    app.BackButton.show().onClick(() => { window.log.push('back'); app.BackButton.hide() })
                    app.onEvent('themeChanged', () => window.log.push(app.colorScheme))
                    app.HapticFeedback.impactOccurred('heavy')
                    """)
                try await page.browser.wait(for: "document.querySelector('.app-window.ready.expanded')")
                try await page.browser.wait(
                    for: "document.querySelector('.app-window').dataset.haptic === 'impact heavy'")
                try await page.appSees("Telegram.WebApp.isExpanded")
                try await page.browser.click(named: "Buy", in: ".app-window")
                try await page.browser.click(named: "Later", in: ".app-window")
                try await page.browser.click(named: "Back", in: ".app-window")
                try await page.appSees("window.log.join() === 'main,secondary,back'")
                try await page.browser.emulate("prefers-color-scheme", "dark")
                try await page.appSees("window.log.at(-1) === 'dark'")

                try await page.appRuns(
                    """
                    app.showPopup({ title: 'Sure?', message: 'It is red.', buttons: [{ id: 'yes', type: 'default', text: 'Of course' }, { type: 'cancel' }] },
                      (id) => window.log.push(`popup ${id}`))
                    """)
                try await page.browser.click(named: "Of course", in: "dialog[open]")
                try await page.appSees("window.log.at(-1) === 'popup yes'")
                try await page.appRuns("app.showAlert('Done', () => window.log.push('alert'))")
                try await page.browser.wait(
                    for: "document.querySelector('dialog[open] .alert-text')?.innerText === 'Done'")
                try await page.browser.type(WebDriver.Key.escape)
                try await page.appSees("window.log.at(-1) === 'alert'")

                try await page.appRuns(
                    """
                    app.CloudStorage.setItem('colour', 'red', (error, done) => app.CloudStorage.getItem('colour', (e, value) =>
                      window.log.push(`${done} ${value}`)))
                    """)
                try await page.appSees("window.log.at(-1) === 'true red'")
                try await page.appRuns(
                    "app.DeviceStorage.setItem('a', '1', () => app.DeviceStorage.getItem('a', (e, value) => window.log.push(`kept ${value}`)))"
                )
                try await page.appSees("window.log.at(-1) === 'kept 1'")
                try await page.appRuns("app.enableClosingConfirmation()")
                try await page.browser.click(named: "Close", in: ".app-window")
                try await page.browser.click(named: "Close", in: "dialog[open] .dialog-actions")
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
            }
        }
    }

    @Test func `an app stands beside the chat, and Escape closes it and brings the focus back`() async throws {
        try await PageStory.tell(width: 1280, height: 800) { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.openStarted()
                try await page.say(
                    "Shop",
                    [
                        "reply_markup": [
                            "inline_keyboard": [[["text": "Open shop", "web_app": ["url": .string(app.address)]]]]
                        ]
                    ])
                try await page.browser.click(named: "Open shop", in: ".inline-keyboard")
                try await page.appSees("document.querySelector('#log')?.innerText === 'here'")
                let apart = try await page.browser.value(
                    """
                    document.querySelector('.composer-box').getBoundingClientRect().right
                      <= document.querySelector('.app-window').getBoundingClientRect().left
                    """)
                #expect(apart == true)
                try await page.browser.run("document.querySelector('.app-head .icon-button:last-child').focus()")
                try await page.browser.type(WebDriver.Key.escape)
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
                #expect(try await page.browser.value("document.activeElement.innerText") == "Open shop")
                #expect(try await page.browser.value("document.querySelector('.head-title').innerText") == "Gallery")
            }
        }
    }

    @Test func `an app behind a key of the keyboard sends data, which closes it`() async throws {
        try await PageStory.tell { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.openStarted()
                try await page.say(
                    "Pick",
                    ["reply_markup": ["keyboard": [[["text": "Colours", "web_app": ["url": .string(app.address)]]]]]])
                try await page.browser.click(named: "Colours", in: ".reply-keyboard")
                try await page.appSees("Telegram.WebApp.initData === ''")
                try await page.appRuns("app.sendData('#ff00aa')")
                let data = try await page.bot.next("message")["web_app_data"]
                #expect(data?["data"] == "#ff00aa")
                #expect(data?["button_text"] == "Colours")
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
                try await page.browser.wait(
                    for: "document.querySelector('.row.service:last-of-type')?.innerText.includes('Colours')")
            }
        }
    }

    @Test func `an app asks to write, for a contact, for a bill, and answers in the person's name`() async throws {
        try await PageStory.tell { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.bot.call(
                    "setChatMenuButton",
                    ["menu_button": ["type": "web_app", "text": "Shop", "web_app": ["url": .string(app.address)]]])
                try await page.openStarted()
                try await page.browser.click(named: "Shop", in: ".composer")
                let query = try await page.appSees("Telegram.WebApp.initDataUnsafe.query_id")
                try await page.appRuns(
                    """
                    window.log = []
                    app.requestWriteAccess((allowed) => window.log.push(`write ${allowed}`))
                    """)
                try await page.browser.click(named: "Allow", in: "dialog[open]")
                try await page.appSees("window.log.at(-1) === 'write true'")
                try await page.appRuns(
                    "app.requestContact((sent, answer) => window.log.push(`contact ${sent} ${answer.responseUnsafe?.contact?.user_id}`))"
                )
                try await page.browser.click(named: "Share", in: "dialog[open]")
                #expect(try await page.bot.next("message")["contact"]?["user_id"] == 501)
                try await page.appSees("window.log.at(-1) === 'contact true 501'")

                let link = try await page.bot.call(
                    "createInvoiceLink",
                    [
                        "title": "Star", "description": "One", "payload": "linked", "currency": "XTR",
                        "prices": [["label": "Star", "amount": 3]],
                    ])
                try await page.appRuns("app.openInvoice(\(link), (status) => window.log.push(`invoice ${status}`))")
                try await page.browser.click("dialog[open] .button.primary")
                let checkout = try await page.bot.next("pre_checkout_query")
                #expect(checkout["invoice_payload"] == "linked")
                try await page.bot.call(
                    "answerPreCheckoutQuery", ["pre_checkout_query_id": checkout["id"] ?? "", "ok": true])
                #expect(try await page.bot.next("message")["successful_payment"]?["total_amount"] == 3)
                try await page.appSees("window.log.at(-1) === 'invoice paid'")

                let sent = try await page.bot.call(
                    "answerWebAppQuery",
                    [
                        "web_app_query_id": query,
                        "result": [
                            "type": "article", "id": "1", "title": "Order",
                            "input_message_content": ["message_text": "Ordered: a star"],
                        ],
                    ])
                #expect(sent.objectValue != nil)
                try await page.seen("Ordered: a star")
                try await page.browser.wait(for: "document.querySelector('.row.out .via')")
                await #expect(throws: RawBot.Refused.self) {
                    try await page.bot.call(
                        "answerWebAppQuery",
                        [
                            "web_app_query_id": query,
                            "result": [
                                "type": "article", "id": "1", "title": "x",
                                "input_message_content": ["message_text": "again"],
                            ],
                        ])
                }
                try await page.appRuns("app.close()")
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
            }
        }
    }

    @Test func `an app begins an inline query, and its link carries a start parameter`() async throws {
        try await PageStory.tell { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.control(
                    "bots",
                    [
                        "token": .string(page.bot.token), "first_name": "Gallery", "username": "gallery_bot",
                        "main_app": .string(app.address),
                    ])
                try await page.openStarted()
                try await page.say("See https://t.me/gallery_bot?startapp=album-7")
                try await page.browser.click(".in .bubble .text .text-link")
                try await page.appSees("Telegram.WebApp.initDataUnsafe.start_param === 'album-7'")
                try await page.appSees("location.search === '?tgWebAppStartParam=album-7'")
                try await page.appRuns("app.switchInlineQuery('lakes')")
                try await page.browser.wait(
                    for: "document.querySelector('.composer textarea')?.value === '@gallery_bot lakes'")
                #expect(try await page.bot.next("inline_query")["query"] == "lakes")
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
            }
        }
    }

    @Test func `a game opens in a frame of its own`() async throws {
        try await PageStory.tell { page in
            try await MiniApp.serve(script: "\(page.base)/js/telegram-web-app.js") { app in
                try await page.openStarted()
                try await page.bot.call("sendGame", ["chat_id": 501, "game_short_name": "worm"])
                try await page.browser.click(".inline-button")
                let press = try await page.bot.next("callback_query")
                #expect(press["game_short_name"] == "worm")
                try await page.bot.call(
                    "answerCallbackQuery", ["callback_query_id": press["id"] ?? "", "url": .string(app.address)])
                try await page.appSees("document.querySelector('#log')?.innerText === 'here'")
                try await page.browser.click(named: "Close", in: ".app-window")
                try await page.browser.wait(for: "!document.querySelector('.app-window')")
            }
        }
    }
}
