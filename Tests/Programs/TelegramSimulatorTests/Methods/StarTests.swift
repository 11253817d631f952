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
}
