import HTTP
import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct DraftTests {
    @Test func `a draft is shown to the person and is no message`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let state = try await stage.view("state?user=501")
            let last = try #require(state["last_event"]?.integer)
            let now = try #require(state["now"]?.integer)
            let sent = try await stage.call(
                "sendMessageDraft", #"{"chat_id":501,"draft_id":4,"text":"*half*","parse_mode":"MarkdownV2"}"#)
            #expect(sent.result == .bool(true))
            var request = ClientRequest("\(stage.url)/sim/events?user=501&after=\(last)")
            request.timeouts = .streaming
            let stream = try await stage.http.stream(request)
            for try await event in stream.body.serverSentEvents where event.event == "draft" {
                let data = try #require(JSONNode(event.data))
                #expect(data["draft"]?.integer == 4)
                #expect(data["until"]?.integer == now + 30)
                #expect(data["message"]?["text"]?.string == "half")
                #expect(data["message"]?["entities"]?.array?.first?["type"]?.string == "bold")
                break
            }
            let view = try await stage.view("chats/7001/messages?user=501")
            #expect(view["messages"]?.array?.count == 1)
        }
    }

    @Test(arguments: [
        (#""chat_id":501,"text":"x""#, "draft identifier must be non-zero"),
        (#""chat_id":-4001,"draft_id":1,"text":"x""#, "message drafts can be sent only to private chats"),
    ])
    func `a draft with a fault is refused`(arguments: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            try await stage.act("invite", #"{"user":501,"chat":-4001,"member":7001}"#)
            let reply = try await stage.call("sendMessageDraft", "{\(arguments)}")
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }
}
