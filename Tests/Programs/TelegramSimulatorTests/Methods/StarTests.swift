import HTTP
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct StarTests {
    /// Pays the bill behind a link; answers the payment.
    private func pay(_ stage: Stage, _ amount: Int, _ more: String = "") async throws -> JSONNode {
        let link = try await stage.call(
            "createInvoiceLink",
            #"{"title":"T","description":"D","payload":"p\#(amount)","currency":"XTR","prices":[{"label":"x","amount":\#(amount)}]\#(more)}"#
        )
        let slug = link.result.string?.split(separator: "$").last.map(String.init) ?? ""
        let asked = try await stage.act("pay", #"{"user":501,"slug":"\#(slug)"}"#)
        let query = asked["query"]?.string ?? ""
        _ = try await stage.call("answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(query)","ok":true}"#)
        return try #require(try await stage.updates().last?["message"]?["successful_payment"])
    }

    @Test func `what came and what went back is listed in order`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let first = try await pay(stage, 5)
            _ = try await pay(stage, 7)
            let charge = first["telegram_payment_charge_id"]?.string ?? ""
            stage.time.advance(by: .seconds(10))
            _ = try await stage.call(
                "refundStarPayment", #"{"user_id":501,"telegram_payment_charge_id":"\#(charge)"}"#)
            let list = try await stage.call("getStarTransactions").result["transactions"]?.array ?? []
            #expect(list.map { $0["amount"]?.integer } == [5, 7, 5])
            #expect(list[0]["id"]?.string == charge && list[2]["id"]?.string == charge)
            #expect(list[0]["source"]?["invoice_payload"]?.string == "p5")
            #expect(list[2]["receiver"]?["user"]?["id"]?.integer == 501)
            #expect(list[2]["source"] == nil)
            let page = try await stage.call("getStarTransactions", #"{"offset":1,"limit":1}"#)
            #expect(page.result["transactions"]?.array?.compactMap { $0["amount"]?.integer } == [7])
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 7)
        }
    }

    @Test func `a subscription is paid for a month`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let payment = try await pay(stage, 5, #","subscription_period":2592000"#)
            #expect(payment["subscription_expiration_date"]?.integer == stage.time.now.seconds + 2_592_000)
            #expect(payment["is_recurring"] == .bool(true) && payment["is_first_recurring"] == .bool(true))
            let list = try await stage.call("getStarTransactions").result["transactions"]?.array
            #expect(list?.first?["source"]?["subscription_period"]?.integer == 2_592_000)
        }
    }

    @Test func `who pays for a broadcast is not held to thirty a second`() {
        var limiter = FloodLimiter()
        limiter.profile = .realistic
        for user in 1...30 {
            let wait = limiter.take(bot: 1, chat: .dialog(bot: 1, user: Int64(user)), isGroup: false, now: 0)
            #expect(wait == nil)
        }
        let next = ChatKey.dialog(bot: 1, user: 31)
        let free = limiter.take(bot: 1, chat: next, isGroup: false, now: 0)
        #expect(free == 1)
        let paid = limiter.take(bot: 1, chat: next, isGroup: false, isPaid: true, now: 0)
        #expect(paid == nil)
    }

    private func invoice(_ stage: Stage, _ fields: String) async throws -> Stage.Reply {
        try await stage.call(
            "sendInvoice",
            #"{"chat_id":501,"title":"T","description":"D","payload":"p","prices":[{"label":"x","amount":500}],\#(fields)}"#
        )
    }

    @Test func `only Stars are given back`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await invoice(stage, #""currency":"EUR","provider_token":"x:TEST:y""#)
            let id = sent.result["message_id"]?.integer ?? 0
            let asked = try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)
            _ = try await stage.call(
                "answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(asked["query"]?.string ?? "")","ok":true}"#)
            let paid = try #require(try await stage.updates().last?["message"]?["successful_payment"])
            let charge = paid["telegram_payment_charge_id"]?.string ?? ""
            let refund = try await stage.call(
                "refundStarPayment", #"{"user_id":501,"telegram_payment_charge_id":"\#(charge)"}"#)
            #expect(refund.description == "Bad Request: CHARGE_NOT_FOUND")
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 0)
        }
    }

    @Test func `who pays with Stars is asked for nothing else`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await invoice(
                stage,
                #""currency":"XTR","is_flexible":true,"need_shipping_address":true,"need_name":true,"need_email":true"#)
            let id = sent.result["message_id"]?.integer ?? 0
            try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)
            let update = try await stage.updates().last
            #expect(update?["shipping_query"] == nil)
            #expect(update?["pre_checkout_query"] != nil && update?["pre_checkout_query"]?["order_info"] == nil)
        }
    }

    @Test(
        arguments: [
            (#""currency":"XTR","max_tip_amount":5"#, "STARS_INVOICE_INVALID"),
            (#""currency":"XYZ","provider_token":"x""#, "CURRENCY_INVALID"),
            (#""currency":"uah","provider_token":"x""#, nil),
            (
                #""currency":"EUR","provider_token":"x","max_tip_amount":500,"suggested_tip_amounts":[300,200]"#,
                "SUGGESTED_TIP_AMOUNTS_INVALID"
            ),
            (
                #""currency":"EUR","provider_token":"x","max_tip_amount":500,"suggested_tip_amounts":[200,200]"#,
                "SUGGESTED_TIP_AMOUNTS_INVALID"
            ),
            (#""currency":"EUR","provider_token":"x","max_tip_amount":500,"suggested_tip_amounts":[200,300]"#, nil),
        ] as [(String, String?)])
    func `money and tips are those that the service knows`(fields: String, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            #expect(try await invoice(stage, fields).description == reason.map { "Bad Request: \($0)" })
        }
    }

    @Test func `what paid media earn in a channel is the channel's`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            try await stage.act(
                "promote", #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator"}"#)
            func buy(_ chat: Int64, _ seen: Int64, _ more: String) async throws {
                let sent = try await stage.send(
                    "sendPaidMedia",
                    [
                        .field("chat_id", "\(chat)"), .field("star_count", "25"), .field("payload", more),
                        .field("media", #"[{"type":"photo","media":"attach://p"}]"#),
                        MultipartPart(
                            name: "p", fileName: "p.jpg", content: .bytes(try MediaTests.picture(100, 100))),
                    ])
                let id = sent.result["message_id"]?.integer ?? 0
                try await stage.act("pay", #"{"user":501,"chat":\#(seen),"message":\#(id)}"#)
            }
            func told() async throws -> Int {
                try await stage.updates().count { $0["purchased_paid_media"] != nil }
            }
            func balance() async throws -> Int64? {
                try await stage.call("getMyStarBalance").result["amount"]?.integer
            }
            try await buy(Stage.channel, Stage.channel, "p")
            #expect(try await balance() == 0)
            #expect(try await told() == 0)
            #expect(try await stage.call("getStarTransactions").result["transactions"]?.array?.isEmpty == true)
            // Elsewhere it is the bot's, which is told where it left a word for itself.
            try await buy(Stage.alice, Stage.bot, "")
            #expect(try await balance() == 25)
            #expect(try await told() == 0)
            try await buy(Stage.alice, Stage.bot, "p")
            #expect(try await balance() == 50)
            #expect(try await told() == 1)
        }
    }
}
