import HTTP
import HTTPClient
import JSON
import Support
import Testing

extension PageTests {
    @Test func `a bill is paid with a tip, an address and a way of shipping`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.call(
                "sendInvoice",
                [
                    "chat_id": .integer(PageStory.alice), "title": "Apples", "description": "A box of them",
                    "payload": "box", "currency": "EUR", "provider_token": "x",
                    "prices": [["label": "Box", "amount": 1000]], "max_tip_amount": 500,
                    "suggested_tip_amounts": [100, 200], "need_name": true, "need_shipping_address": true,
                    "is_flexible": true,
                ])
            try await page.seen("Apples")
            try await page.browser.click(".inline-button")
            try await page.browser.click(".pay-fields input[type=number]")
            try await page.browser.type("3")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .pay-price')?.innerText.includes('13.00')")
            try await page.browser.click(".pay-tip:nth-child(2)")
            #expect(try await page.browser.value("document.querySelector('.pay-fields input').value") == "2.00")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .pay-price')?.innerText.includes('12')")
            // Nothing is sent before the fields are filled.
            try await page.browser.click("dialog[open] .button.primary")
            try await page.browser.wait(for: "document.querySelector('dialog[open] input[autocomplete=name]:invalid')")
            try await page.browser.run(
                """
                document.querySelector('dialog[open] input[autocomplete=name]').value = 'Alice'
                document.querySelector('dialog[open] input[autocomplete=street-address]').value = 'Lindenallee 1'
                """)
            try await page.browser.click("dialog[open] .button.primary")
            let shipping = try await page.bot.next("shipping_query")
            #expect(shipping["shipping_address"]?["street_line1"] == "Lindenallee 1")
            try await page.bot.call(
                "answerShippingQuery",
                [
                    "shipping_query_id": shipping["id"] ?? "", "ok": true,
                    "shipping_options": [
                        ["id": "s", "title": "Snail", "prices": [["label": "Snail", "amount": 50]]],
                        ["id": "b", "title": "Bird", "prices": [["label": "Bird", "amount": 300]]],
                    ],
                ])
            try await page.browser.wait(for: "document.querySelectorAll('dialog[open] .pay-option').length === 2")
            try await page.browser.click("dialog[open] .pay-option:nth-child(2)")
            try await page.browser.click("dialog[open] .button.primary")
            let checkout = try await page.bot.next("pre_checkout_query")
            #expect(checkout["total_amount"] == 1500)
            #expect(checkout["shipping_option_id"] == "b")
            #expect(checkout["order_info"]?["name"] == "Alice")
            try await page.bot.call(
                "answerPreCheckoutQuery", ["pre_checkout_query_id": checkout["id"] ?? "", "ok": true])
            try await page.browser.wait(for: "document.querySelector('.invoice .paid')")
            #expect(try await page.bot.next("message")["successful_payment"]?["total_amount"] == 1500)
        }
    }

    @Test func `a picture for Stars is covered until it is paid`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.upload(
                "sendPaidMedia",
                [
                    .field("chat_id", "\(PageStory.alice)"), .field("star_count", "5"), .field("caption", "Look"),
                    .field("payload", "p"), .field("media", #"[{"type":"photo","media":"attach://a"}]"#),
                    .file("a", bytes: try RawBot.picture(width: 400, height: 300), fileName: "a.png"),
                ])
            try await page.seen("Look")
            try await page.browser.wait(
                for: "!document.querySelector('.tile') && document.querySelector('.paid-media')")
            // One click does not spend Stars.
            try await page.browser.click(".paid-media")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .pay-price')?.innerText.includes('5')")
            try await page.browser.click(named: "Cancel", in: "dialog[open]")
            #expect(try await page.browser.value("document.querySelector('.tile')") == .null)
            try await page.browser.click(".paid-media")
            try await page.browser.click(named: "Pay", in: "dialog[open]")
            try await page.browser.wait(for: "document.querySelector('.tile img.ready')")
            #expect(try await page.bot.next("purchased_paid_media")["from"]?["id"] == .integer(PageStory.alice))
        }
    }

    @Test func `what a bot refuses is said in the sheet, also that it says nothing, and one can try again`()
        async throws
    {
        try await PageStory.tell(time: ManualTime(now: SystemTime().now)) { page in
            try await page.openStarted()
            try await page.bot.call("sendInvoice", Self.stars)
            try await page.browser.click(".inline-button")
            try await page.browser.click("dialog[open] .button.primary")
            let first = try await page.bot.next("pre_checkout_query")
            try await page.bot.call(
                "answerPreCheckoutQuery",
                ["pre_checkout_query_id": first["id"] ?? "", "ok": false, "error_message": "Sold out"])
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .pay-problem')?.innerText === 'Sold out'")
            try await page.browser.click("dialog[open] .button.primary")
            let second = try await page.bot.next("pre_checkout_query")
            try await page.control("clock/advance", ["seconds": 10])
            try await page.browser.wait(
                for:
                    "document.querySelector('dialog[open] .pay-problem')?.innerText === 'The bot did not answer in time'"
            )
            await #expect(throws: RawBot.Refused.self) {
                try await page.bot.call(
                    "answerPreCheckoutQuery", ["pre_checkout_query_id": second["id"] ?? "", "ok": true])
            }
            try await page.browser.click(named: "Cancel", in: "dialog[open]")
            #expect(try await page.browser.value("document.querySelector('.invoice .paid')") == .null)
        }
    }

    @Test func `Stars that were paid and given back are shown with their receipts`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.call("sendInvoice", Self.stars)
            try await page.browser.click(".inline-button")
            try await page.browser.click("dialog[open] .button.primary")
            let checkout = try await page.bot.next("pre_checkout_query")
            try await page.bot.call(
                "answerPreCheckoutQuery", ["pre_checkout_query_id": checkout["id"] ?? "", "ok": true])
            let paid = try await page.bot.next("message")["successful_payment"]
            let charge = paid?["telegram_payment_charge_id"] ?? ""
            try await page.browser.click(named: "Alice paid 5 Stars", in: ".row.service")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open].receipt')?.innerText.includes(\(charge))")
            try await page.browser.click(named: "Close", in: "dialog[open] .dialog-actions")
            // The button that paid shows it, too.
            try await page.browser.click(named: "Receipt", in: ".inline-keyboard")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open].receipt')?.innerText.includes(\(charge))")
            try await page.browser.click(named: "Close", in: "dialog[open] .dialog-actions")
            try await page.bot.call("refundStarPayment", ["user_id": 501, "telegram_payment_charge_id": charge])
            try await page.browser.click(named: "5 Stars were refunded to Alice", in: ".row.service")
            try await page.browser.wait(
                for: "document.querySelector('dialog[open].receipt')?.innerText.includes('Refund')")
            #expect(try await page.bot.call("getMyStarBalance")["amount"] == 0)
        }
    }

    @Test func `a place that cannot be sent to is refused in the sheet`() async throws {
        try await PageStory.tell { page in
            try await page.openStarted()
            try await page.bot.call(
                "sendInvoice",
                [
                    "chat_id": 501, "title": "Apples", "description": "A box", "payload": "box", "currency": "EUR",
                    "provider_token": "x", "prices": [["label": "Box", "amount": 1000]], "need_shipping_address": true,
                    "is_flexible": true,
                ])
            try await page.browser.click(".inline-button")
            try await page.browser.click("dialog[open] input[autocomplete=street-address]")
            try await page.browser.type("The Moon 1\(WebDriver.Key.enter)")
            let shipping = try await page.bot.next("shipping_query")
            try await page.bot.call(
                "answerShippingQuery",
                ["shipping_query_id": shipping["id"] ?? "", "ok": false, "error_message": "Too far"])
            try await page.browser.wait(
                for: "document.querySelector('dialog[open] .pay-problem')?.innerText === 'Too far'")
        }
    }

    private static let stars: JSONValue = [
        "chat_id": 501, "title": "Star", "description": "One", "payload": "p", "currency": "XTR",
        "prices": [["label": "Star", "amount": 5]],
    ]
}
