import HTTP
import HTTPClient
import Support
import Testing

@testable import TelegramSimulator

/// How long and how many things may be: the last that passes, and the first that does not.
@Suite(.timeLimit(.minutes(1))) struct LimitTests {
    private static func check(_ method: String, _ fields: (Int) -> String, _ limit: Int, _ reason: String) async throws
    {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let last = try await stage.call(method, "{\(fields(limit))}")
            #expect(last.status == 200, "\(last.description ?? "")")
            let first = try await stage.call(method, "{\(fields(limit + 1))}")
            #expect(first.description == "Bad Request: \(reason)")
        }
    }

    private static func text(_ count: Int, _ character: String = "я") -> String {
        String(repeating: character, count: count)
    }

    @Test(arguments: [
        ("question", 300, "poll question length must not exceed 300"),
        ("option", 100, "poll options length must not exceed 100"),
        ("explanation", 200, "poll explanation is too long"),
    ])
    func `the texts of a poll`(part: String, limit: Int, reason: String) async throws {
        try await Self.check(
            "sendPoll",
            { count in
                let text = Self.text(count)
                return #"""
                    "chat_id":501,"type":"quiz","correct_option_id":0,
                    "question":"\#(part == "question" ? text : "Q")","options":["\#(part == "option" ? text : "a")","b"],
                    "explanation":"\#(part == "explanation" ? text : "")"
                    """#
            }, limit, reason)
    }

    @Test func `the options of a poll`() async throws {
        try await Self.check(
            "sendPoll",
            { #""chat_id":501,"question":"Q","options":[\#((0..<$0).map { "\"\($0)\"" }.joined(separator: ","))]"# },
            12, "poll can't have more than 12 options")
    }

    @Test(
        arguments: [
            (#""open_period":4"#, "wrong open period specified"), (#""open_period":5"#, nil),
            (#""open_period":2628000"#, nil), (#""open_period":2628001"#, "wrong open period specified"),
            (#""close_date":4"#, "wrong close date specified"),
            (#""type":"odd""#, "unsupported poll type specified"),
            (#""type":"quiz""#, "correct quiz option list must be non-empty"),
            (#""type":"quiz","correct_option_ids":[1,0]"#, "correct quiz option list must be increasing"),
            (#""type":"quiz","correct_option_ids":[2]"#, "wrong quiz correct_option_id"),
        ] as [(String, String?)])
    func `when a poll ends, and what is right in a quiz`(fields: String, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(
                "sendPoll", #"{"chat_id":501,"question":"Q","options":["a","b"],\#(fields)}"#)
            #expect(reply.description == reason.map { "Bad Request: \($0)" })
        }
    }

    @Test(arguments: [
        (#"[]"#, "poll must have at least one answer option"), (#"[" "]"#, "poll options must be non-empty"),
        (#"7"#, "expected an Array of String as options"), (#"[7]"#, "expected an option to be of type String"),
        (#"[{}]"#, #"can't find field "text""#), (#""[""#, "can't parse options JSON object"),
    ])
    func `options that are none`(options: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call("sendPoll", #"{"chat_id":501,"question":"Q","options":\#(options)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test(arguments: [
        ("title", 32, "INVOICE_TITLE_TOO_LONG"), ("description", 255, "INVOICE_DESCRIPTION_TOO_LONG"),
        ("payload", 128, "INVOICE_PAYLOAD_INVALID"),
    ])
    func `the texts of a bill`(field: String, limit: Int, reason: String) async throws {
        try await Self.check(
            "createInvoiceLink",
            { count in
                var fields = ["title": "T", "description": "D", "payload": "p", "currency": "XTR"]
                fields[field] = Self.text(count, "x")
                return fields.map { #""\#($0)":"\#($1)""# }.joined(separator: ",")
                    + #","prices":[{"label":"a","amount":1}]"#
            }, limit, reason)
    }

    @Test(arguments: [
        (#""prices":[{"label":"a","amount":25001}]"#, "STARS_INVOICE_INVALID"),
        (#""prices":[{"label":"a","amount":0}]"#, "total price must be positive"),
        (#""prices":[7]"#, "can't parse labeled price: LabeledPrice must be an Object"),
        (#""prices":[{"label":"a"}]"#, #"can't parse labeled price: Can't find field "amount""#),
        (#""prices":[{"label":"a","amount":1}],"max_tip_amount":"x""#, #"can't parse "max_tip_amount" as Number"#),
        (
            #""prices":[{"label":"a","amount":1}],"suggested_tip_amounts":[5],"max_tip_amount":4"#,
            "suggested tip amount can't be bigger than max_tip_amount"
        ),
        (
            #""prices":[{"label":"a","amount":1}],"suggested_tip_amounts":[0],"max_tip_amount":4"#,
            "suggested tip amount must be positive"
        ),
        (
            #""prices":[{"label":"a","amount":1}],"suggested_tip_amounts":[1,2,3,4,5],"max_tip_amount":9"#,
            "there can be at most 4 suggested tip amounts"
        ),
        (#""prices":[{"label":"a","amount":1}],"subscription_period":60"#, "SUBSCRIPTION_PERIOD_INVALID"),
    ])
    func `the sums of a bill`(fields: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let reply = try await stage.call(
                "createInvoiceLink", #"{"title":"T","description":"D","payload":"p","currency":"XTR",\#(fields)}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test(arguments: [
        (0, "EXTENDED_MEDIA_AMOUNT_INVALID"), (1, nil), (25_000, nil), (25_001, "EXTENDED_MEDIA_AMOUNT_INVALID"),
    ])
    func `the Stars of paid media`(stars: Int, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.send(
                "sendPaidMedia",
                [
                    .field("chat_id", "501"), .field("star_count", "\(stars)"),
                    .field("media", #"[{"type":"photo","media":"attach://p"}]"#),
                    .file("p", bytes: try MediaTests.picture(100, 100), fileName: "p.jpg"),
                ])
            #expect(reply.description == reason.map { "Bad Request: \($0)" })
        }
    }

    @Test func `the answer to a press`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.call(
                "sendMessage",
                #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"d"}]]}}"#)
            let id = sent.result["message_id"]?.integer ?? 0
            let press = #"{"user":501,"chat":7001,"message":\#(id),"data":"d"}"#
            let query = try await stage.act("press", press)["query"]?.string ?? ""
            let long = try await stage.call(
                "answerCallbackQuery", #"{"callback_query_id":"\#(query)","text":"\#(Self.text(201))"}"#)
            #expect(long.description == "Bad Request: MESSAGE_TOO_LONG")
            let fits = try await stage.call(
                "answerCallbackQuery", #"{"callback_query_id":"\#(query)","text":"\#(Self.text(200))"}"#)
            #expect(fits.status == 200)
        }
    }

    @Test(arguments: [
        ("command", 32, "command length must not exceed 32"),
        ("description", 256, "command description length must not exceed 256"),
    ])
    func `the texts of a command`(field: String, limit: Int, reason: String) async throws {
        try await Self.check(
            "setMyCommands",
            { count in
                let name = field == "command" ? Self.text(count, "c") : "c"
                let about = field == "command" ? "d" : Self.text(count)
                return #""commands":[{"command":"\#(name)","description":"\#(about)"}]"#
            }, limit, reason)
    }

    @Test func `the commands of a bot`() async throws {
        try await Self.check(
            "setMyCommands",
            { count in
                let list = (0..<count).map { #"{"command":"c\#($0)","description":"d"}"# }.joined(separator: ",")
                return #""commands":[\#(list)]"#
            }, 100, "BOT_COMMANDS_TOO_MUCH")
    }

    @Test func `the words under a file`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for (count, reason) in [(1024, nil), (1025, "Bad Request: message caption is too long")] as [(Int, String?)]
            {
                let reply = try await stage.send(
                    "sendDocument",
                    [
                        .field("chat_id", "501"), .field("caption", Self.text(count, "😀")),
                        .file("document", bytes: [65], fileName: "a.txt"),
                    ])
                #expect(reply.description == reason)
            }
        }
    }

    @Test func `the source of a text, before it is read`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let long = Self.text(32_769, "x")
            let reply = try await stage.call("sendMessage", #"{"chat_id":501,"text":"\#(long)"}"#)
            #expect(reply.description == "Bad Request: text is too long")
        }
    }

    @Test(
        arguments: [
            (0, "there are no messages to send"), (11, "too many messages to send as an album"), (10, nil),
        ] as [(Int, String?)])
    func `the parts of an album`(count: Int, reason: String?) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let items = (0..<count).map { _ in #"{"type":"document","media":"attach://d"}"# }.joined(separator: ",")
            let reply = try await stage.send(
                "sendMediaGroup",
                [
                    .field("chat_id", "501"), .field("media", "[\(items)]"),
                    .file("d", bytes: [65], fileName: "a.txt"),
                ])
            #expect(reply.description == reason.map { "Bad Request: \($0)" })
            if reason == nil { #expect(reply.result.array?.count == count) }
        }
    }

    @Test(arguments: [
        (#"{"chat_id":501,"action":"typing"}"#, 5), (#"{"chat_id":501,"action":"cancel"}"#, 0),
    ])
    func `an action is shown for five seconds`(arguments: String, seconds: Int64) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.call("sendChatAction", arguments)
            let state = try await stage.view("state?user=501")
            let chat = state["chats"]?.array?.first { $0["id"]?.integer == 7001 }
            let now = stage.time.now.seconds
            #expect(chat?["action"]?["until"]?.integer ?? now == now + seconds)
        }
    }

    @Test func `what a server takes and gives, in the cloud and at home`() {
        var options = World.Options()
        #expect(options.maximumUpload == 50 << 20 && options.maximumDownload == 20 << 20)
        options.isLocal = true
        #expect(options.maximumUpload == 2000 << 20 && options.maximumDownload == .max)
        #expect(PhotoRules.maximumBytes == 10 << 20)
        #expect(
            throws: APIError.badRequest(
                "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes")
        ) { try PhotoRules.check(size: (10 << 20) + 1, width: 10, height: 10) }
    }

    @Test func `a file that is too large for an upload ends the request`() throws {
        var collector = PartCollector(store: try FileStore(directory: nil), maximumUpload: 4)
        var arguments = Arguments()
        try collector.take(.part(MultipartReader.Head(name: "f", fileName: "a", type: nil)), into: &arguments)
        try collector.take(.bytes([1, 2, 3, 4]), into: &arguments)
        do {
            try collector.take(.bytes([5]), into: &arguments)
            Issue.record("the fifth byte was taken")
        } catch let refusal as BareStatus {
            #expect(refusal.status == .contentTooLarge)
        }
    }

    @Test func `a file that is too large for a download`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let sent = try await stage.send(
                "sendDocument",
                [
                    .field("chat_id", "501"),
                    .file("document", bytes: [UInt8](repeating: 1, count: (20 << 20) + 1), fileName: "a.bin"),
                ])
            let id = sent.result["document"]?["file_id"]?.string ?? ""
            #expect(
                try await stage.call("getFile", #"{"file_id":"\#(id)"}"#).description
                    == "Bad Request: file is too big")
        }
    }

    @Test(arguments: ["x y", "ü", String(repeating: "a", count: 65)])
    func `a payload of a link`(payload: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            await #expect(throws: Stage.Refused.self) {
                try await stage.act("start", #"{"user":501,"bot":7001,"payload":"\#(payload)"}"#)
            }
        }
    }
}
