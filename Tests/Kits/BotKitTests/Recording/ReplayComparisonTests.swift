import JSON
import Jobs
import TelegramAPI
import Testing

@testable import BotKit

/// What counts as another call.
struct ReplayComparisonTests {
    static func call(_ method: String, _ parameters: String, job: JobRun? = nil) throws -> RecordedCall {
        RecordedCall(
            try TelegramRequest(method: method, json: Array(parameters.utf8)), trace: nil, job: job,
            outcome: .silence(""))
    }

    /// What jobs of one kind say: each the number of the job and its texts.
    static func sayings(_ texts: [(Int64, String)]) throws -> [RecordedCall] {
        try texts.map { id, text in
            let job = id == 0 ? nil : JobRun(kind: "say", id: JobID(rawValue: id))
            return try call("sendMessage", #"{"text":"\#(text)"}"#, job: job)
        }
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

    struct Case: Sendable, CustomTestStringConvertible {
        var before: [(Int64, String)]
        var after: [(Int64, String)]
        var differences: [String]
        var testDescription: String { "\(before) → \(after)" }
    }

    /// Zero stands for the handler.
    static let cases: [Case] = [
        Case(before: [(0, "a"), (1, "b")], after: [(1, "b"), (0, "a")], differences: []),
        Case(before: [(1, "a"), (2, "b"), (1, "c")], after: [(7, "b"), (8, "a"), (8, "c")], differences: []),
        Case(before: [(1, "a"), (1, "b")], after: [(1, "b"), (1, "a")], differences: ["say: moved"]),
        Case(
            before: [(1, "a"), (2, "b"), (3, "c")], after: [(1, "c"), (2, "a"), (3, "x")], differences: ["say: b → x"]),
        Case(before: [(0, "a")], after: [(1, "a")], differences: ["a → nothing", "nothing → a"]),
        Case(before: [(1, "a")], after: [(1, "a"), (2, "a")], differences: ["nothing → a"]),
    ]

    @Test(arguments: cases)
    func `a job's calls keep their order, and jobs have none among one another`(_ example: Case) throws {
        let changes = ReplayComparison.changes(
            recorded: try Self.sayings(example.before), made: try Self.sayings(example.after))
        #expect(changes.map(Self.shown).sorted() == example.differences)
    }

    private static func shown(_ change: CallChange) -> String {
        func text(_ value: JSONValue?) -> String { value?.stringValue ?? "nothing" }
        return switch change {
        case .missing(let call): "\(text(call.parameters["text"])) → nothing"
        case .added(let call): "nothing → \(text(call.parameters["text"]))"
        case .changed(_, let job, let fields):
            "\(job ?? "handler"): "
                + (fields.first.map { "\(text($0.before)) → \(text($0.after))" } ?? "moved")
        }
    }
}
