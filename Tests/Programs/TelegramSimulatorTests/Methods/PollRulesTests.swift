import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct PollRulesTests {
    static let other = "7002:BBBBBBBBBBBBBBBBBBBBBBBBBBBBB"

    /// A second bot in the group, which reads everything.
    private func join(_ group: GroupStage) async throws {
        _ = try await group.stage.call("getMe", token: Self.other)
        try await group.alice.add(7002, to: group.id)
        try await group.stage.act(
            "promote", #"{"user":501,"chat":\#(group.id),"member":7002,"role":"administrator"}"#)
    }

    @Test func `a poll that says who voted how goes to no channel`() async throws {
        try await GroupStage.run { group in
            let stage = group.stage
            try await group.alice.add(Stage.bot, to: Stage.channel)
            try await stage.act(
                "promote", #"{"user":501,"chat":\#(Stage.channel),"member":7001,"role":"administrator"}"#)
            let fields = #""question":"Q","options":["a","b"],"is_anonymous":false"#
            let sent = try await stage.call("sendPoll", #"{"chat_id":\#(Stage.channel),\#(fields)}"#)
            #expect(sent.description == "Bad Request: non-anonymous polls can't be sent to channel chats")
            let poll = try await group.result("sendPoll", fields)["message_id"]?.integer ?? 0
            let way = #"{"chat_id":\#(Stage.channel),"from_chat_id":\#(group.id),"message_id":\#(poll)}"#
            #expect(
                try await stage.call("forwardMessage", way).description
                    == "Bad Request: the message can't be forwarded")
            #expect(try await stage.call("copyMessage", way).description == "Bad Request: the message can't be copied")
        }
    }

    @Test func `a forwarded poll is stopped where it was asked`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call("sendPoll", #"{"chat_id":501,"question":"Q","options":["a","b"]}"#)
            let poll = sent.result["message_id"]?.integer ?? 0
            let copy = try await stage.call(
                "forwardMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(poll)}"#)
            let number = copy.result["message_id"]?.integer ?? 0
            let refused = try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(number)}"#)
            #expect(refused.description == "Bad Request: poll can't be stopped")
            #expect(try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(poll)}"#).status == 200)
            let late = try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(number)}"#)
            #expect(late.description == "Bad Request: poll has already been closed")
        }
    }

    @Test func `only who asks a quiz knows its answer before the end`() async throws {
        try await GroupStage.run { group in
            let stage = group.stage
            try await join(group)
            let quiz = try await stage.call(
                "sendPoll",
                #"{"chat_id":\#(group.id),"question":"Q","options":["a","b"],"type":"quiz","correct_option_ids":[1],"explanation":"why"}"#,
                token: Self.other)
            #expect(quiz.result["poll"]?["correct_option_id"]?.integer == 1)
            let id = quiz.result["message_id"]?.integer ?? 0
            let way = #""from_chat_id":\#(group.id),"message_id":\#(id)"#
            let forwarded = try await group.result("forwardMessage", way)["poll"]
            #expect(forwarded?["type"]?.string == "quiz")
            #expect(forwarded?["correct_option_ids"] == nil)
            #expect(forwarded?["explanation"] == nil)
            #expect(try await group.call("copyMessage", way) == "Bad Request: the message can't be copied")
            _ = try await group.call("pinChatMessage", #""message_id":\#(id)"#)
            let pinned = try await group.result("getChat")["pinned_message"]
            #expect(pinned?["poll"]?["question"]?.string == "Q")
            #expect(pinned?["poll"]?["correct_option_ids"] == nil)

            _ = try await stage.call(
                "stopPoll", #"{"chat_id":\#(group.id),"message_id":\#(id)}"#, token: Self.other)
            let known = try await group.result("forwardMessage", way)["poll"]
            #expect(known?["correct_option_ids"]?.array?.first?.integer == 1)
            #expect(known?["explanation"]?.string == "why")
            #expect(try await group.call("copyMessage", way) == "ok")
        }
    }

    @Test func `questions and options are plain`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendPoll",
                #"{"chat_id":501,"question":"<b>Q</b> @gallery_bot","question_parse_mode":"HTML","options":[{"text":"https://example.com"}]}"#
            )
            let poll = try #require(sent.result["poll"])
            #expect(poll["question"]?.string == "Q @gallery_bot")
            #expect(poll["question_entities"] == nil)
            #expect(poll["options"]?.array?.first?["text_entities"] == nil)
            let lines = try await stage.call(
                "sendPoll",
                #"{"chat_id":501,"question":"Q","options":["a"],"type":"quiz","correct_option_id":0,"explanation":"1\n2\n3\n4"}"#
            )
            #expect(lines.description == "Bad Request: poll explanation has too many line feeds")
        }
    }

    @Test func `nobody votes twice for one option`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendPoll", #"{"chat_id":501,"question":"Q","options":["a","b"],"allows_multiple_answers":true}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            await #expect(throws: Stage.Refused(status: 400, reason: "these options cannot be chosen")) {
                try await stage.act("vote", #"{"user":501,"chat":7001,"message":\#(id),"options":[1,1]}"#)
            }
        }
    }
}
