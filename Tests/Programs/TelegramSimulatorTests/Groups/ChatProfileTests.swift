import HTTP
import HTTPClient
import JSON
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct ChatProfileTests {
    @Test func `title and description are changed, seen and said`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("setChatTitle", #""title":"  Gardeners ""#) == "ok")
            #expect(try await group.result("getChat")["title"]?.string == "Gardeners")
            let line = try await group.alice.history(of: group.id).last
            #expect(line?.view["service"]?["kind"]?.stringValue == "title")
            #expect(try await group.call("setChatTitle", #""title":"Gardeners""#) == "ok")
            #expect(try await group.alice.history(of: group.id).last == line)
            #expect(try await group.call("setChatTitle", #""title":" ""#) == "Bad Request: title must be non-empty")
            #expect(try await group.call("setChatDescription", #""description":"Trees""#) == "ok")
            #expect(try await group.result("getChat")["description"]?.string == "Trees")
            #expect(
                try await group.call("setChatDescription", #""description":"Trees""#)
                    == "Bad Request: chat description is not modified")
            let long = String(repeating: "x", count: 256)
            #expect(
                try await group.call("setChatDescription", #""description":"\#(long)""#)
                    == "Bad Request: CHAT_ABOUT_TOO_LONG")
            #expect(try await group.call("setChatDescription") == "ok")
            #expect(try await group.result("getChat")["description"] == nil)
        }
    }

    @Test func `a chat has a photo until it is taken away`() async throws {
        try await GroupStage.run { (group: GroupStage) async throws -> Void in
            #expect(try await group.call("deleteChatPhoto") == "Bad Request: CHAT_NOT_MODIFIED")
            func send(_ side: Int) async throws -> Stage.Reply {
                let picture = try MediaTests.picture(side, side)
                return try await group.stage.reply(
                    ClientRequest(
                        .post, "\(group.stage.url)/bot\(Stage.token)/setChatPhoto",
                        body: .multipart([
                            .field("chat_id", "\(group.id)"), .file("photo", bytes: picture, fileName: "a.jpg"),
                        ])))
            }
            #expect(try await send(100).description == "Bad Request: PHOTO_CROP_SIZE_SMALL")
            #expect(try await send(400).status == 200)
            let photo = try #require(try await group.result("getChat")["photo"])
            let id = try #require(photo["big_file_id"]?.string)
            #expect(photo["small_file_id"]?.string != id)
            let file = try await group.stage.call("getFile", #"{"file_id":"\#(id)"}"#)
            #expect(file.status == 200)
            #expect(try await group.call("deleteChatPhoto") == "ok")
            #expect(try await group.result("getChat")["photo"] == nil)
        }
    }
}
