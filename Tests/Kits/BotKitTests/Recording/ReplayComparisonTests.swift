import JSON
import TelegramAPI
import Testing

@testable import BotKit

/// What counts as another call.
struct ReplayComparisonTests {
    static func call(_ method: String, _ parameters: String) throws -> RecordedCall {
        RecordedCall(
            try TelegramRequest(method: method, json: Array(parameters.utf8)), trace: nil, outcome: .silence(""))
    }

    @Test(arguments: [
        (#"{"chat_id":1,"text":"a"}"#, #"{"text":"a","chat_id":1}"#, true),
        (#"{"chat_id":1,"text":"a"}"#, #"{"chat_id":1,"text":"b"}"#, false),
        (#"{"a":{"x":1,"y":2}}"#, #"{"a":{"y":2,"x":1}}"#, true),
        (#"{"a":[1,2]}"#, #"{"a":[2,1]}"#, false),
    ])
    func `members have no order, elements have`(before: String, after: String, isSame: Bool) throws {
        let changes = ReplayComparison.changes(
            recorded: [try Self.call("sendMessage", before)], made: [try Self.call("sendMessage", after)])
        #expect(changes.isEmpty == isSame)
    }

    @Test func `what depends on how fast things go is passed over`() throws {
        let changes = ReplayComparison.changes(
            recorded: [try Self.call("sendChatAction", "{}")],
            made: [try Self.call("sendMessageDraft", "{}"), try Self.call("sendChatAction", "{}")])
        #expect(changes.isEmpty)
    }

    @Test func `a call in between does not change the ones around it`() throws {
        let a = try Self.call("sendMessage", #"{"text":"a"}"#)
        let b = try Self.call("sendMessage", #"{"text":"b"}"#)
        let x = try Self.call("deleteMessage", "{}")
        #expect(ReplayComparison.changes(recorded: [a, b], made: [a, x, b]) == [.added(x)])
        #expect(ReplayComparison.changes(recorded: [a, x, b], made: [a, b]) == [.missing(x)])
        #expect(ReplayComparison.changes(recorded: [a, b], made: [b, a]).count == 1)
    }
}
