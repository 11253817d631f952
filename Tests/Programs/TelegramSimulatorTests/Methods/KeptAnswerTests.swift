import Support
import Testing

@testable import TelegramSimulator

/// Answers that the service gives again without asking the bot.
@Suite(.timeLimit(.minutes(1))) struct KeptAnswerTests {
    private static let results =
        #"[{"type":"article","id":"1","title":"T","input_message_content":{"message_text":"kept"}}]"#

    private func ask(_ text: String, user: Int64 = 501, _ stage: Stage) async throws -> String {
        try await stage.act("inline", #"{"user":\#(user),"bot":7001,"query":"\#(text)"}"#)["query"]?.string ?? ""
    }

    private func answer(_ query: String, _ stage: Stage, _ more: String = "") async throws -> Int {
        try await stage.call(
            "answerInlineQuery", #"{"inline_query_id":"\#(query)","results":\#(Self.results)\#(more)}"#
        ).status
    }

    private func questions(_ stage: Stage) async throws -> Int {
        try await stage.updates().count { $0["inline_query"] != nil }
    }

    @Test func `an answer serves everybody for five minutes`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.start(502)
            #expect(try await answer(try await ask("cats", stage), stage) == 200)
            let again = try await ask("cats", user: 502, stage)
            #expect(try await questions(stage) == 1)
            let chosen = try await stage.act(
                "choose-inline", #"{"user":502,"query":"\#(again)","result":"1","chat":7001}"#)
            #expect(chosen["message"]?["text"]?.string == "kept")
            _ = try await ask("dogs", stage)
            #expect(try await questions(stage) == 2)
            stage.time.advance(by: .seconds(300))
            _ = try await ask("cats", stage)
            #expect(try await questions(stage) == 1)
        }
    }

    @Test(arguments: [(#","cache_time":0"#, 2, 2), (#","is_personal":true"#, 1, 2)])
    func `an answer serves as long, and those, as the bot says`(more: String, own: Int, others: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.start(502)
            #expect(try await answer(try await ask("cats", stage), stage, more) == 200)
            _ = try await ask("cats", stage)
            #expect(try await questions(stage) == own)
            _ = try await ask("cats", user: 502, stage)
            #expect(try await questions(stage) == own + others - 1)
        }
    }

    @Test func `a press gets the answer of the last one for as long as the bot says`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"d"},{"text":"b","callback_data":"e"}]]}}"#
            )
            let id = sent.result["message_id"]?.integer ?? 0
            func press(_ data: String) async throws -> String {
                try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"\#(data)"}"#)["query"]?
                    .string ?? ""
            }
            func presses() async throws -> Int {
                try await stage.updates().count { $0["callback_query"] != nil }
            }
            let first = try await press("d")
            let answered = try await stage.call(
                "answerCallbackQuery", #"{"callback_query_id":"\#(first)","text":"kept","cache_time":60}"#)
            #expect(answered.status == 200)
            let second = try await press("d")
            #expect(second != first)
            #expect(try await presses() == 1)
            _ = try await press("e")
            #expect(try await presses() == 2)
            stage.time.advance(by: .seconds(60))
            _ = try await press("d")
            #expect(try await presses() == 3)
        }
    }

    @Test(
        arguments: [
            ("https://t.me/test_bot?start=x", nil), ("tg://resolve?domain=test_bot&start=x", nil),
            ("https://e.org", "Bad Request: URL_INVALID"),
            ("https://t.me/other_bot?start=x", "Bad Request: URL_INVALID"),
        ] as [(String, String?)])
    func `a press opens a link to the bot itself and no other`(url: String, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"d"}]]}}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let query = try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"d"}"#)
            let reply = try await stage.call(
                "answerCallbackQuery",
                #"{"callback_query_id":"\#(query["query"]?.string ?? "")","url":"\#(url)"}"#)
            #expect(reply.description == reason)
        }
    }

    @Test(arguments: [
        (#"7"#, "expected an Array of inline query results"),
        (#"[7]"#, "can't parse inline query result: Inline query result must be an object"),
        (#"[{"id":"1"}]"#, #"can't parse inline query result: Can't find field "type""#),
        (#"[{"type":"article"}]"#, #"can't parse inline query result: Can't find field "id""#),
        (
            #"[{"type":"article","id":"1","title":"T"}]"#,
            #"can't parse inline query result: Can't find field "message_text""#
        ),
        (
            #"[{"type":"article","id":"1","title":"T","input_message_content":{}}]"#,
            "can't parse inline query result: Input message content is not specified"
        ),
        (
            #"[{"type":"article","id":"1","input_message_content":{"message_text":"x"}}]"#,
            #"can't parse inline query result: Can't find field "title""#
        ),
        (
            #"[{"type":"odd","id":"1"}]"#,
            #"can't parse inline query result: type "odd" is unsupported for the inline query result"#
        ),
        (#"[{"type":"photo","id":"1"}]"#, #"can't parse inline query result: Can't find field "photo_file_id""#),
        (#"[{"type":"mpeg4_gif","id":"1"}]"#, #"can't parse inline query result: Can't find field "mpeg4_file_id""#),
        (#"[{"type":"contact","id":"1"}]"#, #"can't parse inline query result: Can't find field "phone_number""#),
        (#"[{"type":"sticker","id":"","sticker_file_id":"x"}]"#, "RESULT_ID_EMPTY"),
    ])
    func `results that cannot be are refused`(results: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let query = try await ask("x", stage)
            let reply = try await stage.call(
                "answerInlineQuery", #"{"inline_query_id":"\#(query)","results":\#(results)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test func `at most fifty results, with names of 64 bytes`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let query = try await ask("x", stage)
            func article(_ id: String) -> String {
                #"{"type":"article","id":"\#(id)","title":"T","input_message_content":{"message_text":"x"}}"#
            }
            func answer(_ ids: [String]) async throws -> String? {
                try await stage.call(
                    "answerInlineQuery",
                    #"{"inline_query_id":"\#(query)","results":[\#(ids.map(article).joined(separator: ","))]}"#
                ).description
            }
            #expect(
                try await answer((0...50).map(String.init)) == "Bad Request: too many inline query results specified")
            #expect(try await answer([String(repeating: "i", count: 65)]) == "Bad Request: RESULT_ID_INVALID")
            #expect(try await answer(["1", "1"]) == "Bad Request: RESULT_ID_DUPLICATE")
            #expect(try await answer((0..<50).map(String.init)) == nil)
        }
    }
}
