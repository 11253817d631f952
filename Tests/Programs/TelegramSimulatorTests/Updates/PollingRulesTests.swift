import Support
import Testing

@testable import TelegramSimulator

/// What `getUpdates` answers, when, and to whom.
@Suite(.timeLimit(.minutes(2))) struct PollingRulesTests {
    private static let terminated =
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

    private func texts(_ stage: Stage, _ arguments: String = "{}") async throws -> [String] {
        try await stage.updates(arguments).map { $0["message"]?["text"]?.string ?? "" }
    }

    // MARK: Which updates

    @Test(
        arguments: [
            ("0", 3, 3), ("", 3, 3), ("-1", 1, 1), ("-2", 2, 2), ("-4", 3, 3), ("-2147483648", 3, 3),
            ("-99999999999999999999", 3, 3), ("99999999999999999999", 3, 3), ("4294967296", 3, 3), ("1", 3, 3),
        ] as [(String, Int, Int)])
    func `an offset of any size is borne`(offset: String, answered: Int, left: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for text in ["one", "two", "three"] { _ = try await stage.say(text) }
            let answer = try await stage.updates(#"{"offset":"\#(offset)"}"#)
            #expect(answer.count == answered)
            let rest = try await stage.updates()
            #expect(rest.count == left)
        }
    }

    @Test(
        arguments: [
            (0, [10, 11, 12]), (12, [12]), (13, []), (25, []), (31, []), (32, [10, 11, 12]), (-1, [12]),
            (-2, [11, 12]),
        ] as [(Int64, [Int64])])
    func `the tail is the next number, though the last updates are gone`(offset: Int64, left: [Int64]) {
        var queue = UpdateQueue()
        for id in 10...12 as ClosedRange<Int64> {
            let isTaken = queue.append(.init(id: id, body: [], expires: .max, lane: ""))
            #expect(isTaken)
        }
        _ = queue.confirm(offset, next: 21)
        #expect(queue.entries.map(\.id) == left)
    }

    @Test func `a limit is between 1 and 100`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for number in 0..<101 { _ = try await stage.say("\(number)") }
            for (limit, count) in [("0", 1), ("-7", 1), ("2", 2), ("100", 100), ("101", 100), ("x", 1), ("", 100)] {
                let answer = try await stage.updates(#"{"limit":"\#(limit)"}"#)
                #expect(answer.count == count, "limit \(limit)")
            }
        }
    }

    @Test func `an answer has four megabytes at most, one update always`() {
        var queue = UpdateQueue()
        let body = [UInt8](repeating: 0x20, count: 100 << 10)
        for id in 1...100 as ClosedRange<Int64> { _ = queue.append(.init(id: id, body: body, expires: .max, lane: "")) }
        #expect(queue.first(100).count == 40)
        #expect(queue.first(7).count == 7)
    }

    // MARK: The queue

    @Test func `a queue holds 100 000 updates`() {
        var queue = UpdateQueue()
        func add(_ id: Int64) -> Bool { queue.append(.init(id: id, body: [], expires: .max, lane: "")) }
        var taken = 0
        for id in 1...100_001 as ClosedRange<Int64> where add(id) { taken += 1 }
        #expect(taken == 100_000)
        _ = queue.confirm(2, next: 100_001)
        let isTaken = add(100_002)
        #expect(isTaken)
    }

    @Test func `a queue holds 128 megabytes, an update 512 kilobytes`() {
        var queue = UpdateQueue()
        func add(_ id: Int64, _ size: Int) -> Bool {
            queue.append(.init(id: id, body: [UInt8](repeating: 0, count: size), expires: .max, lane: ""))
        }
        let isTooLarge = !add(1, 524_289)
        #expect(isTooLarge)
        var taken = 0
        for id in 1...256 as ClosedRange<Int64> where add(id, 524_288) { taken += 1 }
        #expect(taken == 256)
        let isFull = !add(257, 1)
        #expect(isFull)
        let gone = queue.confirm(2, next: 258)
        #expect(gone == [1])
        let isTaken = add(257, 524_288)
        #expect(isTaken)
    }

    @Test func `an update that finds no room takes no number`() throws {
        var world = World(options: .init(), seed: 1)
        world.addBot(token: Stage.token, id: Stage.bot, firstName: "B", username: nil)
        var queue = UpdateQueue()
        for id in 1...100_000 as ClosedRange<Int64> {
            _ = queue.append(.init(id: id, body: [], expires: .max, lane: ""))
        }
        world.queues[Stage.bot] = queue
        let next = try #require(world.bots[Stage.bot]?.nextUpdate)
        world.emit(.message, to: Stage.bot, lane: "") { $1.null() }
        #expect(world.bots[Stage.bot]?.nextUpdate == next)
        _ = world.queues[Stage.bot]?.removeAll()
        world.emit(.message, to: Stage.bot, lane: "") { $1.null() }
        world.emit(.message, to: Stage.bot, lane: "") { $1.null() }
        #expect(world.queues[Stage.bot]?.entries.map(\.id) == [next, next + 1])
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `updates are numbered from somewhere in the range`(seed: UInt64) throws {
        var world = World(options: .init(), seed: seed)
        world.addBot(token: Stage.token, id: Stage.bot, firstName: "B", username: nil)
        let first = try #require(world.bots[Stage.bot]?.nextUpdate)
        #expect((2_000_001...1_000_000_000).contains(first))
        var other = World(options: .init(), seed: seed + 1)
        other.addBot(token: Stage.token, id: Stage.bot, firstName: "B", username: nil)
        #expect(other.bots[Stage.bot]?.nextUpdate != first)
    }

    // MARK: Kinds

    @Test(arguments: UpdateKind.allCases)
    func `each kind has its lifetime, and comes unasked or not`(kind: UpdateKind) {
        let lifetimes: [UpdateKind: Int64] = [
            .inlineQuery: 30, .callbackQuery: 150, .shippingQuery: 150, .preCheckoutQuery: 150,
            .chosenInlineResult: 600,
        ]
        #expect(kind.lifetime == lifetimes[kind] ?? 86_400)
        #expect(kind.isDefault == ![.chatMember, .messageReaction, .messageReactionCount].contains(kind))
        #expect(UpdateKind.defaultNames.contains(kind.rawValue) == kind.isDefault)
    }

    private static let all =
        "[" + UpdateKind.defaultNames.map { "\"\($0)\"" }.joined(separator: ",") + "]"

    @Test(
        arguments: [
            (nil, ["poll"]), ("", ["poll"]), ("nonsense", ["poll"]), (#"{"a":1}"#, ["poll"]), ("7", ["poll"]),
            (#""message""#, ["poll"]), ("[", ["poll"]), ("[]", nil), (#"["nonsense"]"#, nil), (all, nil),
            (#"["message"]"#, ["message"]), (#"["MESSAGE","nonsense"]"#, ["message"]),
            (#"["chat_member","business_message"]"#, ["business_message", "chat_member"]),
        ] as [(String?, [String]?)], ["getUpdates", "setWebhook"])
    func `the choice of kinds stays until another is made`(
        choice: (given: String?, kept: [String]?), method: String
    ) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let fresh = try await stage.call("getWebhookInfo").result["allowed_updates"]
            #expect(fresh == nil)
            _ = try await stage.call(method, #"{"url":"http://127.0.0.1:1/a","allowed_updates":["poll"]}"#)
            var fields = [#""url":"http://127.0.0.1:1/a""#]
            if let given = choice.given {
                fields.append("\"allowed_updates\":" + String(decoding: JSONNode.string(given).bytes, as: UTF8.self))
            }
            _ = try await stage.call(method, "{\(fields.joined(separator: ","))}")
            let kept = try await stage.call("getWebhookInfo").result["allowed_updates"]
            #expect(kept?.array?.compactMap(\.string) == choice.kept)
        }
    }

    @Test func `a choice counts when an update is made, not when it is taken`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            _ = try await stage.say("before")
            #expect(try await texts(stage, #"{"allowed_updates":["callback_query"]}"#) == ["before"])
            _ = try await stage.say("between")
            #expect(try await texts(stage) == ["before"])
            #expect(try await texts(stage, #"{"allowed_updates":[]}"#) == ["before"])
            _ = try await stage.say("after")
            #expect(try await texts(stage) == ["before", "after"])
        }
    }

    @Test func `an edited message waits a day from its edit`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let id = try await stage.say("first")
            stage.time.advance(by: .seconds(1000))
            try await stage.act("edit", #"{"user":501,"chat":7001,"message":\#(id),"text":"second"}"#)
            stage.time.advance(by: .seconds(85_400))
            let left = try await stage.updates()
            #expect(left.map { $0["edited_message"]?["text"]?.string } == ["second"])
            stage.time.advance(by: .seconds(999))
            #expect(try await stage.updates().count == 1)
            stage.time.advance(by: .seconds(1))
            #expect(try await stage.updates().isEmpty)
        }
    }

    @Test(arguments: [("inline_query", 30), ("callback_query", 150), ("pre_checkout_query", 150)])
    func `a query that is too old is not delivered`(kind: String, seconds: Int) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            switch kind {
            case "inline_query": try await stage.act("inline", #"{"user":501,"bot":7001,"query":"x"}"#)
            case "callback_query":
                let sent = try await stage.call(
                    "sendMessage",
                    #"{"chat_id":501,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"a"}]]}}"#
                )
                let id = sent.result["message_id"]?.integer ?? 0
                try await stage.act("press", #"{"user":501,"chat":7001,"message":\#(id),"data":"a"}"#)
            default:
                let sent = try await stage.call(
                    "sendInvoice",
                    #"{"chat_id":501,"title":"T","description":"D","payload":"p","currency":"XTR","prices":[{"label":"x","amount":5}]}"#
                )
                let id = sent.result["message_id"]?.integer ?? 0
                try await stage.act("pay", #"{"user":501,"chat":7001,"message":\#(id)}"#)
            }
            stage.time.advance(by: .seconds(seconds - 1))
            let young = try await stage.updates()
            #expect(young.count { $0[kind] != nil } == 1)
            stage.time.advance(by: .seconds(1))
            let old = try await stage.updates()
            #expect(!old.contains { $0[kind] != nil })
        }
    }

    // MARK: Waiting

    @Test func `only a call that has to wait ends the one that waits`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let first = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            #expect(try await stage.call("getUpdates").result == .array([]))
            #expect(try await stage.call("getUpdates", #"{"timeout":-3}"#).result == .array([]))
            for method in ["deleteWebhook", "setWebhook"] {
                #expect(try await stage.call(method).json["description"]?.string == "Webhook is already deleted")
            }
            _ = try await stage.say("still there")
            let answer = try await first
            #expect(answer.result.array?.count == 1)
        }
    }

    @Test func `a second conflict within three seconds comes three seconds late`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let one = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            async let two = stage.call("getUpdates", #"{"timeout":40}"#)
            let first = try await one
            #expect(first.description == Self.terminated)
            stage.time.advance(by: .milliseconds(2900))
            async let three = stage.call("getUpdates", #"{"timeout":50}"#)
            try await Until.holds { stage.time.nextWakeUp == .seconds(3) }
            stage.time.advance(by: .seconds(3))
            let second = try await two
            #expect(second.status == 409)
            #expect(second.description == Self.terminated)
            // Later than that, the next is told at once.
            stage.time.advance(by: .milliseconds(100))
            async let four = stage.call("getUpdates", #"{"timeout":50}"#)
            let third = try await three
            #expect(third.status == 409)
            _ = try await stage.say("x")
            let fourth = try await four
            #expect(fourth.result.array?.count == 1)
        }
    }

    @Test func `a server that stops says so to who waits`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            async let waiting = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers()
            await stage.simulator.stop()
            let ended = try await waiting
            #expect(ended.status == 500)
            #expect(ended.description == "Internal Server Error: restart")
        }
    }

    @Test func `a poll that is refused for a webhook does not slow down the next`() async throws {
        try await Stage.run(configure: { $0.restrainsPolling = true }) { (stage: Stage) async throws -> Void in
            try await stage.start()
            for number in 1...4 { _ = try await stage.say("\(number)") }
            _ = try await stage.call("setWebhook", #"{"url":"http://127.0.0.1:9/hook"}"#)
            let refused = try await stage.call("getUpdates")
            #expect(refused.status == 409)
            _ = try await stage.call("deleteWebhook")
            let answer = try await stage.updates()
            #expect(answer.count == 4)
        }
    }

    @Test func `what follows an update at once comes with it, on a server that restrains`() async throws {
        try await Stage.run(configure: { $0.restrainsPolling = true }) { (stage: Stage) async throws -> Void in
            try await stage.act("start", #"{"user":501,"bot":7001}"#)
            let last = try await stage.updates().last?["update_id"]?.integer ?? 0
            async let waiting = stage.call("getUpdates", #"{"timeout":50,"offset":\#(last + 1)}"#)
            await stage.time.waitForSleepers(1, within: .seconds(50))
            _ = try await stage.say("one")
            await stage.time.waitForSleepers(1, within: .milliseconds(2))
            _ = try await stage.say("two")
            stage.time.advance(by: .milliseconds(2))
            let answer = try await waiting
            #expect(answer.result.array?.compactMap { $0["message"]?["text"]?.string } == ["one", "two"])
        }
    }
}
