import Support
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct TimedPollTests {
    @Test func `a poll closes at its time though nobody asks`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            for period in [600, 60] {
                let sent = try await stage.call(
                    "sendPoll",
                    #"{"chat_id":501,"question":"Q","options":["a","b"],"open_period":\#(period)}"#)
                #expect(sent.status == 200)
            }
            // A poll of updates waits as well; only the clock moves from here on.
            async let waiting = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers(2)
            #expect(stage.time.nextWakeUp == .seconds(50))
            stage.time.advance(by: .seconds(50))
            let empty = try await waiting.result
            #expect(empty == .array([]))
            async let second = stage.call("getUpdates", #"{"timeout":50}"#)
            await stage.time.waitForSleepers(2)
            stage.time.advance(by: .seconds(10))
            let closed = try await second.result.array
            #expect(closed?.first?["poll"]?["is_closed"] == .bool(true))
            #expect(closed?.first?["poll"]?["open_period"]?.integer == 60)
        }
    }

    @Test func `the earliest moment counts`() {
        var closings = Closings()
        #expect(closings.soonest == .max)
        closings.add("b", at: 20)
        closings.add("a", at: 10)
        closings.add("c", at: 30)
        #expect(closings.soonest == 10)
        let none = closings.take(until: 9)
        #expect(none.isEmpty)
        let two = closings.take(until: 20)
        #expect(two == ["a", "b"])
        #expect(closings.soonest == 30)
        let last = closings.take(until: 99)
        #expect(last == ["c"])
        #expect(closings.soonest == .max)
    }
}
