import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct EditAndDeleteTests {
    @Test func `an edit changes the text, and the same edit again is refused`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try #require(
                try await stage.call("sendMessage", #"{"chat_id":501,"text":"a"}"#).result["message_id"]?.integer)
            let edited = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"b"}"#)
            #expect(edited.result["text"]?.string == "b")
            #expect(edited.result["edit_date"]?.integer != nil)
            let again = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"b"}"#)
            #expect(again.description?.hasPrefix("Bad Request: message is not modified: specified new") == true)
            let marked = try await stage.call(
                "editMessageReplyMarkup",
                #"{"chat_id":501,"message_id":\#(id),"reply_markup":{"inline_keyboard":[[{"text":"x","callback_data":"x"}]]}}"#
            )
            #expect(marked.result["reply_markup"]?["inline_keyboard"]?.array?.count == 1)
            let plain = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"b"}"#)
            #expect(plain.status == 200)
            #expect(plain.result["reply_markup"] == nil)
            let long = String(repeating: "x", count: 4097)
            let tooLong = try await stage.call(
                "editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"\#(long)"}"#)
            #expect(tooLong.description == "Bad Request: MESSAGE_TOO_LONG")
        }
    }

    @Test func `others' messages cannot be edited, missing ones are named`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await stage.say("mine")
            let other = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":\#(id),"text":"b"}"#)
            #expect(other.description == "Bad Request: message can't be edited")
            let missing = try await stage.call("editMessageText", #"{"chat_id":501,"message_id":999,"text":"b"}"#)
            #expect(missing.description == "Bad Request: message to edit not found")
            let none = try await stage.call("editMessageText", #"{"chat_id":501,"text":"b"}"#)
            #expect(none.description == "Bad Request: message to edit not found")
        }
    }

    @Test func `messages older than two days stay`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let old = try await stage.say("old")
            stage.time.advance(by: .seconds(48 * 3600 + 1))
            let new = try await stage.say("new")
            let refused = try await stage.call("deleteMessage", #"{"chat_id":501,"message_id":\#(old)}"#)
            #expect(refused.description == "Bad Request: message can't be deleted for everyone")
            #expect(try await stage.call("deleteMessage", #"{"chat_id":501,"message_id":\#(new)}"#).status == 200)
            let gone = try await stage.call("deleteMessage", #"{"chat_id":501,"message_id":\#(new)}"#)
            #expect(gone.description == "Bad Request: message to delete not found")
            #expect(
                try await stage.call("deleteMessages", #"{"chat_id":501,"message_ids":[\#(old),\#(new),77]}"#).status
                    == 200)
            #expect(
                try await stage.call("deleteMessages", #"{"chat_id":501}"#).description
                    == "Bad Request: message identifiers are not specified")
        }
    }

    @Test func `forwards name their origin, copies do not, protected messages stay`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await stage.say("hello")
            let forward = try await stage.call(
                "forwardMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id)}"#)
            #expect(forward.result["forward_origin"]?["type"]?.string == "user")
            #expect(forward.result["forward_origin"]?["sender_user"]?["id"]?.integer == 501)
            let copy = try await stage.call("copyMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(id)}"#)
            #expect(copy.result["message_id"]?.integer == id + 2)
            let kept = try await stage.call("sendMessage", #"{"chat_id":501,"text":"p","protect_content":true}"#)
            let number = kept.result["message_id"]?.integer ?? 0
            let refused = try await stage.call(
                "forwardMessage", #"{"chat_id":501,"from_chat_id":501,"message_id":\#(number)}"#)
            #expect(refused.description == "Bad Request: the message can't be forwarded")
        }
    }

    @Test(arguments: ["editMessageText", "editMessageReplyMarkup"])
    func `an edit of nothing in particular is refused`(method: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            #expect(
                try await stage.call(method, #"{"text":"a"}"#).description
                    == "Bad Request: message identifier is not specified")
        }
    }
}
