import HTTP
import HTTPClient
import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct CopyTests {
    @Test func `messages are copied in order, without their captions where asked`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let text = try #require(
                try await stage.call("sendMessage", #"{"chat_id":501,"text":"one"}"#).result["message_id"]?.integer)
            let document = try await stage.reply(
                ClientRequest(
                    .post, "\(stage.url)/bot\(Stage.token)/sendDocument",
                    body: .multipart([
                        .field("chat_id", "501"), .field("caption", "words"),
                        MultipartPart(name: "document", fileName: "a.txt", content: .bytes([65])),
                    ])))
            let file = try #require(document.result["message_id"]?.integer)
            let copied = try await stage.call(
                "copyMessages",
                #"{"chat_id":501,"from_chat_id":501,"message_ids":[\#(text),\#(file),\#(file + 50)],"remove_caption":true}"#
            )
            #expect(copied.result.array?.compactMap { $0["message_id"]?.integer } == [file + 1, file + 2])
            let seen = try await stage.view("chats/7001/messages?user=501")["messages"]?.array ?? []
            #expect(seen.suffix(2).first?["text"]?.string == "one")
            #expect(seen.suffix(2).first?["forward"] == nil)
            #expect(seen.last?["media"]?["name"]?.string == "a.txt")
            #expect(seen.last?["text"] == nil)
            let none = try await stage.call(
                "copyMessages", #"{"chat_id":501,"from_chat_id":501,"message_ids":[990,991]}"#)
            #expect(none.description == "Bad Request: there are no messages to forward")
        }
    }

    @Test func `a copied poll closes at its time as well`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let poll = try await stage.call(
                "sendPoll", #"{"chat_id":501,"question":"Q","options":["a","b"],"open_period":60}"#)
            let id = try #require(poll.result["message_id"]?.integer)
            let copy = try await stage.call("copyMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id)}"#)
            let number = try #require(copy.result["message_id"]?.integer)
            stage.time.advance(by: .seconds(60))
            let stopped = try await stage.call("stopPoll", #"{"chat_id":501,"message_id":\#(number)}"#)
            #expect(stopped.description == "Bad Request: poll has already been closed")
        }
    }
}
