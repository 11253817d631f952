import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct KeyboardRulesTests {
    private static let app = #"{"inline_keyboard":[[{"text":"a","web_app":{"url":"https://e.org"}}]]}"#
    private static let pay = #"{"inline_keyboard":[[{"text":"a","pay":true}]]}"#
    private static let game = #"{"inline_keyboard":[[{"text":"a","callback_game":{}}]]}"#
    private static let plain = #"{"inline_keyboard":[[{"text":"a","callback_data":"a"}]]}"#
    private static let noUse = "because a user will not be able to use the button without knowing bot's username"

    @Test(arguments: [
        (#"{"keyboard":[["a"]]}"#, "inline keyboard expected"),
        (#"{"remove_keyboard":true}"#, "inline keyboard expected"),
        (#"{"force_reply":true}"#, "inline keyboard expected"),
        (
            #"{"inline_keyboard":[[{"text":"a","switch_inline_query":"x"}]]}"#,
            "can't use switch_inline_query in a channel chat, \(noUse)"
        ),
        (
            #"{"inline_keyboard":[[{"text":"a","switch_inline_query_current_chat":"x"}]]}"#,
            "can't use switch_inline_query_current_chat in a channel chat, \(noUse)"
        ),
        (app, "BUTTON_TYPE_INVALID"),
    ])
    func `a post of a channel has buttons that everybody can use`(markup: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.act("invite", #"{"user":501,"chat":\#(Stage.channel),"member":7001}"#)
            try await stage.act(
                "promote", #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator"}"#)
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":\#(Stage.channel),"text":"x","reply_markup":\#(markup)}"#)
            #expect(sent.description == "Bad Request: \(reason)")
            let fine = try await stage.call(
                "sendMessage", #"{"chat_id":\#(Stage.channel),"text":"x","reply_markup":\#(Self.plain)}"#)
            #expect(fine.status == 200)
        }
    }

    @Test func `Mini Apps open from buttons in private chats`() async throws {
        try await GroupStage.run { group in
            let refusal = "Bad Request: BUTTON_TYPE_INVALID"
            #expect(try await group.call("sendMessage", #""text":"x","reply_markup":\#(Self.app)"#) == refusal)
            let id = try await group.result("sendMessage", #""text":"x""#)["message_id"]?.integer ?? 0
            let edit = #""message_id":\#(id),"reply_markup":\#(Self.app)"#
            #expect(try await group.call("editMessageReplyMarkup", edit) == refusal)
            try await group.stage.start()
            let sent = try await group.stage.call(
                "sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(Self.app)}"#)
            #expect(sent.status == 200)
        }
    }

    @Test(arguments: [pay, game]) func `buttons of bills and games are below those`(markup: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":501,"text":"x","reply_markup":\#(markup)}"#)
            #expect(sent.description == "Bad Request: BUTTON_TYPE_INVALID")
            let bill =
                #""title":"t","description":"d","payload":"p","currency":"XTR","prices":[{"label":"l","amount":5}]"#
            let paid = try await stage.call("sendInvoice", #"{"chat_id":501,\#(bill),"reply_markup":\#(markup)}"#)
            #expect((paid.status == 200) == (markup == Self.pay))
            let played = try await stage.call(
                "sendGame", #"{"chat_id":501,"game_short_name":"g","reply_markup":\#(markup)}"#)
            #expect((played.status == 200) == (markup == Self.game))
        }
    }

    @Test func `a key that asks for a bot is refused rather than written`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"keyboard":[[{"text":"a","request_managed_bot":{"request_id":1}}]]}}"#
            )
            #expect(sent.description == "Bad Request: request_managed_bot is not simulated")
        }
    }
}
