import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct InlineContentTests {
    /// What the bot hears of a result that Alice chose in her chat with it; the refusal of the answer where it is refused.
    private func chosen(_ result: String, _ stage: Stage) async throws -> (message: JSONNode?, refusal: String?) {
        let asked = try await stage.act("inline", #"{"user":501,"bot":7001,"query":"q"}"#)
        let id = try #require(asked["query"]?.string)
        let answer = try await stage.call(
            "answerInlineQuery", #"{"inline_query_id":"\#(id)","cache_time":0,"results":[\#(result)]}"#)
        guard answer.status == 200 else { return (nil, answer.description) }
        try await stage.act("choose-inline", #"{"user":501,"query":"\#(id)","result":"r","chat":7001}"#)
        return (try await stage.updates().compactMap { $0["message"] }.last, nil)
    }

    private func article(_ content: String, _ more: String = "") -> String {
        #"{"type":"article","id":"r","title":"T","input_message_content":{\#(content)}\#(more)}"#
    }

    @Test func `a result becomes the message that it describes`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let bill =
                #""title":"t","description":"d","payload":"p","currency":"XTR","prices":[{"label":"l","amount":5}]"#
            #expect(
                try await chosen(article(bill), stage).message?["invoice"]?["total_amount"]?.integer == 5)
            let game = try await chosen(#"{"type":"game","id":"r","game_short_name":"chess"}"#, stage).message
            #expect(game?["game"]?["title"]?.string == "chess")
            let text = #""message_text":"https://example.com","link_preview_options":{"is_disabled":true}"#
            #expect(
                try await chosen(article(text), stage).message?["link_preview_options"]?["is_disabled"] == .bool(true))
            let place = #""latitude":1,"longitude":2,"horizontal_accuracy":9.5"#
            #expect(
                try await chosen(article(place), stage).message?["location"]?["horizontal_accuracy"]?.double == 10)
            let live = try await chosen(article(place + #","live_period":60"#), stage).message?["location"]
            #expect(live?["live_period"]?.integer == 60)
            let contact = #""phone_number":"1","first_name":"A","vcard":"BEGIN:VCARD""#
            #expect(try await chosen(article(contact), stage).message?["contact"]?["vcard"]?.string == "BEGIN:VCARD")
        }
    }

    @Test func `a bill and a game of inline mode have their button`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await chosen(#"{"type":"game","id":"r","game_short_name":"chess"}"#, stage)
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array?.last
            #expect(seen?["keyboard"]?.array?.first?.array?.first?["kind"]?.string == "game")
        }
    }

    @Test func `an answer with what cannot be sent is refused at once`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let long = String(repeating: "x", count: 4097)
            let keys = { (button: String) in #","reply_markup":{"inline_keyboard":[[{"text":"a",\#(button)}]]}"# }
            let cases: [(String, String)] = [
                (article(#""message_text":"  ""#), "text must be non-empty"),
                (article(#""message_text":"\#(long)""#), "MESSAGE_TOO_LONG"),
                (article(#""latitude":91,"longitude":1"#), "invalid location specified"),
                (article(#""latitude":1,"longitude":1,"live_period":5"#), "wrong live location period specified"),
                (
                    article(
                        #""title":"t","description":"d","payload":"p","currency":"XTR","prices":[{"label":"l","amount":0}]"#
                    ), "total price must be positive"
                ),
                (article(#""message_text":"x""#, keys(#""web_app":{"url":"https://e.org"}"#)), "BUTTON_TYPE_INVALID"),
                (article(#""message_text":"x""#, keys(#""pay":true"#)), "BUTTON_TYPE_INVALID"),
                (
                    #"{"type":"game","id":"r","game_short_name":"chess"\#(keys(#""callback_data":"x""#))}"#,
                    "BUTTON_POS_INVALID"
                ),
            ]
            for (result, refusal) in cases {
                #expect(try await chosen(result, stage).refusal == "Bad Request: \(refusal)")
            }
        }
    }
}
