import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ShippingTests {
    private func invoice(_ stage: Stage) async throws -> Int64 {
        let sent = try await stage.call(
            "sendInvoice",
            #"{"chat_id":501,"title":"T","description":"D","payload":"p","currency":"EUR","provider_token":"x:TEST:y","prices":[{"label":"x","amount":1000}],"is_flexible":true,"need_shipping_address":true}"#
        )
        return sent.result["message_id"]?.integer ?? 0
    }

    @Test func `goods are paid with the way they are sent`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await invoice(stage)
            try await stage.act(
                "pay",
                #"{"user":501,"chat":7001,"message":\#(id),"address":{"country_code":"FR","city":"Paris"}}"#)
            let asked = try #require(try await stage.updates().last?["shipping_query"])
            #expect(asked["invoice_payload"]?.string == "p")
            #expect(asked["shipping_address"]?["city"]?.string == "Paris")
            let query = asked["id"]?.string ?? ""
            let none = try await stage.call(
                "answerShippingQuery", #"{"shipping_query_id":"\#(query)","ok":true,"shipping_options":[]}"#)
            #expect(none.description == "Bad Request: there must be at least one shipping option")
            let options = #"[{"id":"fast","title":"Fast","prices":[{"label":"post","amount":250}]}]"#
            let offered = try await stage.call(
                "answerShippingQuery", #"{"shipping_query_id":"\#(query)","ok":true,"shipping_options":\#(options)}"#)
            #expect(offered.result == .bool(true))
            try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id),"shipping_option":"fast"}"#)
            let checkout = try #require(try await stage.updates().last?["pre_checkout_query"])
            #expect(checkout["total_amount"]?.integer == 1250)
            #expect(checkout["shipping_option_id"]?.string == "fast")
            _ = try await stage.call(
                "answerPreCheckoutQuery",
                #"{"pre_checkout_query_id":"\#(checkout["id"]?.string ?? "")","ok":true}"#)
            let paid = try #require(try await stage.updates().last?["message"]?["successful_payment"])
            #expect(paid["total_amount"]?.integer == 1250)
            #expect(paid["shipping_option_id"]?.string == "fast")
        }
    }

    @Test func `a bot that cannot send there says why`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await invoice(stage)
            let asked = try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)
            let query = asked["query"]?.string ?? ""
            let silent = try await stage.call(
                "answerShippingQuery", #"{"shipping_query_id":"\#(query)","ok":false}"#)
            #expect(silent.description == "Bad Request: parameter \"error_message\" is required")
            let refused = try await stage.call(
                "answerShippingQuery", #"{"shipping_query_id":"\#(query)","ok":false,"error_message":"too far"}"#)
            #expect(refused.result == .bool(true))
            let twice = try await stage.call(
                "answerShippingQuery", #"{"shipping_query_id":"\#(query)","ok":false,"error_message":"too far"}"#)
            #expect(twice.status == 400)
            await #expect(throws: Stage.Refused.self) {
                try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id),"shipping_option":"fast"}"#)
            }
        }
    }
}
