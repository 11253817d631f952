import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct QueriesTests {
    private static let tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid"

    private func button(_ stage: Stage) async throws -> Int64 {
        let sent = try await stage.call(
            "sendMessage",
            #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"go"},{"text":"u","url":"https://e.org"}]]}}"#
        )
        return sent.result["message_id"]?.integer ?? 0
    }

    @Test func `a press asks the bot, once, for 150 seconds`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await button(stage)
            let pressed = try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"go"}"#)
            let query = try #require(pressed["query"]?.string)
            let update = try #require(try await stage.updates().last?["callback_query"])
            #expect(update["id"]?.string == query)
            #expect(update["data"]?.string == "go")
            #expect(update["message"]?["message_id"]?.integer == id)
            #expect(
                try await stage.call("answerCallbackQuery", #"{"callback_query_id":"\#(query)","text":"ok"}"#).status
                    == 200)
            #expect(
                try await stage.call("answerCallbackQuery", #"{"callback_query_id":"\#(query)"}"#).description
                    == Self.tooOld)
            let second = try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":0}"#)
            stage.time.advance(by: .seconds(150))
            let late = try await stage.call(
                "answerCallbackQuery", #"{"callback_query_id":"\#(second["query"]?.string ?? "")"}"#)
            #expect(late.description == Self.tooOld)
            #expect(try await stage.updates().isEmpty)
            let link = try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"row":0,"column":1}"#)
            #expect(link["url"]?.string == "https://e.org/")
        }
    }

    @Test func `a reply keyboard sends its text and goes when it is for one time`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"keyboard":[["Yes",{"text":"Phone","request_contact":true}]],"one_time_keyboard":true}}"#
            )
            let state = try await stage.view("state?user=501")
            let chat = state["chats"]?.array?.first { $0["id"]?.integer == 7001 }
            #expect(chat?["reply_keyboard"]?["rows"]?.array?.first?.array?.count == 2)
            let pressed = try await stage.act("press", #"{"user":501,"chat":7001,"row":0,"column":1}"#)
            #expect(pressed["message"]?["contact"]?["first_name"]?.string == "Alice")
            #expect(try await stage.updates().last?["message"]?["contact"]?["user_id"]?.integer == 501)
            await #expect(throws: Stage.Refused.self) {
                try await stage.act("press", #"{"user":501,"chat":7001,"row":0,"column":0}"#)
            }
        }
    }

    @Test func `inline mode goes from question to chosen result`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let asked = try await stage.act("inline", #"{"user":501,"bot":7001,"query":"cats","chat":-4001}"#)
            let id = try #require(asked["query"]?.string)
            let update = try #require(try await stage.updates().last?["inline_query"])
            #expect(update["query"]?.string == "cats")
            #expect(update["chat_type"]?.string == "group")
            let bad = try await stage.call(
                "answerInlineQuery", #"{"inline_query_id":"\#(id)","results":[{"type":"article","id":"1"}]}"#)
            #expect(bad.description?.hasPrefix("Bad Request: can't parse inline query result:") == true)
            let results =
                #"[{"type":"article","id":"r1","title":"T","input_message_content":{"message_text":"*hi*","parse_mode":"Markdown"},"reply_markup":{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}}]"#
            #expect(
                try await stage.call("answerInlineQuery", #"{"inline_query_id":"\#(id)","results":\#(results)}"#).status
                    == 200)
            let chosen = try await stage.act(
                "choose-inline", #"{"user":501,"query":"\#(id)","result":"r1","chat":-4001}"#)
            #expect(chosen["message"]?["text"]?.string == "hi")
            #expect(chosen["message"]?["via"]?["id"]?.integer == 7001)
            let reported = try #require(try await stage.updates().last?["chosen_inline_result"])
            let inline = try #require(reported["inline_message_id"]?.string)
            let edited = try await stage.call("editMessageText", #"{"inline_message_id":"\#(inline)","text":"edited"}"#)
            #expect(edited.result == .bool(true))
            let late = try await stage.act("inline", #"{"user":501,"bot":7001,"query":"x"}"#)
            stage.time.advance(by: .seconds(30))
            #expect(
                try await stage.call(
                    "answerInlineQuery", #"{"inline_query_id":"\#(late["query"]?.string ?? "")","results":[]}"#
                )
                .description == Self.tooOld)
        }
    }

    @Test func `Stars are paid after the bot agrees, and refunded once`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendInvoice",
                #"{"chat_id":501,"title":"T","description":"D","payload":"p1","currency":"XTR","prices":[{"label":"x","amount":50}]}"#
            )
            let id = sent.result["message_id"]?.integer ?? 0
            #expect(sent.result["invoice"]?["total_amount"]?.integer == 50)
            try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)
            let query = try #require(try await stage.updates().last?["pre_checkout_query"])
            #expect(query["invoice_payload"]?.string == "p1")
            #expect(
                try await stage.call(
                    "answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(query["id"]?.string ?? "")","ok":true}"#
                )
                .status == 200)
            let paid = try #require(try await stage.updates().last?["message"]?["successful_payment"])
            let charge = paid["telegram_payment_charge_id"]?.string ?? ""
            #expect(try await stage.call("getMyStarBalance").result["amount"]?.integer == 50)
            let refund = #"{"user_id":501,"telegram_payment_charge_id":"\#(charge)"}"#
            #expect(try await stage.call("refundStarPayment", refund).status == 200)
            #expect(
                try await stage.call("refundStarPayment", refund).description == "Bad Request: CHARGE_ALREADY_REFUNDED")
            #expect(try await stage.updates().last?["message"]?["refunded_payment"]?["total_amount"]?.integer == 50)
        }
    }

    @Test(arguments: [
        (#""currency":"XTR","prices":[{"label":"a","amount":1},{"label":"b","amount":1}]"#, "STARS_INVOICE_INVALID"),
        (#""currency":"USD","prices":[{"label":"a","amount":100}]"#, "PAYMENT_PROVIDER_INVALID"),
        (#""currency":"US","prices":[{"label":"a","amount":100}]"#, "CURRENCY_INVALID"),
        (#""currency":"XTR","prices":[]"#, "there must be at least one price"),
        (#""currency":"XTR","prices":7"#, "expected an Array of labeled prices"),
        (#""currency":"XTR","prices":"{""#, "can't parse prices JSON object"),
        (
            #""currency":"XTR","prices":[{"label":"","amount":1}]"#,
            "can't parse labeled price: LabeledPrice label must be non-empty"
        ),
    ])
    func `a bill with a fault is refused`(rest: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(
                "sendInvoice", #"{"chat_id":501,"title":"T","description":"D","payload":"p",\#(rest)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test func `a pre-checkout query waits ten seconds`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendInvoice",
                #"{"chat_id":501,"title":"T","description":"D","payload":"p1","currency":"XTR","prices":[{"label":"x","amount":5}]}"#
            )
            let asked = try await stage.act(
                "pay", #"{"user":501,"chat":7001,"message":\#(sent.result["message_id"]?.integer ?? 0)}"#)
            stage.time.advance(by: .seconds(10))
            let late = try await stage.call(
                "answerPreCheckoutQuery", #"{"pre_checkout_query_id":"\#(asked["query"]?.string ?? "")","ok":true}"#)
            #expect(late.description == Self.tooOld)
        }
    }

    @Test func `a poll counts votes, tells the bot and can be stopped`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendPoll", #"{"chat_id":501,"question":"Q?","options":["a",{"text":"b"}],"is_anonymous":false}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let voted = try await stage.act("vote", #"{"user":501,"chat":7001,"message":\#(id),"options":[1]}"#)
            #expect(voted["message"]?["poll"]?["options"]?.array?[1]["votes"]?.integer == 1)
            let updates = try await stage.updates()
            #expect(updates.contains { $0["poll_answer"]?["option_ids"] == .array([.number("1")]) })
            #expect(updates.contains { $0["poll"]?["total_voter_count"]?.integer == 1 })
            let stopped = try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(id)}"#)
            #expect(stopped.result["is_closed"] == .bool(true))
            #expect(
                try await stage.call("stopPoll", #"{"chat_id":501,"message_id":1}"#).description
                    == "Bad Request: message is not a poll")
            #expect(
                try await stage.call("stopPoll", #"{"chat_id":501,"message_id":999}"#).description
                    == "Bad Request: message with poll to stop not found")
            #expect(
                try await stage.call("sendPoll", #"{"chat_id":501,"question":"Q","options":["a"],"type":"odd"}"#)
                    .description
                    == "Bad Request: unsupported poll type specified")
        }
    }

    @Test func `reactions reach the bot only when it asks for them`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await stage.say("hi")
            let heart = try await stage.call(
                "setMessageReaction", #"{"chat_id":501,"message_id":\#(id),"reaction":[{"type":"emoji","emoji":"❤️"}]}"#)
            #expect(heart.status == 200)
            let odd = try await stage.call(
                "setMessageReaction", #"{"chat_id":501,"message_id":\#(id),"reaction":[{"type":"emoji","emoji":"🐌"}]}"#)
            #expect(odd.description == "Bad Request: REACTION_INVALID")
            try await stage.act("react", #"{"user":501,"chat":7001,"message":\#(id),"emoji":"👍"}"#)
            #expect(try await stage.updates().allSatisfy { $0["message_reaction"] == nil })
            _ = try await stage.updates(#"{"allowed_updates":["message","message_reaction"]}"#)
            try await stage.act("react", #"{"user":501,"chat":7001,"message":\#(id),"emoji":"🔥"}"#)
            let update = try #require(try await stage.updates().last?["message_reaction"])
            #expect(update["old_reaction"]?.array?.first?["emoji"]?.string == "👍")
            #expect(update["new_reaction"]?.array?.first?["emoji"]?.string == "🔥")
        }
    }

    @Test func `what a person sends through a bot reaches the bot with its keyboard`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let asked = try await stage.act("inline", #"{"user":501,"bot":7001,"query":"x"}"#)
            let query = asked["query"]?.string ?? ""
            _ = try await stage.call(
                "answerInlineQuery",
                #"{"inline_query_id":"\#(query)","results":[{"type":"article","id":"1","title":"T","input_message_content":{"message_text":"hi"},"reply_markup":{"inline_keyboard":[[{"text":"go","callback_data":"g"}]]}}]}"#
            )
            try await stage.act("choose-inline", #"{"user":501,"query":"\#(query)","result":"1","chat":7001}"#)
            let message = try await stage.updates().compactMap { $0["message"] }.last
            #expect(message?["via_bot"]?["id"]?.integer == Stage.bot)
            let button = message?["reply_markup"]?["inline_keyboard"]?.array?.first?.array?.first
            #expect(button?["callback_data"]?.string == "g")
        }
    }
}
