import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ForumTests {
    private static let forum: Int64 = -1_001_000_004_003
    private static let world = """
        {"users": [{"id": 501, "first_name": "Alice"}], "bots": [{"token": "\(Stage.token)", "first_name": "Test bot"}],
         "chats": [{"type": "supergroup", "id": \(forum), "title": "Forum", "owner": 501, "forum": true,
                    "members": [{"user": 7001, "role": "administrator"}]}]}
        """

    private func topic(_ stage: Stage, _ name: String = "News") async throws -> Int64 {
        try await stage.call("createForumTopic", #"{"chat_id":\#(Self.forum),"name":"\#(name)"}"#)
            .result["message_thread_id"]?.integer ?? 0
    }

    @Test func `a topic is made, spoken in, renamed, closed and deleted`() async throws {
        try await Stage.run(world: Self.world) { (stage: Stage) async throws -> Void in
            let id = try await topic(stage)
            #expect(id > 1)
            let sent = try await stage.call(
                "sendMessage", #"{"chat_id":\#(Self.forum),"message_thread_id":\#(id),"text":"hi"}"#)
            #expect(sent.result["message_thread_id"]?.integer == id)
            #expect(sent.result["is_topic_message"] == .bool(true))
            #expect(sent.result["chat"]?["is_forum"] == .bool(true))
            #expect(sent.result["reply_to_message"]?["forum_topic_created"]?["name"]?.string == "News")
            let target = #"{"chat_id":\#(Self.forum),"message_thread_id":\#(id)"#
            #expect(try await stage.call("editForumTopic", target + #","name":"Olds"}"#).status == 200)
            #expect(
                try await stage.call("editForumTopic", target + #","name":"Olds"}"#).description
                    == "Bad Request: TOPIC_NOT_MODIFIED")
            #expect(try await stage.call("closeForumTopic", target + "}").status == 200)
            #expect(
                try await stage.call("closeForumTopic", target + "}").description == "Bad Request: TOPIC_NOT_MODIFIED")
            #expect(try await stage.call("reopenForumTopic", target + "}").status == 200)
            #expect(try await stage.call("deleteForumTopic", target + "}").status == 200)
            #expect(
                try await stage.call("sendMessage", target + #","text":"late"}"#).description
                    == "Bad Request: message thread not found")
            #expect(
                try await stage.call("deleteForumTopic", target + "}").description == "Bad Request: TOPIC_ID_INVALID")
        }
    }

    @Test func `a reply stays in its topic, and what people write there says so`() async throws {
        try await Stage.run(world: Self.world) { (stage: Stage) async throws -> Void in
            let id = try await topic(stage)
            let written = try await stage.act(
                "messages", #"{"user":501,"chat":\#(Self.forum),"thread":\#(id),"text":"question"}"#)
            let update = try await stage.updates().last?["message"]
            #expect(update?["message_thread_id"]?.integer == id)
            let number = written["message"]?["id"]?.integer ?? 0
            let reply = try await stage.call(
                "sendMessage",
                #"{"chat_id":\#(Self.forum),"text":"answer","reply_parameters":{"message_id":\#(number)}}"#)
            #expect(reply.result["message_thread_id"]?.integer == id)
        }
    }

    @Test func `the General topic is hidden, closed and renamed by methods of its own`() async throws {
        try await Stage.run(world: Self.world) { (stage: Stage) async throws -> Void in
            let chat = #"{"chat_id":\#(Self.forum)}"#
            #expect(try await stage.call("hideGeneralForumTopic", chat).status == 200)
            #expect(
                try await stage.call("hideGeneralForumTopic", chat).description == "Bad Request: TOPIC_NOT_MODIFIED")
            #expect(try await stage.call("unhideGeneralForumTopic", chat).status == 200)
            // Shown again it stays closed.
            #expect(try await stage.call("reopenGeneralForumTopic", chat).status == 200)
            #expect(
                try await stage.call("editGeneralForumTopic", #"{"chat_id":\#(Self.forum),"name":"All"}"#).status == 200
            )
            #expect(try await stage.call("unpinAllGeneralForumTopicMessages", chat).status == 200)
            #expect(try await stage.call("getForumTopicIconStickers").result.array?.isEmpty == false)
        }
    }

    @Test func `without topics there is no thread`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let thread = #"{"chat_id":501,"message_thread_id":5,"text":"x","action":"typing","draft_id":1}"#
            for method in ["sendMessage", "sendChatAction", "sendMessageDraft"] {
                #expect(
                    try await stage.call(method, thread).description == "Bad Request: message thread not found",
                    "\(method)")
            }
            #expect(
                try await stage.call("createForumTopic", #"{"chat_id":501,"name":"x"}"#).description
                    == "Bad Request: the chat is not a forum")
            try await stage.act("bots", #"{"token":"\#(Stage.token)","topics":true}"#)
            #expect(try await stage.call("getMe").result["has_topics_enabled"] == .bool(true))
            let made = try await stage.call("createForumTopic", #"{"chat_id":501,"name":"x"}"#)
            let id = made.result["message_thread_id"]?.integer ?? 0
            let sent = try await stage.call("sendMessage", #"{"chat_id":501,"message_thread_id":\#(id),"text":"x"}"#)
            #expect(sent.result["is_topic_message"] == .bool(true))
        }
    }
}
